/** What the real gcp plugin answered and sent in each scenario: a file for each, which `record.ts` writes. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Scenario } from "./calls.ts";
import type { Played } from "./play.ts";
import { folderScenarios, projectScenarios } from "./hierarchyScenarios.ts";
import { planScenarios } from "./planScenarios.ts";
import { scenarios } from "./scenarios.ts";
import { subscriptionScenarios, topicMemberScenarios, topicScenarios } from "./supportEventScenarios.ts";

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
