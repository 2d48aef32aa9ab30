/** Reads the stack and its config with Pulumi's Automation API. It does not even select the stack. */
import { execFile } from "node:child_process";
import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { ProjectSettings, Workspace } from "@pulumi/pulumi/automation/index.js";
import {
  checkStack,
  checkStackValues,
  ConfigError,
  configSizeProblem,
  emptyValueProblems,
  ownClone,
  secretPaths,
  stackFilePath,
} from "../../onboarding/index.ts";
import type { Checked, Problem } from "../../onboarding/index.ts";
import { rememberSecret } from "../../text/index.ts";
import { readTextSync } from "../files.ts";
import { UsageError } from "../userError.ts";
import { isPulumiNotFound, pulumiNotFound } from "./pulumiNotFound.ts";

export interface StackReading {
  /** The command that reads it, such as `care doctor`, which is the prefix of errors. */
  readonly command: string;
  readonly workspace: Workspace;
  /** The program's folder. */
  readonly workDir: string;
  readonly name: string;
  /** The Pulumi project, which is also the namespace of its config. */
  readonly project: string;
  readonly checked: Checked;
  /** All errors that the program would report about the config. */
  readonly errors: readonly ConfigError[];
  /** `requiredPulumiVersion` in Pulumi.yaml. */
  readonly requiredPulumi: string | undefined;
  /** The value of a full key such as `gcp:project`. */
  readonly config: (key: string) => string | undefined;
  /** The names of the project's other stacks in the same backend. */
  readonly others: readonly string[];
}

/**
 * @param command The prefix of errors, such as `care doctor`.
 * @param stackName @default the selected stack
 * @throws UsageError
 */
export async function readStack(
  command: string,
  workDir: string,
  stackName: string | undefined,
): Promise<StackReading> {
  const failed = (what: string) => failure(command, what);
  if (!existsSync(workDir)) throw new UsageError(`${command}: --cwd: there is no folder ${workDir}`);
  const workspace = await LocalWorkspace.create({ workDir }).catch((error: unknown) => {
    if (isPulumiNotFound(error)) throw new UsageError(`${command}: ${pulumiNotFound}`, { cause: error });
    return failed("Pulumi cannot be run")(error);
  });
  const settings = await workspace
    .projectSettings()
    .catch(failed(`${workDir} has no Pulumi.yaml that can be read; name the program's folder with --cwd`));
  if (!isOwnProgram(workDir, settings)) throw new UsageError(`${command}: ${otherProgram(settings.name)}`);
  const project = settings.name;
  const stacks = await workspace.listStacks().catch(failed("the stacks cannot be listed; run pulumi login"));
  const names = stacks.map(({ name }) => name);
  const fullNames =
    stackName === undefined || names.includes(stackName) || !stackName.includes("/")
      ? []
      : await readFullNames(workspace).catch(failed("the stacks cannot be listed; run pulumi login"));
  const name =
    stackName === undefined
      ? stacks.find(({ current }) => current)?.name
      : resolveStackName(stackName, names, fullNames);
  if (name === undefined) throw new UsageError(`${command}: ${noSuchStack(stackName, names)}`);
  const file = stackFilePath(workDir, name);
  // The engine's errors name no file.
  if (existsSync(file)) readTextSync(file, { prefix: `${command}: ` });
  const values = await workspace.getAllConfig(name).catch(failed(`the config of ${name} cannot be read`));
  for (const { value, secret } of Object.values(values)) if (secret === true) rememberSecret(value);
  const entries = Object.entries(values).map(
    ([key, { value, secret }]) => [key, { text: value, isSecret: secret === true }] as const,
  );
  const secrets = (key: string) => secretPaths(workDir, name, project, key);
  const tooLarge = configSizeProblem(
    project,
    entries.map(([key, { text }]) => [key, text]),
  );
  // The engine rejects these before the program runs.
  const ofEngine = [...(tooLarge === undefined ? [] : [tooLarge]), ...emptyValueProblems(workDir, name, project)];
  const { errors } = checkStack({
    namespace: project,
    stack: name.split("/").at(-1) ?? name,
    values: entries,
    secretPaths: secrets,
    folder: programFolder(workDir, settings),
  });
  return {
    command,
    workspace,
    workDir,
    name,
    project,
    checked: withProblems(ofEngine, checkStackValues(project, entries, secrets)),
    errors: ofEngine.length === 0 ? errors : [new ConfigError(project, ofEngine), ...errors],
    requiredPulumi: (settings as { requiredPulumiVersion?: string }).requiredPulumiVersion,
    config: (key) => values[key]?.value,
    others: names.filter((other) => other !== name),
  };
}

