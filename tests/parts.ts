import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../local/setup/bootstrap/places.mjs";
import { SetUpError } from "../local/setup/bootstrap/setUpError.mjs";

/** A folder of tests. */
export interface Part {
  name: string;
  /** Whether it runs Pulumi's engine. Such parts come last, as the engine may have to be built first. */
  needsEngine: boolean;
  /** Whether what it does with the stand-in is compared with the real plugin: it then leaves transcripts where that is asked for. */
  isCompared?: true;
  /** Whether it runs Chromium, which may have to be installed first. */
  needsBrowser?: true;
  /** Whether it runs only where it is named, as it takes so long. */
  isOptional?: true;
}

export const parts: Part[] = [
  { name: "unit", needsEngine: false },
  { name: "components", needsEngine: false },
  { name: "sweep", needsEngine: false },
  { name: "mutations", needsEngine: false, isOptional: true },
  { name: "setup", needsEngine: false },
  { name: "contract", needsEngine: false },
  { name: "browser", needsEngine: false, needsBrowser: true },
  { name: "gcpPlugin", needsEngine: true },
  { name: "docs", needsEngine: true },
  { name: "engine", needsEngine: true, isCompared: true },
  { name: "plugin", needsEngine: true },
  { name: "care", needsEngine: true },
  { name: "package", needsEngine: true },
  { name: "fleet", needsEngine: true },
  { name: "fleetScale", needsEngine: true, isOptional: true },
  { name: "kills", needsEngine: true },
];

/** The parts that were asked for, in their order; all but the optional ones if none was. */
export function chooseParts(names: string[]): Part[] {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    throw new SetUpError(
      `No such part of the tests: ${unknown.join(", ")}. Known: ${parts.map(({ name }) => name).join(", ")}.`,
    );
  }
  return parts.filter(({ name, isOptional }) => (names.length === 0 ? isOptional !== true : names.includes(name)));
}

/** Relative to the clone. */
export function testFilesOf({ name }: Part): string[] {
  const folder = join("tests", name);
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .sort()
    .map((file) => join(folder, file));
}
