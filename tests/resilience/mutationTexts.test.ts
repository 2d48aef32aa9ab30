/** The guards that `npm test -- mutations` removes are at their given places. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { mutatedText } from "./mutations/mutation.ts";
import { mutations } from "./mutations/mutations.ts";

it("each guard that is taken out is in its file, once", async () => {
  for (const mutation of mutations) {
    const source = await readFile(join(root, mutation.file), "utf8");
    assert.notEqual(mutatedText(source, mutation), source, mutation.guard);
  }
});
