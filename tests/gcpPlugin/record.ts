/** `node tests/gcpPlugin/record.ts PATH [SCENARIO…]`: records the real gcp plugin, whose executable is at the path. */
import { installed } from "../support/gcpPlugin/pluginClient.ts";
import { play } from "./play.ts";
import { recorded, writeRecording } from "./recordings.ts";

const [command, ...names] = process.argv.slice(2);
if (command === undefined) throw new Error("write the path of the real gcp plugin's executable");
for (const scenario of recorded.filter(({ name }) => names.length === 0 || names.includes(name))) {
  writeRecording(scenario, await play(scenario, installed(command)));
  console.log(scenario.name);
}
