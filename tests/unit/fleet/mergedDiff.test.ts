/** What is told of the previews of many stacks at once. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { mergedDiff } from "../../../cli/fleet/mergedDiff.ts";
import type { StackRun } from "../../../cli/fleet/stackOperation.ts";
import { Progress } from "../../../cli/fleet/events.ts";
import { document, step, types } from "../diff/steps.ts";

const folder = mkdtempSync(join(tmpdir(), "care-fleet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runOf(stack: string, status: StackRun["status"], text: string): StackRun {
  const log = join(folder, `${stack}.log`);
  writeFileSync(log, text);
  return { stack, log, status, progress: new Progress(log), notes: [], errors: [] };
}

describe("the previews of a fleet", () => {
  const service = { project: "shop-dev", service: "run.googleapis.com" };
  const created = document([step("create", types.service, { after: service })]);
  const unknown = document([step("frobnicate", types.service, { after: service })]);

  it("are told without one that failed before it had anything to say", async () => {
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

  it("are not told as if one were empty that is not understood", () =>
    assert.rejects(mergedDiff([runOf("prod-00", "done", created), runOf("prod-01", "done", unknown)]), {
      name: "UserError",
      message: /^prod-01: the operation "frobnicate" .* is not understood/,
    }));
});
