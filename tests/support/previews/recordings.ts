/** What Pulumi's engine wrote of each scenario, compressed, and the Markdown that is expected of it, side by side. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { home } from "../../../tools/setup/bootstrap/places.mjs";
import { readCompressed, writeCompressed } from "../compressed.ts";
import type { Scenario } from "./scenarios.ts";

type Named = Pick<Scenario, "name">;

const compressedFile = ({ name }: Named) => new URL(`recordings/${name}.json.gz`, import.meta.url);

export const readRecording = (scenario: Named) => readCompressed(compressedFile(scenario));

export const writeRecording = (scenario: Named, text: string) => writeCompressed(compressedFile(scenario), text);

export const markdownFile = ({ name }: Named) => fileURLToPath(new URL(`recordings/${name}.md`, import.meta.url));

/** The recording as a file of the clone's own folder, for a command that reads one. */
export function recordingFile(scenario: Named): string {
  const folder = join(home, "tests", "previews");
  const file = join(folder, `${scenario.name}.json`);
  mkdirSync(folder, { recursive: true });
  // Another process may read it at the moment.
  const written = `${file}.${String(process.pid)}`;
  writeFileSync(written, readRecording(scenario));
  renameSync(written, file);
  return file;
}
