/** `node tests/support/previews/record.ts [SCENARIO…]`: records what Pulumi's engine writes of each scenario's preview. */
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { normalized } from "../normalized.ts";
import { localRun } from "../localRun.ts";
import { previewJson } from "../previewJson.ts";
import { unknownValue } from "../../../components/supportCase/properties.ts";
import { writeRecording } from "./recordings.ts";
import { noRefreshes, refreshes, scenarios } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

const names = process.argv.slice(2);
for (const scenario of [...scenarios, ...refreshes, ...noRefreshes].filter(
  ({ name }) => names.length === 0 || names.includes(name),
)) {
  writeRecording(scenario, await record(scenario));
  console.log(scenario.name);
}

async function record(scenario: Scenario): Promise<string> {
  const { name, before, config = before ?? {}, byHand, command = "preview", options = [], streams, program } = scenario;
  const run = await localRun({ name: `diff-${name}`, config: before ?? config, ...(program && { program }) });
  try {
    if (before !== undefined) {
      const { failed, messages } = await run.up();
      if (failed) throw new Error(`${name}: ${messages.join("\n")}`);
      await run.setConfig(config);
    }
    byHand?.(run.cloud.state);
    const stdout = await previewJson(run, { command, streams: streams === true, options }).catch(
      // A preview that fails has written its output by then.
      (error: unknown) => (error as { stdout: string }).stdout,
    );
    return withoutPlaces(stdout, run.cloud);
  } finally {
    await run.close();
  }
}

/** Without what differs from machine to machine and from run to run. A value that is unknown has a UUID of its own. */
function withoutPlaces(text: string, cloud: Parameters<typeof normalized>[1]): string {
  const kept = text.replaceAll(unknownValue, "UNKNOWN");
  return normalized(kept, cloud)
    .replaceAll("UNKNOWN", unknownValue)
    .replaceAll(root.replace(/[\\/]$/, ""), "/clone")
    .replace(/("duration": )\d+/g, "$11")
    .replace(/("timestamp":)\d+/g, "$11");
}
