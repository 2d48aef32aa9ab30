/** All commands of `care`, put together. */
import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { Command } from "commander";
import { adoptCommand } from "./adopt/index.ts";
import { caseCommand } from "./case/index.ts";
import { commentCommand } from "./comment/index.ts";
import { addCompletion } from "./completion.ts";
import { diffCommand } from "./diff/index.ts";
import { doctorCommand } from "./doctor/index.ts";
import { fleetCommand } from "./fleet/index.ts";
import { useExitCodes } from "./exitCodes.ts";
import { useHelpCommand } from "./helpCommand.ts";
import { reportCommand } from "./report/index.ts";

const examples = `
Examples:
  care doctor --stack dev
  care adopt --stack dev --file adopt.json
  pulumi preview --stack dev --json | care diff
  care case list --stack prod`;

export function careProgram(): Command {
  const program = new Command("care")
    .description("Customer Care beside `pulumi up`")
    .version(version(), "-V, --version", "write the version")
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
  useExitCodes(program);
  return program;
}

/** Of the package that this file is in, as a clone or as npm installs it. */
function version(): string {
  const file = findPackageJSON(import.meta.url);
  if (file === undefined) throw new Error(`no package.json is above ${import.meta.url}`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
