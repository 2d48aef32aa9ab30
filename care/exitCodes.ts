/** The exit codes of every command, and how a command's end becomes one. */
import { CommanderError } from "commander";
import type { Command } from "commander";
import { sectionOf, withSection } from "../text/index.ts";
import { UsageError, UserError } from "./userError.ts";

export const exitCodes = { fine: 0, failedOrFindings: 1, usage: 2 } as const;

type Meanings = Readonly<Record<keyof typeof exitCodes, string>>;

/** What the codes mean where a command does not say it more exactly. */
const general: Meanings = {
  fine: "success",
  failedOrFindings: "it failed, or found something that needs a person",
  usage: "the command is wrong, or its input is invalid",
};

const exact = new WeakMap<Command, Meanings>();

/** Tells in the command's help what the codes mean for it, in place of what they mean for all. */
export function withExitCodes(command: Command, meanings: Meanings): Command {
  exact.set(command, meanings);
  return command;
}

/** Documents the codes in the help of all commands, and has commander throw where it would exit by codes of its own. */
export function useExitCodes(program: Command): void {
  program.addHelpText("afterAll", ({ command }) => helpOf(meaningsOf(command))).exitOverride();
  // Commander's own errors, such as that of an unknown option.
  program.showHelpAfterError(withSection("", "command").trim());
  inherit(program);
}

/** What the codes mean for the command. */
export function meaningsOf(command: Command): Meanings {
  return exact.get(command) ?? general;
}

function helpOf(meanings: Meanings): string {
  const lines = Object.entries(exitCodes).map(
    ([name, code]) => `  ${String(code)}  ${meanings[name as keyof typeof exitCodes]}`,
  );
  return ["", "Exit codes:", ...lines].join("\n");
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
  const section = error instanceof UsageError ? "command" : sectionOf(error.message, "failure");
  console.error(withSection(error.message, section));
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failedOrFindings;
}
