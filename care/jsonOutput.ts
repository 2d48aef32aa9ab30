/** Refuses options with which `--json` would not write its document to standard output. */
import type { Command } from "commander";
import { UsageError } from "./userError.ts";

type OtherOutput = (command: Command) => string | undefined;

/** By the command's words: what the other options write instead; undefined if nothing. */
const otherOutputs: Readonly<Record<string, OtherOutput>> = {
  adopt: (command) => (command.getOptionValue("file") === "-" ? "--file - writes the file for the import" : undefined),
  "fleet plan": formatOf,
  report: (command) => {
    const file = command.getOptionValue("file") as readonly string[] | undefined;
    return file === undefined
      ? formatOf(command)
      : "--file writes the report to a file, as JSON if its name ends in .json";
  },
};

function formatOf(command: Command): string | undefined {
  const format = command.getOptionValue("format") as string | undefined;
  return command.getOptionValueSource("format") === "cli" && format !== "json"
    ? `--format ${format ?? ""} writes another format`
    : undefined;
}

export function refuseOtherOutputs(program: Command): void {
  program.hook("preAction", (_, command) => {
    const name = wordsOf(command);
    const other = command.getOptionValue("json") === true ? otherOutputs[name]?.(command) : undefined;
    if (other === undefined) return;
    throw new UsageError(
      `care ${name}: --json writes JSON to standard output, but ${other}; write only one of the two`,
    );
  });
}

/** Such as `fleet plan`, without the program's own name. */
function wordsOf(command: Command): string {
  const { parent } = command;
  return parent?.parent == null ? command.name() : `${wordsOf(parent)} ${command.name()}`;
}
