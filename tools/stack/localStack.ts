/** A stack of this program on the local Google Cloud. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { parse, stringify } from "yaml";
import { root } from "../setup/bootstrap/places.mjs";
import type { Engine } from "../setup/index.ts";

export interface LocalStackOptions {
  /** The folder of its project and state. It is recreated. It must be inside the clone, so that Node finds `node_modules`. */
  readonly directory: string;
  readonly stackName: string;
  /** All of the stack's config, each key with its namespace, such as `customer-care:plan`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: Engine;
  /** The environment for the local cloud, with one of its principals. */
  readonly cloudEnvironment: Readonly<Record<string, string>>;
  /** @default the clone's main.mjs */
  readonly program?: string;
  /** The name of a separate Pulumi project, without declared config. @default the clone's project */
  readonly projectName?: string;
  /** The folder of a state that several stacks share. @default a separate one */
  readonly state?: string;
  /** Whether the folder already contains a project with its program and dependencies, which is not changed. @default false */
  readonly isProject?: boolean;
}

/** Settings of the gcp provider for a local cloud. */
export const localSettings = {
  // A universe that does not exist, so that an API without an endpoint fails instead of calling Google.
  "gcp:universeDomain": "emulator.invalid",
  "gcp:disableGlobalProjectWarning": "true",
};

export async function createLocalStack(options: LocalStackOptions): Promise<Stack> {
  const { directory, stackName, engine, program = join(root, "main.mjs"), projectName, isProject = false } = options;
  const state = options.state ?? join(directory, "state");
  // Keep the state of other stacks.
  await rm(isProject ? join(directory, "state") : directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await mkdir(state, { recursive: true });
  if (!isProject) {
    const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    const { runtime } = project;
    const own = projectName === undefined ? project : { name: projectName, runtime };
    await writeFile(join(directory, "Pulumi.yaml"), stringify({ ...own, ...pluginsOf(engine), main: program }));
  }
  await writeConfig(options);
  // The Automation API searches this process's PATH for the command.
  Object.assign(process.env, engine.environment);
  return LocalWorkspace.createStack(
    { workDir: directory, stackName },
    {
      pulumiCommand: await PulumiCommand.get({ skipVersionCheck: true }),
      envVars: {
        ...engine.environment,
        ...options.cloudEnvironment,
        PULUMI_BACKEND_URL: `file://${state}`,
        // The language host that Go builds does not forward it.
        PULUMI_NODEJS_ROOT_DIRECTORY: directory,
      },
    },
  );
}

/** The section of a project with which it uses the engine's gcp plugin, whichever version its packages or its state require. */
export function pluginsOf({ gcpPluginFolder }: Pick<Engine, "gcpPluginFolder">): object {
  return { plugins: { providers: [{ name: "gcp", path: gcpPluginFolder }] } };
}

/** Replaces the stack's config. */
export async function writeConfig({
  directory,
  stackName,
  config,
}: Pick<LocalStackOptions, "directory" | "stackName" | "config">): Promise<void> {
  const file = join(directory, `Pulumi.${stackName}.yaml`);
  const before = (parse(await readFile(file, "utf8").catch(() => "{}")) ?? {}) as Record<string, unknown>;
  // The engine stores the salt of the stack's secrets in the same file as the config.
  await writeFile(file, stringify({ ...before, config: { ...localSettings, ...config } }));
}
