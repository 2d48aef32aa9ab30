/** `care doctor`: checks with the caller's own credential whether `pulumi up` will work. It only reads. */
import { resolve } from "node:path";
import { Command } from "commander";
import { documentPath, jsonText } from "../../text/index.ts";
import { exitCodes, withExitCodes } from "../exitCodes.ts";
import { addStackOptions } from "../help.ts";
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
  const command = addStackOptions(
    new Command("doctor").description("Report what would block `pulumi up`, and how to fix it; only reads"),
  )
    .option("--json", `write JSON instead, in the shape of ${documentPath("docs/reference/care.schema.json")}`)
    .addHelpText("after", help)
    .action(doctor);
  return withExitCodes(command, {
    fine: "no errors and no warnings",
    failedOrFindings: "at least one error or warning",
    usage: "the command is wrong, or the stack cannot be read",
  });
}

/** The prefix of progress and errors. */
const name = "care doctor";

async function doctor({ stack, cwd, json }: Options): Promise<void> {
  const counts: Counts = { asked: 0, answered: 0 };
  const endProgress = showProgress(name, counts);
  const examination = await examine(name, resolve(cwd), stack, counts).finally(endProgress);
  process.stdout.write(json ? `${jsonText(jsonOf(examination))}\n` : textOf(examination));
  if (examination.findings.some(({ level }) => level !== "note")) process.exitCode = exitCodes.failedOrFindings;
}
