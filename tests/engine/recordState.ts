/**
 * Records the states of stacks as today's code writes them, for a release to be upgraded from:
 * node tests/engine/recordState.ts RELEASE
 */
import { setUp } from "../../tools/setup/index.ts";
import { engineVariable } from "../support/engineFromEnvironment.ts";
import { writeCompressed } from "../support/compressed.ts";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { recordCloud, shapes } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

const [release] = process.argv.slice(2);
if (release === undefined) throw new Error("write the release, such as 0.1.0");
const engine = await setUp();
Object.assign(process.env, engine.environment, { [engineVariable]: JSON.stringify(engine) });

const oneTestCase = { config: oneCase({ keepOpen: true, subscriberEmailAddresses: ["a@example.com"] }) };
await record(`${release}.json`, oneTestCase, ({ cloud }) => ({ supportCase: [...cloud.state.cases.values()].at(-1) }));
for (const [name, shape] of Object.entries(shapes))
  await record(`names/${release}-${name}.json`, shape, ({ cloud }) => ({ cloud: recordCloud(cloud) }));

async function record(file: string, shape: Shape, more: (run: LocalRun) => object): Promise<void> {
  const run = await localRun({ name: "recordState", ...shape });
  const { failed, messages } = await run.up();
  if (failed) throw new Error(messages.join("\n"));
  // The place in this clone where each resource is created is irrelevant to another one.
  const text = JSON.stringify(
    { state: await run.stack.exportStack(), ...more(run) },
    (key, value: unknown) => (["sourcePosition", "stackTrace"].includes(key) ? undefined : value),
    1,
  );
  writeCompressed(new URL(`states/${file}.gz`, import.meta.url), `${text}\n`);
  await run.close();
}
