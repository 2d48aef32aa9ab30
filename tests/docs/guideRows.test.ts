/** CONTRIBUTING.md lists each row of the guide with its code and its test, and no page names a row without its words. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, it } from "vitest";
import { guideRows, guideTasks } from "../../guide/index.ts";
import { documents, pathOf } from "../support/documents.ts";

const contributing = documents.find(({ path }) => path === "CONTRIBUTING.md");

/** The targets of its links by name, which are below the table. */
const targets = new Map(
  [...(contributing?.text ?? "").matchAll(/^\[(.+)\]: (\S+)$/gm)].map(([, name = "", target = ""]) => [name, target]),
);

/** The rows of its table, by the guide row that each begins with. */
const tableRows = new Map(
  [...(contributing?.text ?? "").matchAll(/^\| (G[0-6] [^|]*?) *\|(.*)\|$/gm)].map(([, row = "", cells = ""]) => [
    row,
    cells,
  ]),
);

describe("the guide's rows", () => {
  it("have a task each", () => {
    const rows = new Set(Object.values(guideTasks).map(({ row }) => row));
    assert.deepEqual([...rows].sort(), [...guideRows].sort());
  });
});

describe("the table of guide rows in CONTRIBUTING.md", () => {
  it("has each row, in the guide's order", () => assert.deepEqual([...tableRows.keys()], guideRows));

  for (const [row, cells] of tableRows)
    it(`${row} has its code and its test`, () => {
      const files = [...cells.matchAll(/\[([^\]]+)\]/g)].map(([, name = ""]) => targets.get(name) ?? "");
      assert.ok(files.every((file) => existsSync(pathOf(file)) && file !== ""));
      assert.ok(files.some((file) => /^(components|onboarding|guide|google)\//.test(file)));
      assert.ok(files.some((file) => /^tests\/.*\.test\.ts$/.test(file)));
    });
});

describe("a row is named with its words in", () => {
  for (const { path, text } of documents)
    it(path, () => {
      const named = [...text.matchAll(/\bG[0-6]\b(.*)/g)].filter(
        ([whole, words = ""]) => !words.startsWith(": ") && !guideRows.some((row) => whole.startsWith(row)),
      );
      assert.deepEqual(
        named.map(([whole]) => whole),
        [],
      );
    });
});
