#!/usr/bin/env node
/** `care`: what people do beside `pulumi up`. Each command is a folder here. */
import { Command } from "commander";
import { adoptCommand } from "./adopt/index.ts";
import { caseCommand } from "./case/index.ts";
import { commentCommand } from "./comment/index.ts";
import { diffCommand } from "./diff/index.ts";
import { doctorCommand } from "./doctor/index.ts";
import { exitCodeOf, useExitCodes } from "./exitCodes.ts";

const program = new Command("care")
  .description("Customer Care beside `pulumi up`")
  .configureHelp({ showGlobalOptions: true });
for (const command of [adoptCommand(), caseCommand(), commentCommand(), diffCommand(), doctorCommand()])
  program.addCommand(command);
useExitCodes(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
