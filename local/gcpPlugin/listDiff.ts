import { same } from "./values.ts";

import type { Value } from "./values.ts";

/** How an element of a list changes. */
export type ElementChange = "ADD" | "DELETE" | "UPDATE";

/**
 * The shortest edit from one list to another, by index: what goes has its old index, what comes its new one, and an index
 * with both is an update. Of edits as short, the one that removes first: that is the Terraform bridge's choice.
 */
export function listDiff(before: Value[], after: Value[]): Map<number, ElementChange> {
  const rest = editLengths(before, after);
  const length = (i: number, j: number): number => rest[i]?.[j] ?? 0;
  const changes = new Map<number, ElementChange>();
  const note = (index: number, change: "ADD" | "DELETE"): void => {
    changes.set(index, changes.has(index) ? "UPDATE" : change);
  };
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i === before.length) note(j++, "ADD");
    else if (j === after.length) note(i++, "DELETE");
    else {
      const [removing, inserting] = [1 + length(i + 1, j), 1 + length(i, j + 1)];
      const keeping = same(before[i] ?? null, after[j] ?? null) ? length(i + 1, j + 1) : Infinity;
      if (keeping < Math.min(removing, inserting)) {
        i++;
        j++;
      } else if (inserting < removing) note(j++, "ADD");
      else note(i++, "DELETE");
    }
  }
  return changes;
}

/** For each pair of positions, how many edits lead from the rest of the one list to the rest of the other. */
function editLengths(before: Value[], after: Value[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const row = (i: number): number[] => lengths[i] ?? [];
  for (let i = before.length; i >= 0; i--) {
    for (let j = after.length; j >= 0; j--) {
      const kept = i < before.length && j < after.length && same(before[i] ?? null, after[j] ?? null);
      if (i === before.length) row(i)[j] = after.length - j;
      else if (j === after.length) row(i)[j] = before.length - i;
      else {
        const edited = 1 + Math.min(row(i + 1)[j] ?? 0, row(i)[j + 1] ?? 0);
        row(i)[j] = kept ? Math.min(edited, row(i + 1)[j + 1] ?? 0) : edited;
      }
    }
  }
  return lengths;
}
