/** Reads `Pulumi.STACK.yaml` for what the engine does not expose: which values in a map are secrets, and which keys are empty. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Yaml from "yaml";
import type { Problem } from "./problems.ts";

/**
 * The project's folder, which has Pulumi.yaml and the files of the stacks.
 *
 * @param given The folder that the language host passes; empty with older hosts, such as the one that Go builds.
 * @param from The folder in which the program runs, at or below the project's folder.
 */
export function projectDirectory(given: string, from = process.cwd()): string {
  if (given !== "") return given;
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
  return from;
}

/**
 * The clone of this repository that contains a file, under any name. Only this repository's program reads the stack's config.
 *
 * @param file A file, or a folder that ends with a separator.
 */
export function ownClone(file: string): string | undefined {
  const manifest = findPackageJSON(".", pathToFileURL(file));
  if (manifest === undefined) return undefined;
  const folder = dirname(manifest);
  return existsSync(join(folder, "onboarding", "stackConfig.ts")) ? folder : undefined;
}

/** @param stack The name, optionally with its organization and project. */
export function stackFilePath(directory: string, stack: string): string {
  const { stackConfigDir } = readMap(join(directory, "Pulumi.yaml"));
  return join(
    directory,
    typeof stackConfigDir === "string" ? stackConfigDir : "",
    `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`,
  );
}

/** The stacks that have a file in the program's directory. */
export function stacksWithFiles(directory: string): string[] {
  try {
    return readdirSync(dirname(stackFilePath(directory, "any"))).flatMap(
      (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
    );
  } catch {
    return [];
  }
}

/**
 * The other stacks whose state can have a resource that this stack has too. Each project belongs to one shard of a fleet. So a
 * shard skips the other shards, and a search for resources above projects skips all shards.
 */
export function stacksToSearch(directory: string, { stack, project, shard, isOfProject }: SearchingStack): string[] {
  const others = stacksWithFiles(directory).filter((name) => name !== stack);
  const [, fleet] = shard === undefined ? [] : (/^(.+)-\d{2,}$/.exec(stack) ?? []);
  if (fleet !== undefined) return others.filter((name) => !(name.startsWith(`${fleet}-`) && /-\d{2,}$/.test(name)));
  if (isOfProject) return others;
  return others.filter((name) => {
    const { config } = readMap(stackFilePath(directory, name)) as { config?: Readonly<Record<string, unknown>> };
    return config?.[`${project}:shard`] === undefined;
  });
}

interface SearchingStack {
  readonly stack: string;
  readonly project: string;
  /** The value of its config key, if it is a shard of a fleet. */
  readonly shard: string | undefined;
  /** Whether the search is for a resource at a project. */
  readonly isOfProject: boolean;
}

/** The values in the file of a stack, by full key. The engine passes them as text. */
export function valuesInFile(directory: string, stack: string, namespace: string): [fullKey: string, value: unknown][] {
  const { config } = readMap(stackFilePath(directory, stack)) as { config?: Readonly<Record<string, unknown>> | null };
  return Object.entries(config ?? {}).map(([key, value]) => [key.includes(":") ? key : `${namespace}:${key}`, value]);
}

/** By declared type, what to write instead of an empty value, which the engine reads as an empty string. */
const emptyValues: Readonly<Record<string, string>> = { object: "{}", array: "[]" };

/**
 * The keys without a value in the file of a stack, such as `organization:`, which the engine rejects before the program runs.
 *
 * Pulumi.yaml declares the types.
 */
export function emptyValueProblems(directory: string, stack: string, namespace: string): Problem[] {
  const { config } = readMap(join(directory, "Pulumi.yaml"));
  // In a file of an old Pulumi, it is the folder of the files of the stacks.
  const declared = (typeof config === "object" ? (config ?? {}) : {}) as Readonly<Record<string, unknown>>;
  return valuesInFile(directory, stack, namespace).flatMap(([fullKey, value]) => {
    const [prefix, key = ""] = fullKey.split(/:(.*)/s);
    const { type } = ((declared[key] ?? declared[fullKey]) as { readonly type?: string } | null | undefined) ?? {};
    const instead = emptyValues[type ?? ""];
    // The engine writes null as an empty string.
    return prefix === namespace && instead !== undefined && [null, ""].includes(value as null)
      ? [{ path: [key], message: `has no value; write ${instead}, or remove the key` }]
      : [];
  });
}

/**
 * The paths of the secrets below a key of the config.
 *
 * @returns The path of the key itself if the file has no secrets below it or cannot be read: its name can differ.
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

/** Loads the YAML parser only when it is needed, because a valid config starts faster without it. */
const require = createRequire(import.meta.url);

/** An unreadable file counts as empty. Callers that need it report an error. */
function readMap(path: string): Readonly<Record<string, unknown>> {
  const { parse } = require("yaml") as typeof Yaml;
  try {
    const file = decoded(readFileSync(path));
    return "text" in file ? ((parse(file.text) ?? {}) as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The encodings that the engine accepts: UTF-8, or UTF-16 with a byte order mark, which Windows PowerShell writes. */
const encodings: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** @returns The text without a byte order mark, or the problem. */
export function decoded(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  const [, encoding = "utf-8"] = encodings.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [];
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0")
      ? { problem: "is UTF-16 without a byte order mark, or not a text file; save it as UTF-8" }
      : { text };
  } catch {
    return {
      problem: encoding === "utf-8" ? "is not UTF-8; save it as UTF-8" : "is invalid UTF-16; save it as UTF-8",
    };
  }
}
