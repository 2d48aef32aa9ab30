/** The options of all commands on cases, and how a command runs with them. */
import type { Command } from "commander";
import { GoogleError } from "../../google/index.ts";
import { roles } from "../../guide/index.ts";
import { documentPath } from "../../text/index.ts";
import { addStackOptions } from "../help.ts";
import { UserError } from "../userError.ts";

export interface CaseOptions {
  readonly stack?: string;
  readonly cwd?: string;
  readonly json?: boolean;
}

export const caseArgument =
  "the case, by its resource's name or the last part of it; not needed if the stack has one case";

export function addCaseOptions(command: Command): Command {
  return addStackOptions(command).option(
    "--json",
    `write JSON, in the shape of ${documentPath("docs/reference/care.schema.json")}`,
  );
}

/** The function that commander calls: with the command's arguments, its options and those of all cases. */
export function action<Options, Words extends readonly unknown[] = [name: string | undefined]>(
  run: (options: CaseOptions & Options, ...words: Words) => Promise<void>,
) {
  return async (...all: unknown[]): Promise<void> => {
    const command = all.at(-1) as Command;
    try {
      await run(command.optsWithGlobals(), ...(all.slice(0, -2) as unknown as Words));
    } catch (error) {
      throw explained(error);
    }
  };
}

/** Examples for the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return ["", "Examples:", ...lines.map((line) => `  care case ${line}`)].join("\n");
}

const { displayName, role } = roles.editors;

/** Turns a refusal by Google into an error that names the missing role. Other errors are returned unchanged. */
export function explained(error: unknown): unknown {
  if (!(error instanceof GoogleError)) return error;
  const where = /(projects|organizations)\/[^/:]+/.exec(error.request)?.[0];
  const isDenied = error.status === 403 && [undefined, "IAM_PERMISSION_DENIED"].includes(error.reason);
  const needed = `${displayName} (${role})${where?.startsWith("organizations/") ? " and Organization Viewer" : ""}`;
  if (!isDenied || where === undefined) return new UserError(error.message, { cause: error });
  return new UserError(`${error.message.replace(/\.$/, "")}; the caller needs ${needed} on ${where}`, { cause: error });
}
