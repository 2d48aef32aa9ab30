/** How long `care doctor` takes for a hundred projects, 50 ms away: measured, and told, without a limit that a slow machine would miss. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { loadSeed, startCloud } from "../../local/cloud/index.ts";
import { home, root } from "../../local/setup/bootstrap/places.mjs";
import { createLocalStack } from "../../local/stack/index.ts";
import { engineFromEnvironment } from "../engineFromEnvironment.ts";

const count = 100;
const latency = 50;

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
    const cloud = await startCloud({ seed });
    t.after(() => cloud.close());
    cloud.faults.set({ latency });
    const directory = join(home, "tests", "doctorScale");
    const projects = Object.fromEntries(
      ids.map((id) => [id, { editors: ["group:a@example.com"], contacts: { technical: ["oncall@example.com"] } }]),
    );
    const stack = await createLocalStack({
      ...{ directory, stackName: "test", engine, cloudEnvironment: cloud.environment },
      config: { "customer-care:plan": "enhanced", "customer-care:projects": projects },
    });

    const begin = performance.now();
    const child = spawn(process.execPath, [join(root, "cli", "main.ts"), "doctor", "--cwd", directory, "--json"], {
      env: { ...process.env, ...stack.workspace.envVars },
    });
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const seconds = (performance.now() - begin) / 1000;

    assert.deepEqual((JSON.parse(output) as { findings: unknown[] }).findings, []);
    // Not a terminal: plain lines.
    assert.match(errors, /^(care doctor: [ -~]+\n)*$/);
    const asked = cloud.requests.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
    const asking = ((asked.at(-1) ?? 0) - (asked[0] ?? 0) + latency) / 1000;
    assert.ok(asked.length >= count * 6, `${String(asked.length)} requests`);
    t.diagnostic(
      `${String(count)} projects: ${seconds.toFixed(1)} s for the command, of which ${asking.toFixed(1)} s for ${String(asked.length)} requests`,
    );
  });
});
