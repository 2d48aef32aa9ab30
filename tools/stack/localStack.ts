/** A stack of this program, put up by Pulumi's engine on the local Google Cloud. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { parse, stringify } from "yaml";
import { root } from "../setup/bootstrap/places.mjs";
import type { Engine } from "../setup/index.ts";

export interface LocalStackOptions {
  /** The folder of its project and its state, inside the clone: from there `node_modules` is found. It is made anew. */
  readonly directory: string;
  readonly stackName: string;
  /** All of the stack's config, each key with its namespace, such as `customer-care:plan`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Engine;
  /** What points the program at the cloud, as one of its principals. */
  readonly cloudEnvironment: Readonly<Record<string, string>>;
  /** @default the clone's index.ts */
  readonly program?: string;
  /** The name of a Pulumi project of its own, which has no config to declare. @default the clone's, as it is declared */
  readonly projectName?: string;
  /** The folder of a state that other stacks have, too. @default one of its own */
  readonly state?: string;
  /** Whether the folder holds a project of its own, with its program and its dependencies, which stays as it is. @default false */
  readonly isProject?: boolean;
}

/** Settings of the gcp provider that suit a local cloud, where nothing is to be learned of Google itself. */
export const localSettings = {
  // A universe that does not exist: an API without an endpoint of its own is not found, instead of being Google's.
  "gcp:universeDomain": "emulator.invalid",
  "gcp:disableGlobalProjectWarning": "true",
};

export async function createLocalStack(options: LocalStackOptions): Promise<Stack> {
  const { directory, stackName, engine, program = join(root, "index.ts"), projectName, isProject = false } = options;
  const state = options.state ?? join(directory, "state");
  // What others have in it stays.
  await rm(isProject ? join(directory, "state") : directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await mkdir(state, { recursive: true });
  if (!isProject) {
    const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    const { runtime } = project;
    const own = projectName === undefined ? project : { name: projectName, runtime };
    await writeFile(join(directory, "Pulumi.yaml"), stringify({ ...own, main: program }));
  }
  await writeConfig(options);
  // The command is looked for on this process's PATH.
  Object.assign(process.env, engine.environment);
  return LocalWorkspace.createStack(
    { workDir: directory, stackName },
    {
      pulumiCommand: await PulumiCommand.get({ skipVersionCheck: true }),
      envVars: {
        ...engine.environment,
        ...options.cloudEnvironment,
        PULUMI_BACKEND_URL: `file://${state}`,
        // The language host that Go can build does not pass it on.
        PULUMI_NODEJS_ROOT_DIRECTORY: directory,
      },
    },
  );
}

/** Writes the stack's config in place of the one before. */
export async function writeConfig({
  directory,
  stackName,
  config,
}: Pick<LocalStackOptions, "directory" | "stackName" | "config">): Promise<void> {
  const file = join(directory, `Pulumi.${stackName}.yaml`);
  const before = (parse(await readFile(file, "utf8").catch(() => "{}")) ?? {}) as Record<string, unknown>;
  // The engine keeps the salt of the stack's secrets beside the config.
  await writeFile(file, stringify({ ...before, config: { ...localSettings, ...config } }));
}
