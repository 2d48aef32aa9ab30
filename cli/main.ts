#!/usr/bin/env node
/** `care`: what people do beside `pulumi up`. Each command is a folder here. */
import { Command, CommanderError } from "commander";
import { diffCommand } from "./diff/index.ts";
import { doctorCommand } from "./doctor/index.ts";
import { UserError } from "./userError.ts";

/** How a command that is wrong ends; 1 is for what a command finds. */
const usage = 2;

const program = new Command("care").description("Customer Care beside `pulumi up`").exitOverride();
for (const command of [diffCommand(), doctorCommand()]) program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : usage;
  else if (error instanceof UserError) {
    console.error(error.message);
    process.exitCode = usage;
  } else throw error;
}