const otherProgram = (project: string) =>
  `${project} is a program of its own, and this command reads only the config of the program of customer-care; in a landing zone, pulumi preview reports what would block an update, and the output checklist of CustomerCare shows the status`;

/**
 * Whether the project runs the program of this repository, also in a clone with another name: an entry point at the root of the
 * package, or another file of it that reads the stack's config. Only that program takes its config from the project's namespace.
 */
export function isOwnProgram(workDir: string, { runtime, main }: ProjectSettings): boolean {
  const language = typeof runtime === "string" ? runtime : runtime?.name;
  if (language !== "nodejs") return false;
  const place = resolve(workDir, main ?? "");
  const files = [place, ...["index.ts", "index.js"].map((name) => join(place, name))];
  const file = files.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  // Without its file, the program is unknown.
  if (file === undefined) return true;
  const clone = ownClone(realpathSync(file));
  if (clone === undefined) return false;
  const entries = ["main.mjs", "index.ts"].map((name) => join(clone, name));
  return entries.includes(realpathSync(file)) || /\bstackConfig\b/.test(readTextSync(file));
}

/** Where Pulumi runs the program. */
function programFolder(workDir: string, { main = "" }: ProjectSettings): string {
  const place = resolve(workDir, main);
  return statSync(place, { throwIfNoEntry: false })?.isFile() === true ? dirname(place) : place;
}

/** The config never reaches the program, so these errors come first. */
function withProblems(problems: readonly Problem[], checked: Checked): Checked {
  return problems.length === 0 ? checked : { config: undefined, problems: [...problems, ...checked.problems] };
}

function noSuchStack(given: string | undefined, names: readonly string[]): string {
  if (names.length === 0) return "the project has no stack in this backend; create one with pulumi stack init";
  const known = `write --stack with one of ${names.join(", ")}`;
  return given === undefined
    ? `no stack is selected; ${known}`
    : `there is no stack ${JSON.stringify(given)}; ${known}`;
}

/** The names of the project's stacks as `ORGANIZATION/PROJECT/STACK`, which the Automation API cannot list. */
async function readFullNames({ pulumiCommand, workDir }: Workspace): Promise<string[]> {
  const args = ["stack", "ls", "--json", "--fully-qualify-stack-names", "--non-interactive"];
  const { stdout } = await promisify(execFile)(pulumiCommand.command, args, { cwd: workDir, maxBuffer: Infinity });
  return (JSON.parse(stdout) as { readonly name: string }[]).map(({ name }) => name);
}

/**
 * The listed name of the stack that Pulumi means by the given one. Without an organization, it is in the default organization,
 * or it is the only one with that name. Undefined for a stack of another organization or another project.
 *
 * @param names The project's stacks. Pulumi omits the project, and the default organization.
 * @param fullNames The same as `ORGANIZATION/PROJECT/STACK`, to resolve a name that has an organization.
 */
export function resolveStackName(
  given: string,
  names: readonly string[],
  fullNames: readonly string[],
): string | undefined {
  if (names.includes(given)) return given;
  if (!given.includes("/")) {
    const [one, ...more] = names.filter((name) => name.endsWith(`/${given}`));
    return more.length === 0 ? one : undefined;
  }
  const full = fullNames.find((name) => name === given || name.replace(/\/.*\//, "/") === given);
  const [organization = "", , stack = ""] = full?.split("/") ?? [];
  return [full, `${organization}/${stack}`, stack].find((name) => name !== undefined && names.includes(name));
}

/** Replaces the Automation API's errors, which contain the whole command. */
export function failure(command: string, what: string) {
  return (error: unknown): never => {
    throw new UsageError(`${command}: ${what}: ${engineMessage(error)}`, { cause: error });
  };
}

/** The engine's last error with its lines, without the command and the stack trace that the Automation API adds. */
function engineMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n");
  const last = lines.findLastIndex((words) => /^\s*(stderr: )?error: /.test(words));
  if (last < 0) return lines[0] ?? "";
  const rest = lines.slice(last + 1);
  const end = rest.findIndex((words) => !/^\s+\S/.test(words) || /^\s*err\??: /.test(words));
  const [first = "", ...more] = [lines[last] ?? "", ...rest.slice(0, end < 0 ? rest.length : end)];
  return [first.replace(/^\s*(stderr: )?error: /, ""), ...more].map((words) => words.trim()).join(" ");
}
