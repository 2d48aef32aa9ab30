/** The options that all the commands on cases have, and how a command is carried out with them. */
import type { Command } from "commander";
import { explained } from "./explained.ts";

export interface CaseOptions {
  readonly stack?: string;
  readonly cwd?: string;
  readonly json?: boolean;
}

export const caseArgument =
  "the case, by its resource's name or the last part of it; not needed where the stack has one case";

export function addCaseOptions(command: Command): Command {
  return command
    .option("-s, --stack <name>", "the stack; default: the selected one")
    .option("-C, --cwd <folder>", "the Pulumi project's folder; default: this one")
    .option("--json", "JSON, as docs/case.md documents it");
}

/** What commander calls: the command's own arguments, with its options and those of all cases. */
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
