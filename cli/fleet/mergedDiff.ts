/** What the previews of all stacks mean, told together. Of stacks in which nothing changes, only how many there are. */
import { readFile } from "node:fs/promises";
import { moveChanges, stackClaims } from "../diff/moves.ts";
import type { StackClaims } from "../diff/moves.ts";
import { readPreviews } from "../diff/readPreviews.ts";
import { stackDiff, withChanges } from "../diff/stackDiff.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { UserError } from "../userError.ts";
import type { StackRun } from "./stackOperation.ts";

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
        diffs.push(stackDiff(preview, stack));
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
