/** What the real gcp plugin answered and sent in each scenario: a file for each, which `record.ts` writes. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
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

export function recordingFile({ name }: Scenario): string {
  const fileName = name.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
  return fileURLToPath(new URL(`recordings/${fileName}.json`, import.meta.url));
}

export async function readRecording(scenario: Scenario): Promise<Played> {
  return JSON.parse(await readFile(recordingFile(scenario), "utf8")) as Played;
}
