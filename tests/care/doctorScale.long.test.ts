/**
 * How long `care doctor` takes for a hundred projects, 50 ms away. The time depends on the machine and is only printed. Its
 * reasons are checked: parallel requests, and no more than necessary.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "vitest";
import { loadSeed, startCloud } from "../../tools/localCloud/index.ts";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { createLocalStack } from "../../tools/stack/index.ts";
import { countingClock } from "../support/countingClock.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";

const count = 100;
const latency = 50;

/** Of all APIs, for each project: what it is, its billing, permissions, grants, contacts, and five policies. */
const questions = 10;

const ids = Array.from({ length: count }, (_, index) => `shop-${String(index).padStart(3, "0")}`);

describe("care doctor for a hundred projects", () => {
  it(`asks about all of them, each ${String(latency)} ms away`, async (t) => {
    const engine = await engineFromEnvironment();
    const seed = structuredClone(loadSeed());
    const [usual] = seed.projects;
    assert.ok(usual);
    seed.projects.push(
      ...ids.map((projectId, index) => ({ ...usual, projectId, projectNumber: String(200_000_000_000 + index) })),
    );
    const atOnce = countingClock();
    const cloud = await startCloud({ seed, clock: atOnce.clock });
    t.onTestFinished(() => cloud.close());
    cloud.faults.set({ latency });
    const directory = join(home, "tests", "doctorScale");
    const projects = Object.fromEntries(
      ids.map((id) => [id, { editors: ["group:a@example.com"], contacts: { technical: ["oncall@example.com"] } }]),
    );
    const stack = await createLocalStack({
      directory,
      stackName: "test",
      engine,
      cloudEnvironment: cloud.environment,
      config: { "customer-care:plan": "enhanced", "customer-care:projects": projects },
    });

    const begin = performance.now();
    const child = spawn(process.execPath, [join(root, "care", "main.ts"), "doctor", "--cwd", directory, "--json"], {
      env: { ...process.env, ...stack.workspace.envVars },
    });
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const seconds = (performance.now() - begin) / 1000;

    const { findings } = JSON.parse(output) as { findings: { id: string }[] };
    assert.deepEqual(
      findings.map(({ id }) => id),
      ["grant-repeated"],
    );
    // Not a terminal: plain lines.
    assert.match(errors, /^(care doctor: [ -~]+\n)*$/);
    const asked = cloud.requests.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
    const asking = ((asked.at(-1) ?? 0) - (asked[0] ?? 0) + latency) / 1000;
    const perProject = cloud.requests.filter(({ path }) => /\/projects\/shop-\d{3}\b/.test(path));
    assert.equal(perProject.length, count * questions);
    // Who calls, and the services of the quota project, which may be of several pages.
    assert.ok(asked.length - perProject.length < questions, `${String(asked.length)} requests`);
    assert.ok(atOnce.most > 12 && atOnce.most <= 24, `${String(atOnce.most)} at once`);
    await t.annotate(
      `${String(count)} projects: ${seconds.toFixed(1)} s for the command, of which ${asking.toFixed(1)} s for ${String(asked.length)} requests, ${String(atOnce.most)} at once`,
    );
  });
});
