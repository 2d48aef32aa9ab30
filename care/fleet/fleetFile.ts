/** The one file of a fleet, `Pulumi.FLEET.yaml`: checked as a whole before its projects are distributed to stacks. */
import { join } from "node:path";
import { parse } from "yaml";
import { check, ConfigError, isEmpty, messageOfErrors } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { readText } from "../files.ts";
import { UsageError } from "../userError.ts";

export interface Fleet {
  /** The fleet's name, such as `prod`. */
  readonly name: string;
  /** The Pulumi project's name, which is also the namespace of its config. */
  readonly project: string;
  /** The project's folder. */
  readonly directory: string;
  /** The folder of the stacks' files. */
  readonly stackFiles: string;
  readonly shards: number;
  readonly config: CustomerCareConfig;
  /** The file's own config for the parts that Pulumi.yaml also has. */
  readonly ofFile: ReadonlySet<string>;
  /** The providers' keys, such as `gcp:billingProject`, as written. */
  readonly ofProviders: Readonly<Record<string, unknown>>;
  /** The config in Pulumi.yaml for all stacks, by full key. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** The value for `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: string | undefined;
}

interface ProjectFile {
  readonly name?: string;
  readonly stackConfigDir?: string;
  readonly config?: Readonly<Record<string, { readonly default?: unknown; readonly value?: unknown } | undefined>>;
}

interface StackFile {
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly secretsprovider?: string;
}

/** @throws UsageError that names each problem of the file */
export async function readFleet(directory: string, name: string): Promise<Fleet> {
  if (!/^[A-Za-z0-9_-]+$/.test(name))
    throw new UsageError(
      `${JSON.stringify(name)} is not a fleet's name; write the middle of its file's name: prod for Pulumi.prod.yaml`,
    );
  const projectFile = await readYaml<ProjectFile>(
    join(directory, "Pulumi.yaml"),
    "name the program's folder with --cwd",
  );
  const { name: project = "" } = projectFile;
  const stackFiles = join(directory, projectFile.stackConfigDir ?? "");
  const path = join(stackFiles, `Pulumi.${name}.yaml`);
  const file = await readYaml<StackFile>(path, `write the fleet's config into it, with ${project}:fleet`);
  const { config = {} } = file;
  const entries = Object.entries(config ?? {});
  refuseSecrets(entries, path);
  const own = inNamespace(project, entries);
  const byDefault = inNamespace(project, Object.entries(projectFile.config ?? {})).flatMap(([key, declared]) => {
    const value = declared?.value ?? declared?.default;
    return value === undefined || isEmpty(value) ? [] : [[key, value] as const];
  });
  const checked = check({ ...Object.fromEntries(byDefault), ...Object.fromEntries(own) });
  if (checked.config === undefined) throw new UsageError(messageOfErrors([new ConfigError(project, checked.problems)]));
  if (checked.config.fleet === undefined)
    throw new UsageError(
      `${project}:fleet: is missing in ${path}; write {shards: 16}, or use pulumi for a single stack`,
    );
  return {
    name,
    project,
    directory,
    stackFiles,
    config: checked.config,
    shards: checked.config.fleet.shards,
    defaults: defaultsOf(projectFile, project),
    ofFile: new Set(own.map(([key]) => key)),
    ofProviders: Object.fromEntries(entries.filter(([key]) => key.includes(":") && !key.startsWith(`${project}:`))),
    secretsProvider: file.secretsprovider,
  };
}

function defaultsOf({ config = {} }: ProjectFile, project: string): Record<string, unknown> {
  const entries = Object.entries(config).flatMap(([key, declared]) => {
    const value = declared?.value ?? declared?.default;
    return value === undefined ? [] : [[key.includes(":") ? key : `${project}:${key}`, value] as const];
  });
  return Object.fromEntries(entries);
}

/** The program's own config by key without the namespace. A key without a namespace is its own, too. */
function inNamespace<Value>(
  project: string,
  entries: readonly (readonly [string, Value])[],
): (readonly [string, Value])[] {
  return entries.flatMap(([key, value]) => {
    const [namespace = "", ...rest] = key.includes(":") ? key.split(":") : [project, key];
    return namespace === project ? [[rest.join(":"), value] as const] : [];
  });
}

/** Each stack encrypts with its own key. */
function refuseSecrets(entries: readonly (readonly [string, unknown])[], path: string): void {
  for (const [key, value] of entries)
    if (JSON.stringify(value)?.includes('{"secure":'))
      throw new UsageError(
        `${key}: is a secret in ${path}, which another stack cannot decrypt; set the credential in the environment, such as GOOGLE_CREDENTIALS`,
      );
}

async function readYaml<Shape extends object>(path: string, instead: string): Promise<Shape> {
  const text = await readText(path, { remedies: { ENOENT: instead, ENOTDIR: instead } });
  return (parsed(text, path) ?? {}) as Shape;
}

/** @throws UsageError if it is not YAML */
export function parsed(text: string, path: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is not YAML: ${(error as Error).message.split("\n", 1)[0] ?? ""}`, { cause: error });
  }
}
