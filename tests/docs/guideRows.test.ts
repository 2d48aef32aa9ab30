/** The README names each row of the guide with its code and its test. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../components/index.ts";
import type { ChecklistRow } from "../../components/index.ts";
import { documents } from "../support/documents.ts";
import { registeredBy } from "./mocks.ts";

const readme = documents.find(({ path }) => path === "README.md");

/** The rows of the README's table, by the guide row that each begins with. */
const tableRows = new Map(
  [...(readme?.text ?? "").matchAll(/^\| (G[0-6] [^|]*?) *\|(.*)\|$/gm)].map(([, row = "", cells = ""]) => [
    row,
    cells,
  ]),
);

describe("the README's table of guide rows", () => {
  it("has each part of the guide", () => {
    const parts = new Set([...tableRows.keys()].map((row) => row.slice(0, 2)));
    assert.deepEqual([...parts].sort(), ["G0", "G1", "G2", "G3", "G4", "G5", "G6"]);
  });

  it("has each row of the checklist", async () => {
    let checklist: pulumi.Output<ChecklistRow[]> | undefined;
    await registeredBy(() => {
      ({ checklist } = new CustomerCare("customer-care", {
        plan: "enhanced",
        organization: { id: "123456789012" },
        projects: { "shop-dev": {} },
      }));
    });
    const rows = await new Promise<ChecklistRow[]>((resolve) => checklist?.apply(resolve));
    assert.deepEqual(
      rows.map(({ row }) => row).filter((row) => !tableRows.has(row)),
      [],
    );
  });

  for (const [row, cells] of tableRows)
    it(`${row} has its code and its test`, () => {
      const targets = [...cells.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
      assert.ok(targets.some((target) => /^(components|config|guide|google)\//.test(target)));
      assert.ok(targets.some((target) => /^tests\/.*\.test\.ts$/.test(target)));
    });
});
