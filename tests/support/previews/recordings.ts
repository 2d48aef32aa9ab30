/** What Pulumi's engine wrote of each scenario, and the Markdown that is expected of it, side by side. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Scenario } from "./scenarios.ts";

const fileOf = ({ name }: Pick<Scenario, "name">, extension: string) =>
  fileURLToPath(new URL(`recordings/${name}.${extension}`, import.meta.url));

export const recordingFile = (scenario: Pick<Scenario, "name">) => fileOf(scenario, "json");

export const markdownFile = (scenario: Pick<Scenario, "name">) => fileOf(scenario, "md");

export const readRecording = (scenario: Pick<Scenario, "name">) => readFileSync(recordingFile(scenario), "utf8");
