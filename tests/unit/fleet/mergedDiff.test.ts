/** The explanation of the previews of many stacks together. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { jsonOf } from "../../../care/diff/json.ts";
import { namedDiffs } from "../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { mergedDiff } from "../../../care/fleet/preview.ts";
import type { StackRun } from "../../../care/fleet/stackOperation.ts";
import { Progress } from "../../../care/fleet/events.ts";
import { document, step, types } from "../../support/previews/steps.ts";

const folder = mkdtempSync(join(tmpdir(), "care-fleet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runOf(stack: string, status: StackRun["status"], text: string): StackRun {
  const log = join(folder, `${stack}.log`);
  writeFileSync(log, text);
  return { stack, log, status, progress: new Progress(log), notes: [], errors: [], warnings: [] };
}

describe("the previews of a fleet", () => {
  const service = { project: "shop-dev", service: "run.googleapis.com" };
  const created = document([step("create", types.service, { after: service })]);
  const unknown = document([step("frobnicate", types.service, { after: service })]);

  it("are reported without one that failed before it had any output", async () => {
    const diffs = await mergedDiff([runOf("prod-00", "done", created), runOf("prod-01", "failed", "no preview")]);
    assert.deepEqual(
      diffs.map(({ stack }) => stack),
      ["prod-00"],
    );
  });

  it("are none of a stack that was not begun, whatever an earlier command left in its log", async () => {
    const run = runOf("prod-01", "left out", created);
    assert.deepEqual(await mergedDiff([run]), []);
    rmSync(run.log);
    assert.deepEqual(await mergedDiff([run]), []);
  });

  it("show what moves from one stack to another, as the previews of a pull request do", async () => {
    const role = "roles/cloudsupport.techSupportEditor";
    const grant = { project: "shop-dev", role, member: "user:ada@example.com" };
    const contact = { email: "a@example.com", parent: "projects/shop-dev", notificationCategorySubscriptions: ["ALL"] };
    const moves = [
      [types.projectGrant, grant],
      [types.contact, contact],
    ] as const;
    const texts = [
      document(moves.map(([type, inputs]) => step("delete", type, { before: inputs, name: "gone", stack: "prod-00" }))),
      document(moves.map(([type, inputs]) => step("create", type, { after: inputs, name: "new", stack: "prod-01" }))),
      document([]),
    ];
    const names = ["prod-00", "prod-01", "prod-02"];
    const fleet = await mergedDiff(texts.map((text, index) => runOf(names[index] ?? "", "done", text)));
    const movedIn = (diffs: typeof fleet) =>
      jsonOf(diffs).stacks.flatMap(({ changes }) =>
        changes.filter(({ kinds }) => kinds.includes("moved")).map(({ text }) => text),
      );
    const previews = texts.flatMap((text, index) =>
      readPreviews(text, "x.json").map((preview) => ({ preview, stack: names[index], place: "x.json" })),
    );
    assert.deepEqual(movedIn(fleet), movedIn(namedDiffs(previews)));
    assert.equal(movedIn(fleet).length, 2);
    for (const text of movedIn(fleet))
      assert.match(text, /^This moves from prod-00 to prod-01: .*user:ada@example\.com.*contact a@example\.com/);
    // It is first in each of the two, and of no other stack.
    for (const { changes } of jsonOf(fleet).stacks) assert.ok(changes[0]?.kinds.includes("moved"));
    assert.equal(fleet.length, 2);
  });

  it("are not explained if one is not supported", () =>
    assert.rejects(mergedDiff([runOf("prod-00", "done", created), runOf("prod-01", "done", unknown)]), {
      name: "UserError",
      message: /^prod-01: the operation "frobnicate" .* is not supported/,
    }));
});
