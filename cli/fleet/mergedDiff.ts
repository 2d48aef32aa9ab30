/** What the previews of all stacks mean, told together. Of stacks in which nothing changes, only how many there are. */
import { readFile } from "node:fs/promises";
import { namedDiffs } from "../diff/namedDiffs.ts";
import { readPreviews } from "../diff/readPreviews.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { UserError } from "../userError.ts";
import type { StackRun } from "./stackOperation.ts";

export async function mergedDiff(runs: readonly StackRun[]): Promise<StackDiff[]> {
  const diffs: StackDiff[] = [];
  // One after the other: together they may be more than the memory holds.
  for (const { stack, log, status } of runs) {
    // What its log has is of an earlier command.
    if (status === "left out") continue;
    const text = await readFile(log, "utf8");
    try {
      const previews = readPreviews(text, stack).map((preview) => ({ preview, stack, place: stack }));
      diffs.push(...namedDiffs(previews).filter(({ failed, changes }) => failed || changes.length > 0));
    } catch (error) {
      // It failed before there was a preview: the summary says so. One that did not fail must be told.
      if (!(error instanceof UserError) || status === "done") throw error;
    }
  }
  return diffs;
}
