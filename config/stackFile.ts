/** A stack's own file, `Pulumi.STACK.yaml`, for what the engine does not tell of it: which values in a map are secrets. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Yaml from "yaml";
import { decoded } from "./textFile.ts";

/** The file's path. A stack's name may have its organization and its project before it. */
export function stackFilePath(directory: string, stack: string): string {
  const { stackConfigDir } = readMap(join(directory, "Pulumi.yaml"));
  return join(
    directory,
    typeof stackConfigDir === "string" ? stackConfigDir : "",
    `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`,
  );
}

/**
 * The paths of the secrets below a key of the config.
 *
 * @returns The key's own path alone where the file cannot be read, or has none: it may have another name.
 */
export function secretPaths(directory: string, stack: string, namespace: string, key: string): (string | number)[][] {
  const config = readMap(stackFilePath(directory, stack))["config"] as Readonly<Record<string, unknown>> | undefined;
  const found = secretsIn(config?.[`${namespace}:${key}`] ?? config?.[key], [key]);
  return found.length === 0 ? [[key]] : found;
}

function secretsIn(value: unknown, path: (string | number)[]): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((child, index) => secretsIn(child, [...path, index]));
  const entries = Object.entries(value);
  const [[only, text] = []] = entries;
  if (entries.length === 1 && only === "secure" && typeof text === "string") return [path];
  return entries.flatMap(([name, child]) => secretsIn(child, [...path, name]));
}

/** Only a program with a mistake in its config needs YAML: the others start without it. */
const require = createRequire(import.meta.url);

/** A file that cannot be read has no keys: whoever needs it says so. */
function readMap(path: string): Readonly<Record<string, unknown>> {
  const { parse } = require("yaml") as typeof Yaml;
  try {
    const file = decoded(readFileSync(path));
    return "text" in file ? ((parse(file.text) ?? {}) as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
