import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "vitest";
import { pathOf } from "../support/documents.ts";
import { sizingRows } from "./fleetSizing.ts";

it("the sizing table of docs/how-to/fleet.md is what the quotas come to", () => {
  const text = readFileSync(pathOf("docs/how-to/fleet.md"), "utf8");
  const rows = [...text.matchAll(/^\|(( +[\d,]+ +\|){4}( +\d+ (?:min|h) +\|){2})$/gm)].map(([, cells = ""]) =>
    cells
      .split("|")
      .map((cell) => cell.trim())
      .filter(Boolean),
  );
  assert.deepEqual(rows, sizingRows());
});
