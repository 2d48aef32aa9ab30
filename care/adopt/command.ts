/** `care adopt`: finds the resources of a stack's config that exist already, and writes the file that `pulumi import` reads. */
import { resolve } from "node:path";
import { Command } from "commander";
import { documentPath, jsonText } from "../../text/index.ts";
import { exitCodes, withExitCodes } from "../exitCodes.ts";
import { writeText } from "../files.ts";
import { addStackOptions } from "../help.ts";
import type { Counts } from "../../google/index.ts";
import { showProgress } from "../google/progress.ts";
import { adoption, isIncomplete, needsDecision } from "./adoption.ts";
import { jsonOf } from "./json.ts";
import { textOf } from "./text.ts";

interface Options {
  readonly stack?: string;
  readonly cwd: string;
  readonly file?: string;
  readonly json?: boolean;
}

const help = `
Examples:
  care adopt --stack dev
  care adopt --stack dev --file adopt.json`;

/** The name for standard output. */
const standardOutput = "-";

export function adoptCommand(): Command {
  const command = addStackOptions(
    new Command("adopt").description(
      "Find the resources of a stack's config that exist already, for `pulumi import`; writes nothing to Google Cloud",
    ),
  )
    .option("--file <file>", "where to write the file for `pulumi import --file`; - for standard output")
    .option("--json", `write JSON instead of text, in the shape of ${documentPath("docs/reference/care.schema.json")}`)
    .addHelpText("after", help)
    .action(adopt);
  return withExitCodes(command, {
    fine: "everything could be read, and nothing needs your decision",
    failedOrFindings:
      "something differs (in more than order or label), would be deleted, is in another stack, or cannot be read or written",
    usage: "the command is wrong, or the stack cannot be read",
  });
}

async function adopt({ stack, cwd, file, json }: Options): Promise<void> {
  const counts: Counts = { asked: 0, answered: 0 };
  const endProgress = showProgress("care adopt", counts);
  const found = await adoption(resolve(cwd), stack, counts).finally(endProgress);
  const isFile = file !== undefined && file !== standardOutput;
  const contents = `${jsonText(found.file ?? { resources: [] })}\n`;
  // Also if there is nothing to import, so that a file of an earlier run is not imported again.
  if (isFile) await writeText(file, contents, { prefix: "care adopt: --file " });
  const where = {
    cwd,
    file: isFile ? (resolve(file) === resolve(cwd, file) ? file : resolve(file)) : undefined,
  };
  const report = json ? `${jsonText(jsonOf(found, where))}\n` : textOf(found, where);
  if (file === standardOutput) process.stdout.write(contents);
  (file === standardOutput ? process.stderr : process.stdout).write(report);
  if (needsDecision(found) || isIncomplete(found)) process.exitCode = exitCodes.failedOrFindings;
}
