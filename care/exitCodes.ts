/** The exit codes of every command, and the mapping of errors to them. */
import { CommanderError } from "commander";
import type { Command } from "commander";
import { sectionOf, withSection } from "../text/index.ts";
import { fileProblem, isFileError } from "./files.ts";
import { UsageError, UserError } from "./userError.ts";

export const exitCodes = { fine: 0, failedOrFindings: 1, usage: 2 } as const;

type Meanings = Readonly<Record<keyof typeof exitCodes, string>>;

/** For a group of commands, such as `care case`. Each command describes its own. */
const defaultMeanings: Meanings = {
  fine: "success",
  failedOrFindings: "it failed, or found something that needs your decision",
  usage: "the command is wrong, or its input is invalid",
};

const meaningsByCommand = new WeakMap<Command, Meanings>();

/** Documents the command's own meaning of the codes in its help. */
export function withExitCodes(command: Command, meanings: Meanings): Command {
  meaningsByCommand.set(command, meanings);
  return command;
}

/** Documents the codes in the help of all commands, and makes commander throw instead of exiting with its own codes. */
export function useExitCodes(program: Command): void {
  program.addHelpText("afterAll", ({ command }) => helpOf(meaningsOf(command))).exitOverride();
  // Commander's own errors, such as that of an unknown option.
  program.showHelpAfterError(withSection("", "command").trim());
  inherit(program);
}

/** What the codes mean for the command. */
export function meaningsOf(command: Command): Meanings {
  return meaningsByCommand.get(command) ?? defaultMeanings;
}

function helpOf(meanings: Meanings): string {
  const lines = Object.entries(exitCodes).map(
    ([name, code]) => `  ${String(code)}  ${meanings[name as keyof typeof exitCodes]}`,
  );
  return ["", "Exit codes:", ...lines].join("\n");
}

/** Commander passes settings on to commands that it creates, but not to commands that are added to it. */
function inherit(command: Command): void {
  for (const child of command.commands) inherit(child.copyInheritedSettings(command));
}

/** Prints an error that a person can fix, and returns the exit code. Anything else is a bug, and is thrown again. */
export function exitCodeOf(error: unknown): number {
  // Commander has already printed it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  // A file that no command reads or writes by ./files.ts.
  if (isFileError(error)) return exitCodeOf(new UserError(`${error.path ?? "the output"}: ${fileProblem(error)}`));
  if (!(error instanceof UserError)) throw error;
  const section = sectionOf(error.message, error instanceof UsageError ? "command" : "failure");
  console.error(withSection(error.message, section));
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failedOrFindings;
}
