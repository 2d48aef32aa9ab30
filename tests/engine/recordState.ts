/**
 * Records what the state of a stack looks like that today's code makes, for a release to be upgraded from:
 * node tests/engine/recordState.ts RELEASE
 */
import { writeFile } from "node:fs/promises";
import { setUp } from "../../local/setup/index.ts";
import { engineVariable } from "../engineFromEnvironment.ts";
import { oneCase } from "./configs.ts";
import { localRun } from "./localRun.ts";

const [release] = process.argv.slice(2);
if (release === undefined) throw new Error("write the release, such as 0.1.0");
const engine = await setUp();
Object.assign(process.env, engine.environment, { [engineVariable]: JSON.stringify(engine) });
const run = await localRun({
  name: "recordState",
  config: oneCase({ keepOpen: true, subscriberEmailAddresses: ["a@example.com"] }),
});
const { failed, messages } = await run.up();
if (failed) throw new Error(messages.join("\n"));
const recording = { state: await run.stack.exportStack(), supportCase: [...run.cloud.state.cases.values()].at(-1) };
// Where in this clone each resource is made says nothing to another.
const text = JSON.stringify(
  recording,
  (key, value: unknown) => (["sourcePosition", "stackTrace"].includes(key) ? undefined : value),
  1,
);
await writeFile(new URL(`states/${release}.json`, import.meta.url), `${text}\n`);
await run.close();
