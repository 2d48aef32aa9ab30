/** Two previews of the same program and state plan the same, as `care diff --reviewed` compares them. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { readPreviews } from "../../care/diff/readPreviews.ts";
import { reviewedSteps, unreviewedSteps } from "../../care/diff/reviewed.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { previewJson } from "../support/previewJson.ts";
import { scenarios } from "../support/previews/scenarios.ts";

async function previewOf(run: LocalRun, streams: boolean, options: readonly string[]) {
  const [preview] = readPreviews(await previewJson(run, { streams, options }), "preview.json");
  return preview ?? assert.fail();
}

describe("two previews of the same program and state", { concurrent: true }, () => {
  const previewed = scenarios.filter(({ name, command }) => command === undefined && !name.startsWith("failed"));
  for (const { name, before, config = before ?? {}, byHand, options = [], streams, program } of previewed) {
    // Each is previewed both as a digest and as a stream.
    if (streams) continue;
    it(`plan the same: ${name}`, async (t) => {
      const { gcpPlugin } = await engineFromEnvironment();
      t.skip(name === "other-grants" && gcpPlugin === "stand-in", "the stand-in has no IAMBinding and no IAMPolicy");
      const run = await localRun({ name: `reviewed-${name}`, config: before ?? config, ...(program && { program }) });
      try {
        if (before !== undefined) {
          const { failed, messages } = await run.up();
          assert.equal(failed, false, messages.join("\n"));
          await run.setConfig(config);
        }
        byHand?.(run.cloud.state);
        // As a job of a pull request has it, and as another form of it may be.
        const [digest, stream] = [await previewOf(run, false, options), await previewOf(run, true, options)];
        assert.deepEqual(unreviewedSteps(stream, reviewedSteps([digest])), []);
        assert.deepEqual(unreviewedSteps(digest, reviewedSteps([stream])), []);
      } finally {
        await run.close();
      }
    });
  }
});
