/**
 * How long `care report` takes for a hundred projects, 50 ms away. The time depends on the machine and is only printed. How many
 * requests run in parallel is checked, and how many there are.
 */
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "vitest";
import { startCloud } from "../../tools/localCloud/index.ts";
import { bigSeed, config, projectIds } from "../support/report/bigOrganization.ts";
import { countingClock } from "../support/countingClock.ts";
import { localRun } from "../support/localRun.ts";
import { care } from "../support/care.ts";

const latency = 50;

describe("care report for a hundred projects", () => {
  it(`reads all of them, each ${String(latency)} ms away`, async (t) => {
    const atOnce = countingClock();
    const cloud = await startCloud({ seed: bigSeed(), clock: atOnce.clock });
    t.onTestFinished(() => cloud.close());
    const stackConfig = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [`customer-care:${key}`, value]),
    );
    const run = await localRun({ name: "reportScale", config: stackConfig, cloud });
    cloud.faults.set({ latency });
    const begin = performance.now();
    const { code, stderr } = await care(run, ["report", "--file", "report.html", "--file", "report.json"]);
    const seconds = (performance.now() - begin) / 1000;

    assert.equal(code, 0, stderr);
    // Not a terminal: plain lines.
    assert.match(stderr, /^(care report: [ -~]+\n)*$/);
    const perProject = cloud.requests.length / projectIds.length;
    assert.ok(perProject > 6 && perProject < 7, String(cloud.requests.length));
    assert.ok(atOnce.most > 12 && atOnce.most <= 24, `${String(atOnce.most)} at once`);
    const { size } = await stat(join(run.directory, "report.html"));
    assert.ok(size < 1_000_000, String(size));
    await t.annotate(
      `${String(projectIds.length)} projects: ${seconds.toFixed(1)} s for ${String(cloud.requests.length)} requests, ${String(Math.round(size / 1000))} kB`,
    );
  });
});
