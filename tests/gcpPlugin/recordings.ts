/**
 * What the real gcp plugin answered and sent in each scenario: a compressed file for each, which `record.ts` writes.
 */
import { readCompressed, writeCompressed } from "../support/compressed.ts";
import { alertPolicyScenarios } from "./alertPolicyScenarios.ts";
import type { Scenario } from "./calls.ts";
import { channelScenarios } from "./channelScenarios.ts";
import { folderScenarios } from "./folderScenarios.ts";
import { planScenarios } from "./planScenarios.ts";
import type { Played } from "./play.ts";
import { projectScenarios } from "./projectScenarios.ts";
import { scenarios } from "./scenarios.ts";
import { serviceScenarios } from "./serviceScenarios.ts";
import { subscriptionScenarios } from "./subscriptionScenarios.ts";
import { topicMemberScenarios } from "./topicMemberScenarios.ts";
import { topicScenarios } from "./topicScenarios.ts";

/** All scenarios. */
export const recorded: readonly Scenario[] = [
  ...serviceScenarios,
  ...scenarios,
  ...planScenarios,
  ...folderScenarios,
  ...projectScenarios,
  ...topicScenarios,
  ...topicMemberScenarios,
  ...subscriptionScenarios,
  ...channelScenarios,
  ...alertPolicyScenarios,
];

function recordingFile({ name }: Scenario): URL {
  const fileName = name.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
  return new URL(`recordings/${fileName}.json.gz`, import.meta.url);
}

export function readRecording(scenario: Scenario): Played {
  return JSON.parse(readCompressed(recordingFile(scenario))) as Played;
}

export function writeRecording(scenario: Scenario, played: Played): void {
  writeCompressed(recordingFile(scenario), `${JSON.stringify(played, undefined, 1)}\n`);
}
