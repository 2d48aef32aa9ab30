/** `care fleet destroy`: all stacks torn down. */
import { Command } from "commander";
import { UserError } from "../userError.ts";
import { isAgreed, openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";

interface DestroyOptions extends FleetOptions {
  readonly yes?: boolean;
}

export function destroyCommand(): Command {
  return new Command("destroy")
    .description("Destroy what all stacks have made; services stay enabled, as with pulumi destroy")
    .option("-y, --yes", "without asking")
    .addHelpText("after", "\nExamples:\n  care fleet destroy prod")
    .action(destroy);
}

async function destroy(name: string, options: DestroyOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  const question = `Destroy what the ${String(fleet.stacks.length)} stacks of ${name} have made?`;
  if (!(await isAgreed(question, options.yes))) throw new UserError("care fleet: not destroyed");
  await fleet.carryOut("destroy");
}
