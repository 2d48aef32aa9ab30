/** `care fleet up`: all stacks put up. After a kill, the same command goes on. */
import { Command } from "commander";
import { UserError } from "../userError.ts";
import { isAgreed, openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";
import { tell } from "./preview.ts";

interface UpOptions extends FleetOptions {
  readonly yes?: boolean;
}

export function upCommand(): Command {
  return new Command("up")
    .description("Put all stacks up: with a preview and a question before it, unless --yes says that none is needed")
    .option("-y, --yes", "without a preview, and without asking")
    .addHelpText("after", "\nExamples:\n  care fleet up prod\n  care fleet up prod --yes")
    .action(up);
}

async function up(name: string, options: UpOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  if (!options.yes) {
    const previewed = await fleet.carryOut("preview");
    await tell(previewed);
    if (previewed.runs.some(({ status }) => status !== "done"))
      throw new UserError("care fleet: not put up, as not all previews succeeded");
  }
  if (!(await isAgreed(`Put up the ${String(fleet.stacks.length)} stacks of ${name}?`, options.yes)))
    throw new UserError("care fleet: not put up");
  await fleet.carryOut("up");
}
