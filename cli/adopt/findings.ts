/** Whether the adoption needs a person: what the exit code tells. */
import type { Adoption } from "./adoption.ts";
import type { Outcome } from "./outcome.ts";

/** Another order of categories is no difference to anybody, and a case may be adopted or not. */
export function needsPerson({ outcomes, deletions, notRead, unreadStacks }: Adoption): boolean {
  // A service stays enabled.
  if (deletions.some(({ kind }) => kind !== "service")) return true;
  return outcomes.some(isOpen) || notRead.length > 0 || unreadStacks.length > 0;
}

function isOpen({ status, differences = [] }: Outcome): boolean {
  if (status === "differs") return differences.some((difference) => difference !== "order");
  return status === "address-differs" || status === "in-other-stack" || status === "not-read";
}
