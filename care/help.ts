/** The groups of options and commands in the help, and the options that commands share. */
import { Option } from "commander";
import type { Command } from "commander";

/** By the option's long name. Other options are the command's own. */
const optionGroups: Readonly<Record<string, string>> = {
  stack: "Stack:",
  cwd: "Stack:",
  json: "Output:",
  file: "Output:",
  format: "Output:",
  lang: "Output:",
  "max-characters": "Output:",
};

const commandGroups: Readonly<Record<string, string>> = {
  doctor: "One stack:",
  report: "One stack:",
  adopt: "One stack:",
  case: "One stack:",
  diff: "Previews and pull requests:",
  comment: "Previews and pull requests:",
  fleet: "Many stacks:",
  completion: "Other commands:",
  help: "Other commands:",
};

/** The options that choose a stack. */
export function addStackOptions(command: Command): Command {
  return command
    .option("-s, --stack <name>", "the stack; by default the selected one")
    .option("-C, --cwd <folder>", "the program's folder", ".");
}

/** An input file is not in the group for output. */
const inputs = new Set(["case comment"]);

export function groupHelp(program: Command): void {
  program.addHelpOption(new Option("-h, --help", "show this help"));
  for (const command of program.commands) {
    command.helpGroup(commandGroups[command.name()] ?? "Commands:");
    groupOptions(command, command.name());
  }
}

function groupOptions(command: Command, name: string): void {
  for (const option of command.options) {
    const group = groupOf(option, name);
    if (group !== undefined) option.helpGroup(group);
  }
  for (const child of command.commands) groupOptions(child, `${name} ${child.name()}`);
}

function groupOf(option: Option, command: string): string | undefined {
  const name = option.name();
  return name === "file" && inputs.has(command) ? undefined : optionGroups[name];
}
