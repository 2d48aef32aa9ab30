/**
 * The stand-in answers and sends what the real gcp plugin does. The recordings are of the real one; where it is
 * installed (CUSTOMER_CARE_GCP_PLUGIN=installed), it is checked against them too, so that neither may drift.
 */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { play } from "./play.ts";
import { plugins } from "../support/gcpPlugin/plugins.ts";
import { readRecording, recorded } from "./recordings.ts";

for (const [name, plugin] of plugins)
  describe(name, { concurrent: true }, () => {
    for (const scenario of recorded)
      it(`does as the real plugin did: ${scenario.name}`, async () => {
        assert.deepEqual(await play(scenario, plugin), readRecording(scenario));
      });
  });
