/** Reads a stack's state and config from Pulumi, without selecting the stack. */
import { statSync } from "node:fs";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { rememberSecret } from "../../text/index.ts";
import { isPulumiNotFound, pulumiNotFound } from "../stack/pulumiNotFound.ts";
import { UsageError, UserError } from "../userError.ts";

export interface StackOptions {
  /** @default the selected stack */
  readonly stack?: string | undefined;
  /** The project's folder, or one below it. @default this process's folder */
  readonly cwd?: string | undefined;
}

export interface StackContents {
  readonly name: string;
  /** By full key such as `gcp:billingProject`; decrypted, so never show it. */
  readonly config: Readonly<Record<string, string>>;
  /** The `deployment` of `pulumi stack export`. */
  readonly deployment: unknown;
}

/** @throws UserError */
export async function readStack({ stack, cwd = process.cwd() }: StackOptions): Promise<StackContents> {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`--cwd: ${JSON.stringify(cwd)} is not a folder; write that of the Pulumi project`);
  // Imported here because it takes a second to load, which help and usage errors need not wait for.
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  try {
    const workspace = await LocalWorkspace.create({ workDir: cwd });
    const name = stack ?? (await selectedStack(workspace));
    const [state, config] = await Promise.all([workspace.exportStack(name), workspace.getAllConfig(name)]);
    for (const { value, secret } of Object.values(config)) if (secret === true) rememberSecret(value);
    const values = Object.entries(config).map(([key, { value }]): [string, string] => [key, value]);
    return { name, config: Object.fromEntries(values), deployment: state.deployment as unknown };
  } catch (error) {
    throw problemOf(error, stack);
  }
}

async function selectedStack(workspace: LocalWorkspace): Promise<string> {
  const stacks = await workspace.listStacks();
  const selected = stacks.find(({ current }) => current);
  if (selected !== undefined) return selected.name;
  throw new UserError(
    stacks.length === 0
      ? "the project has no stack in this backend; create one with `pulumi stack init`, or `pulumi login` to another backend"
      : `no stack is selected; write --stack with one of ${stacks.map(({ name }) => name).join(", ")}, or run \`pulumi stack select\``,
  );
}

/** The errors of Pulumi's command line, without the call and its output, which may contain decrypted config. */
function problemOf(error: unknown, stack = ""): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  if (error.name === "StackNotFoundError")
    return new UserError(`there is no stack ${JSON.stringify(stack)}; \`pulumi stack ls\` lists those of the project`);
  if (isPulumiNotFound(error)) return new UserError(pulumiNotFound);
  if (error.name === "Error" && error.message.startsWith("Minimum version")) return new UserError(error.message);
  const errors = new Set([...error.message.matchAll(/^(?:.*stderr: )?error: (.+)$/gm)].map(([, text = ""]) => text));
  return errors.size === 0 ? error : new UserError(`Pulumi: ${[...errors].join("; ")}`, { cause: error });
}
