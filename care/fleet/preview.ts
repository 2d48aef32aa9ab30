/** `care fleet preview`: what would change in all stacks, as one text. */
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { jsonText } from "../../text/index.ts";
import { jsonOf } from "../diff/json.ts";
import { markdownOf } from "../diff/markdown.ts";
import { domainsOf } from "../diff/organization.ts";
import { moveChanges, stackClaims } from "../diff/moves.ts";
import type { StackClaims } from "../diff/moves.ts";
import { readPreviews } from "../diff/readPreviews.ts";
import { stackDiff, withChanges } from "../diff/stackDiff.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { UserError } from "../userError.ts";
import type { Operated } from "./operate.ts";
import { openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";
import type { StackRun } from "./stackOperation.ts";

interface PreviewOptions extends FleetOptions {
  readonly json?: boolean;
}

export function previewCommand(): Command {
  return new Command("preview")
    .description("Preview all stacks, and say what it means, as care diff does")
    .option("--json", "write JSON instead, in the shape of docs/reference/care.schema.json")
    .addHelpText("after", "\nExamples:\n  care fleet preview prod\n  care fleet preview prod --parallel 2 --json")
    .action(preview);
}

async function preview(name: string, options: PreviewOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  await tell(await fleet.carryOut("preview"), options.json);
}

/** @param output Where the meaning of the previews is written. */
export async function tell(
  { runs }: Operated,
  json = false,
  output: NodeJS.WriteStream = process.stdout,
): Promise<void> {
  const diffs = await mergedDiff(runs);
  if (json) output.write(`${jsonText(jsonOf(diffs))}\n`);
  else output.write(diffs.length === 0 ? "Nothing changes.\n" : markdownOf(diffs, Infinity));
}

/** What the previews of all stacks mean, told together. Of stacks in which nothing changes, only how many there are. */
export async function mergedDiff(runs: readonly StackRun[]): Promise<StackDiff[]> {
  const diffs: StackDiff[] = [];
  const claims: StackClaims[] = [];
  // One after the other: together the previews may be more than the memory holds.
  for (const { stack, log, status } of runs) {
    // What its log has is of an earlier command.
    if (status === "left out") continue;
    const text = await readFile(log, "utf8");
    try {
      for (const preview of readPreviews(text, stack)) {
        diffs.push(stackDiff(preview, stack, domainsOf([preview])[0]));
        claims.push(stackClaims(stack, preview));
      }
    } catch (error) {
      // It failed before there was a preview: the summary says so. One that did not fail must be told.
      if (!(error instanceof UserError) || status === "done") throw error;
    }
  }
  const moves = moveChanges(claims);
  return diffs
    .map((diff, index) => withChanges(diff, moves[index] ?? []))
    .filter(({ failed, changes }) => failed || changes.length > 0);
}
