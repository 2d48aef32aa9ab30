/**
 * Records the state of a stack that the current package creates, for a release to be upgraded from:
 * node tests/package/recordState.ts RELEASE
 */
import { join } from "node:path";
import { pack } from "../../tools/pack/index.ts";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { setUp } from "../../tools/setup/index.ts";
import { writeCompressed } from "../support/compressed.ts";
import { localRun } from "../support/localRun.ts";
import { engineVariable } from "../support/engineFromEnvironment.ts";
import { installed } from "./installed.ts";

const [release] = process.argv.slice(2);
if (release === undefined) throw new Error("write the release, such as 0.1.0");
const engine = await setUp();
Object.assign(process.env, engine.environment, { [engineVariable]: JSON.stringify(engine) });
const program = await installed("options", await pack(join(home, "tests", "recordState")));
const run = await localRun({ name: "recordState", project: program.folder, config: {} });
try {
  const { failed, messages } = await run.up();
  if (failed) throw new Error(messages.join("\n"));
  // The place on this machine where each resource is created is irrelevant on another one.
  const text = JSON.stringify(
    await run.stack.exportStack(),
    (key, value: unknown) => (["sourcePosition", "stackTrace"].includes(key) ? undefined : value),
    1,
  );
  writeCompressed(new URL(`states/${release}.json.gz`, import.meta.url), `${text}\n`);
} finally {
  await run.close();
  await program.close();
}
