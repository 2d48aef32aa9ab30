/** The program `care` with all its commands. */
import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { Command } from "commander";
import { adoptCommand } from "./adopt/command.ts";
import { commentCommand } from "./comment/command.ts";
import { addCompletion } from "./completion.ts";
import { caseCommand } from "./case/command.ts";
import { diffCommand } from "./diff/command.ts";
import { doctorCommand } from "./doctor/command.ts";
import { useExitCodes } from "./exitCodes.ts";
import { groupHelp } from "./help.ts";
import { fleetCommand } from "./fleet/command.ts";
import { refuseOtherOutputs } from "./jsonOutput.ts";
import { reportCommand } from "./report/command.ts";

const examples = `
Examples:
  care doctor --stack dev
  care adopt --stack dev --file adopt.json
  pulumi preview --stack dev --json | care diff
  care case list --stack prod`;

export function careProgram(): Command {
  const program = new Command("care")
    .description("Check, report, review and operate Customer Care onboarding with Pulumi")
    .version(version(), "-V, --version", "show the version")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", examples);
  for (const command of [
    adoptCommand(),
    caseCommand(),
    commentCommand(),
    diffCommand(),
    doctorCommand(),
    fleetCommand(),
    reportCommand(),
  ])
    program.addCommand(command);
  addCompletion(program);
  useHelpCommand(program);
  rejectHelpOfUnknown(program);
  groupHelp(program);
  refuseOtherOutputs(program);
  useExitCodes(program);
  return program;
}

/** The version of this file's package, in a clone or as installed by npm. */
function version(): string {
  const file = findPackageJSON(import.meta.url);
  if (file === undefined) throw new Error(`no package.json is above ${import.meta.url}`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** `care UNKNOWN --help`. Commander itself prints the general help for it and ends with 0. */
function rejectHelpOfUnknown(program: Command): void {
  program.addHelpText("beforeAll", ({ command, error }) => {
    const [name] = command.args;
    const isUnknown =
      name !== undefined && !name.startsWith("-") && command.commands.every((one) => one.name() !== name);
    // Commander reports the unknown command, with a suggestion.
    if (!error && command.commands.length > 0 && isUnknown) command.parse([name], { from: "user" });
    return "";
  });
}

/** `care help COMMAND`. Commander's own prints the general help for an unknown command. */
function useHelpCommand(parent: Command): void {
  if (parent.commands.length === 0) return;
  for (const child of parent.commands) useHelpCommand(child);
  parent.helpCommand(false).addCommand(
    new Command("help")
      .description("Show the help of a command")
      .argument("[command]", "one of the above")
      .action(async (name: string | undefined) => {
        if (name === undefined) parent.help();
        const command = parent.commands.find((one) => one.name() === name);
        if (command !== undefined) command.help();
        // Commander reports the unknown command, with a suggestion.
        await parent.parseAsync([name], { from: "user" });
      }),
  );
}
