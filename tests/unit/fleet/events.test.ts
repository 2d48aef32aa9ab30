/** How far an engine is, by what it has written. */
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { Progress } from "../../../care/fleet/events.ts";

const folder = mkdtempSync(join(tmpdir(), "care-fleet-events-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = (index: number) =>
  `${JSON.stringify({ resOutputsEvent: { metadata: { op: "create", urn: `urn:${String(index)}` } } })}\n`;
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index)).join("");

describe("the progress of an engine", () => {
  it("counts each resource once, also where it is read while another reading continues", async () => {
    const log = join(folder, "once.log");
    writeFileSync(log, events(5000));
    const progress = new Progress(log);
    const first = progress.read();
    const summary = JSON.stringify({ summaryEvent: { resourceChanges: { create: 5001 } } });
    appendFileSync(log, `${event(5000)}error: not today\n${summary}\n`);
    await Promise.all([first, progress.read(), progress.read()]);
    assert.deepEqual([progress.done, progress.errors, progress.changes], [5001, ["not today"], { create: 5001 }]);
  });

  it("is none as long as nothing was written", async () => {
    const progress = new Progress(join(folder, "none.log"));
    await progress.read();
    assert.deepEqual([progress.done, progress.errors, progress.changes], [0, [], {}]);
  });

  it("reports an error with the lines that belong to it", async () => {
    const log = join(folder, "lock.log");
    writeFileSync(log, "error: the stack is currently locked by 1 lock(s)\n  created by ada@host (pid 7)\n");
    const progress = new Progress(log);
    await progress.read();
    assert.deepEqual(progress.errors, ["the stack is currently locked by 1 lock(s)\n  created by ada@host (pid 7)"]);
  });

  it("reports an error with its resource's name, and without where in the program it arose", async () => {
    const log = join(folder, "named.log");
    const urn = (type: string, name: string) => `urn:pulumi:prod-00::customer-care::${type}::${name}`;
    const contact = urn("gcp:essentialcontacts/contact:Contact", "customer-care/projects/shop-dev/a@example.com");
    const stack = urn("pulumi:pulumi:Stack", "customer-care-prod-00");
    const error = (of: string, message: string) =>
      `${JSON.stringify({ diagnosticEvent: { severity: "error", urn: of, message } })}\n`;
    const failed = "Error: resource customer-care/projects/shop-dev/a@example.com failed to register";
    writeFileSync(
      log,
      [
        error(contact, "not today\n"),
        error(stack, `${failed}\n    at Object.then (/srv/resource.ts:919:40)\n`),
        error(stack, "update failed"),
      ].join(""),
    );
    const progress = new Progress(log);
    await progress.read();
    assert.deepEqual(progress.errors, [
      "customer-care/projects/shop-dev/a@example.com: not today",
      failed,
      "update failed",
    ]);
  });

  it("reports warnings, and the notes that have a name", async () => {
    const log = join(folder, "warned.log");
    const diagnostic = (severity: string, message: string) =>
      `${JSON.stringify({ diagnosticEvent: { severity, message: `<{%reset%}>${message}<{%reset%}>\n` } })}\n`;
    writeFileSync(
      log,
      [
        diagnostic("warning", "Attempting to deploy with 1 pending operation"),
        diagnostic("info", "3 active projects below folders/1"),
        diagnostic("info#err", "incidents are redirected [incidents-redirected]"),
        diagnostic("info", "the policy exists [alerts-exist]"),
        diagnostic("debug", "the policy exists [alerts-exist]"),
      ].join(""),
    );
    const progress = new Progress(log);
    await progress.read();
    assert.deepEqual(
      [progress.errors, progress.warnings],
      [
        [],
        [
          "Attempting to deploy with 1 pending operation",
          "incidents are redirected [incidents-redirected]",
          "the policy exists [alerts-exist]",
        ],
      ],
    );
  });
});
