/** The projects below the folders with `everyProject`. */
import { everyProjectFolders, withProjects } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { readRequests } from "../../guide/index.ts";
import { projectsBelow } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { read } from "./reading.ts";
import type { Reading } from "./reading.ts";

export interface EveryProjectReading {
  /** The IDs below each folder. */
  readonly readings: readonly Reading<readonly string[]>[];
  /** The config with those projects, except those of folders that could not be read. */
  readonly resolved: CustomerCareConfig;
}

export async function readEveryProject(config: CustomerCareConfig, transport: Transport): Promise<EveryProjectReading> {
  const folders = everyProjectFolders(config);
  if (folders.size === 0) return { readings: [], resolved: config };
  const asked = new Set(folders.values());
  const readings = await Promise.all([...folders.values()].map((folder) => readFolder(folder, asked, transport)));
  const found = new Map([...folders.keys()].map((key, index) => [key, readings[index]?.value ?? []]));
  return { readings, resolved: withProjects(config, found) };
}

function readFolder(folder: string, asked: ReadonlySet<string>, transport: Transport) {
  const question = {
    what: "the projects below the folder",
    where: `folders/${folder}`,
    ...readRequests.projectsBelow,
  };
  return read(question, () => projectsBelow(transport, folder, (below) => asked.has(below)));
}
