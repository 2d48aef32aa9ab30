/**
 * The stand-in answers and sends what the real gcp plugin does. The recordings are of the real one; where it is
 * installed (CUSTOMER_CARE_GCP_PLUGIN=installed), it is held to them too, so that neither may drift.
 */
import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "vitest";
import { fileURLToPath } from "node:url";
import { play } from "./play.ts";
import type { Executable } from "./play.ts";
import { readRecording, recorded } from "./recordings.ts";

const main = fileURLToPath(new URL("../../tools/gcpStandIn/main.ts", import.meta.url));
const standIn: Executable = { command: process.execPath, args: [main] };

const { CUSTOMER_CARE_GCP_PLUGIN: wished, PULUMI_HOME: home = "" } = process.env;
const installed = join(home, "plugins", "resource-gcp-v9.35.0", "pulumi-resource-gcp");
const isInstalled =
  wished === "installed" &&
  (await access(installed).then(
    () => true,
    () => false,
  ));

const plugins: [string, Executable][] = [
  ["the stand-in", standIn],
  ...(isInstalled ? [["the installed plugin", { command: installed, args: [] }] as [string, Executable]] : []),
];

for (const [name, executable] of plugins)
  describe(name, { concurrent: true }, () => {
    for (const scenario of recorded)
      it(`does as the real plugin did: ${scenario.name}`, async () => {
        assert.deepEqual(await play(scenario, executable), readRecording(scenario));
      });
  });
