import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, it } from "vitest";
import { apiReports } from "../../tools/pack/index.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

describe("the API reports", () => {
  let reports: ReadonlyMap<string, string>;
  beforeAll(async () => {
    reports = await apiReports();
  });

  it("are one for each name that a program imports", () =>
    assert.deepEqual(
      readdirSync(join(root, "docs", "reference", "api"))
        .map((file) => `docs/reference/api/${file}`)
        .sort(),
      [...reports.keys()].sort(),
    ));

  it("match the public types: a difference is a change for users, recorded by `npm run generate`", () => {
    for (const [path, text] of reports) assert.equal(readFileSync(join(root, path), "utf8"), text, path);
  });
});
