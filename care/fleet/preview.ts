/** `care fleet preview`: the changes in all stacks, as one text. */
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { documentPath, jsonText } from "../../text/index.ts";
import { jsonOf } from "../diff/json.ts";
import { markdownOf } from "../diff/markdown.ts";
import { domainsOf } from "../diff/organization.ts";
import { moveChanges, stackClaims } from "../diff/moves.ts";
import type { StackClaims } from "../diff/moves.ts";
import type { Preview } from "../diff/preview.ts";
import { readPreviews } from "../diff/readPreviews.ts";
import { stackDiff, withChanges } from "../diff/stackDiff.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { withExitCodes } from "../exitCodes.ts";
import { UserError } from "../userError.ts";
import type { Operated } from "./operate.ts";
import { openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";
import type { StackRun } from "./stackOperation.ts";

interface PreviewOptions extends FleetOptions {
  readonly json?: boolean;
}

export function previewCommand(): Command {
  const command = new Command("preview")
    .description("Preview all stacks, and explain the changes, as care diff does")
    .option("--json", `write JSON instead, in the shape of ${documentPath("docs/reference/care.schema.json")}`)
    .addHelpText("after", "\nExamples:\n  care fleet preview prod\n  care fleet preview prod --parallel 2 --json")
    .action(preview);
  return withExitCodes(command, {
    fine: "all previews succeeded",
    failedOrFindings: "a preview failed, or the command was interrupted",
    usage: "the command is wrong, or the fleet's file is invalid",
  });
}

async function preview(name: string, options: PreviewOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  await explain(await fleet.run("preview"), options.json);
}

/** @param output The stream for the explanation. */
export async function explain(
  { runs }: Operated,
  json = false,
  output: NodeJS.WriteStream = process.stdout,
): Promise<void> {
  const diffs = await mergedDiff(runs);
  if (json) output.write(`${jsonText(jsonOf(diffs))}\n`);
  // The summary of the run has the warnings.
  else output.write(diffs.length === 0 ? "Nothing changes.\n" : markdownOf(diffs.map(withoutWarnings), Infinity));
}

const withoutWarnings = (diff: StackDiff): StackDiff => ({ ...diff, warnings: [] });

/** Explains the previews of all stacks together, and omits stacks without changes. */
export async function mergedDiff(runs: readonly StackRun[]): Promise<StackDiff[]> {
  const configs: Pick<Preview, "project" | "config">[] = [];
  for await (const { preview } of previewsOf(runs)) configs.push({ project: preview.project, config: preview.config });
  const domains = domainsOf(configs);
  const diffs: StackDiff[] = [];
  const claims: StackClaims[] = [];
  for await (const { stack, preview } of previewsOf(runs)) {
    diffs.push(stackDiff(preview, stack, domains));
    claims.push(stackClaims(stack, preview));
  }
  const moves = moveChanges(claims);
  return diffs
    .map((diff, index) => withChanges(diff, moves[index] ?? []))
    .filter(({ failed, changes }) => failed || changes.length > 0);
}

/** One after the other, since all previews together may not fit into memory. */
async function* previewsOf(runs: readonly StackRun[]): AsyncGenerator<{ stack: string; preview: Preview }> {
  for (const { stack, log, status } of runs) {
    // Its log is from an earlier command.
    if (status === "left out") continue;
    const text = await readFile(log, "utf8");
    try {
      for (const preview of readPreviews(text, stack)) yield { stack, preview };
    } catch (error) {
      // If it failed before it wrote a preview, the summary reports that. Otherwise the error must be thrown.
      if (!(error instanceof UserError) || status === "done") throw error;
    }
  }
}
