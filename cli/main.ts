#!/usr/bin/env node
/** `care`: what people do beside `pulumi up`. Each command is a folder here. */
import { Command } from "commander";
import { UserError } from "./userError.ts";

const program = new Command("care").description("Customer Care beside `pulumi up`");

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
