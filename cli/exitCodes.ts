/** The exit codes of every command, and how a command's end becomes one. */
import { CommanderError } from "commander";
import type { Command } from "commander";
import { UsageError, UserError } from "./userError.ts";

export const exitCodes = { fine: 0, failedOrFindings: 1, usage: 2 } as const;

const help = `
Exit codes:
  0  fine
  1  failed, or found something that needs a person
  2  usage: the command cannot be carried out as it is written`;

/** Documents the codes in the help of all commands, and has commander throw where it would exit by codes of its own. */
export function useExitCodes(program: Command): void {
  program.addHelpText("afterAll", help).exitOverride();
  inherit(program);
}

/** Commander hands settings on to the commands that it makes itself, and not to those that are added to it. */
function inherit(command: Command): void {
  for (const child of command.commands) inherit(child.copyInheritedSettings(command));
}

/** Tells what a person can mend, and answers the exit code. Anything else is a fault of the program, and is thrown on. */
export function exitCodeOf(error: unknown): number {
  // Commander has told it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failedOrFindings;
}
