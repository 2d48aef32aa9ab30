/** `node tests/gcpPlugin/record.ts PATH [SCENARIO…]`: records the real gcp plugin, whose executable stands at the path. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { play } from "./play.ts";
import { recorded, recordingFile } from "./recordings.ts";

const [command, ...names] = process.argv.slice(2);
if (command === undefined) throw new Error("write the path of the real gcp plugin's executable");
for (const scenario of recorded.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const file = recordingFile(scenario);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(await play(scenario, { command, args: [] }), undefined, 1)}\n`);
  console.log(scenario.name);
}
