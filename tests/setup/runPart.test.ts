import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { runPart } from "../runPart.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

it("a part's results name each test that failed, its file and why, for the end of the run", async () => {
  const file = join(temporaryFolder(), "planted.test.mjs");
  await writeFile(
    file,
    [
      'import { describe, it } from "node:test";',
      'describe("a suite", () => {',
      '  it("holds", () => {});',
      '  it("does not hold", () => { throw new Error("planted"); });',
      "});",
    ].join("\n"),
  );
  const { counts, failures } = await runPart({}, [file], process.env);
  assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 0 });
  assert.equal(failures.length, 1);
  assert.match(failures[0] ?? "", /planted\.test\.mjs: a suite › does not hold\n +Error: planted/);
});
