/** What Pulumi knows of the stack and of the others in its backend, by its Automation API. Nothing is written. */
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import pLimit from "p-limit";
import { checkStackValues } from "../../config/index.ts";
import type { Checked } from "../../config/index.ts";
import { UserError } from "../userError.ts";
import { claimsOf } from "./claims.ts";
import type { Claim } from "./claims.ts";

export interface OtherStack {
  readonly name: string;
  /** Undefined where its state cannot be read. */
  readonly claims: readonly Claim[] | undefined;
}

export interface StackReading {
  readonly name: string;
  /** The Pulumi project, which is also the namespace of its config. */
  readonly project: string;
  readonly checked: Checked;
  /** The value of a full key such as `gcp:project`. */
  readonly config: (key: string) => string | undefined;
  readonly claims: readonly Claim[];
  readonly others: readonly OtherStack[];
}

/** How many states are read at once: each read is a process of its own. */
const atOnce = 4;

/** @param stackName By default the one that is selected, which stays so. */
export async function readStack(workDir: string, stackName: string | undefined): Promise<StackReading> {
  const workspace = await LocalWorkspace.create({ workDir }).catch(
    failure("Pulumi cannot be run; install it, or put it on PATH"),
  );
  const { name: project } = await workspace
    .projectSettings()
    .catch(failure(`${workDir} has no Pulumi.yaml that can be read; name the program's folder with --cwd`));
  const stacks = await workspace.listStacks().catch(failure("the stacks cannot be listed; run `pulumi login`"));
  const names = stacks.map(({ name }) => name);
  if (stackName === undefined && !stacks.some(({ current }) => current))
    throw new UserError("care doctor: no stack is selected; name one with --stack, such as --stack dev");
  const selected = stacks.find(({ name, current }) => (stackName === undefined ? current : isSame(name, stackName)));
  if (selected === undefined)
    throw new UserError(
      `care doctor: there is no stack ${JSON.stringify(stackName)}; name one of ${names.join(", ") || "the backend (it has none)"}, or make it with pulumi stack init`,
    );
  const { name } = selected;
  const values = await workspace.getAllConfig(name).catch(failure(`the config of ${name} cannot be read`));
  const entries = Object.entries(values).map(
    ([key, { value, secret }]) => [key, { text: value, isSecret: secret === true }] as const,
  );
  const limit = pLimit(atOnce);
  const claimsIn = (stack: string) => limit(async () => claimsOf((await workspace.exportStack(stack)).deployment));
  const others = names.filter((other) => other !== name);
  const [claims, ...claimsOfOthers] = await Promise.all([
    claimsIn(name).catch(failure(`the state of ${name} cannot be read`)),
    ...others.map((other) => claimsIn(other).catch(() => undefined)),
  ]);
  return {
    name,
    project,
    checked: checkStackValues(project, entries),
    config: (key) => values[key]?.value,
    claims,
    others: others.map((other, index) => ({ name: other, claims: claimsOfOthers[index] })),
  };
}

/** A stack may be named without its organization and its project. */
function isSame(name: string, given: string): boolean {
  return name === given || name.endsWith(`/${given}`) || given.endsWith(`/${name}`);
}

/** What to throw in place of the Automation API's errors, which show the whole command. */
function failure(what: string) {
  return (error: unknown): never => {
    throw new UserError(`care doctor: ${what}: ${saidBy(error)}`, { cause: error });
  };
}

/** The engine's own last words, without the command and the trace that the Automation API adds. */
function saidBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split("\n").findLast((words) => /^(stderr: )?error: /.test(words));
  return line?.replace(/^(stderr: )?error: /, "") ?? text.split("\n", 1)[0] ?? "";
}
