import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "vitest";
import { generatedFiles } from "../../tools/generate/files.ts";
import { pathOf } from "../support/documents.ts";

for (const [path, made] of await generatedFiles())
  it(`${path} is what \`npm run generate\` writes`, async () => {
    assert.equal(await readFile(pathOf(path), "utf8"), made);
  });
