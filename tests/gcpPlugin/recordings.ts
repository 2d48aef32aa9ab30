/**
 * What the real gcp plugin answered and sent in each scenario: a compressed file for each, which `record.ts` writes. A change to
 * one is read with `git show --textconv`, once `git config diff.gzip.textconv "gzip -dc"` has been run.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Scenario } from "./calls.ts";
import { folderScenarios } from "./folderScenarios.ts";
import { planScenarios } from "./planScenarios.ts";
import type { Played } from "./play.ts";
import { projectScenarios } from "./projectScenarios.ts";
import { scenarios } from "./scenarios.ts";
import { subscriptionScenarios } from "./subscriptionScenarios.ts";
import { topicMemberScenarios } from "./topicMemberScenarios.ts";
import { topicScenarios } from "./topicScenarios.ts";

/** All courses. */
export const recorded: readonly Scenario[] = [
  ...scenarios,
  ...planScenarios,
  ...folderScenarios,
  ...projectScenarios,
  ...topicScenarios,
  ...topicMemberScenarios,
  ...subscriptionScenarios,
];

function recordingFile({ name }: Scenario): string {
  const fileName = name.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
  return fileURLToPath(new URL(`recordings/${fileName}.json.gz`, import.meta.url));
}

export async function readRecording(scenario: Scenario): Promise<Played> {
  return JSON.parse(gunzipSync(await readFile(recordingFile(scenario))).toString()) as Played;
}

export async function writeRecording(scenario: Scenario, played: Played): Promise<void> {
  const file = recordingFile(scenario);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, gzipSync(`${JSON.stringify(played, undefined, 1)}\n`, { level: 9 }));
}
