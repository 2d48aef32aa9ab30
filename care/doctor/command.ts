/** `care doctor`: asks, with the caller's own credential and without a write, whether `pulumi up` will work. */
import { resolve } from "node:path";
import { Command } from "commander";
import { jsonText } from "../../text/index.ts";
import { exitCodes, withExitCodes } from "../exitCodes.ts";
import type { Counts } from "../../google/index.ts";
import { examine, jsonOf } from "./examine.ts";
import { showProgress } from "../google/progress.ts";
import { textOf } from "./text.ts";

interface Options {
  readonly stack?: string;
  readonly cwd: string;
  readonly json?: boolean;
}

const help = `
Examples:
  care doctor --stack dev
  care doctor --stack dev --json`;

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("Say what stands in the way of `pulumi up`, and how to mend it; nothing is written")
    .option("-s, --stack <name>", "the stack; by default the one that is selected")
    .option("-C, --cwd <folder>", "the program's folder", ".")
    .option("--json", "write JSON instead, in the shape of docs/reference/care.schema.json")
    .addHelpText("after", help)
    .action(doctor);
  return withExitCodes(command, {
    fine: "no finding is an error or a warning",
    failedOrFindings: "at least one is",
    usage: "the command is wrong, or the stack cannot be read",
  });
}

/** What progress and errors begin with. */
const name = "care doctor";

async function doctor({ stack, cwd, json }: Options): Promise<void> {
  const counts: Counts = { asked: 0, answered: 0 };
  const endProgress = showProgress(name, counts);
  const examination = await examine(name, resolve(cwd), stack, counts).finally(endProgress);
  process.stdout.write(json ? `${jsonText(jsonOf(examination))}\n` : textOf(examination));
  if (examination.findings.some(({ level }) => level !== "information")) process.exitCode = exitCodes.failedOrFindings;
}
