/** Which case a resource goes on with, of those that are found before one is made: docs/supportCase.md has the table. */
import type { Case } from "../../google/index.ts";
import { isOpen, isOwn } from "./own.ts";
import type { MadeCaseInputs } from "./properties.ts";

export interface Choice {
  /** The case to go on with. Without one, a case is made. */
  readonly kept: Case | undefined;
  /** The other open ones of this life, which are closed: no resource has two. */
  readonly surplus: readonly Case[];
}

/** One with a case to go on with. */
export type MadeChoice = Choice & { readonly kept: Case };

export function chooseCase(found: readonly Case[], inputs: MadeCaseInputs): Choice {
  const own = found.filter((one) => isOwn(one, inputs));
  const open = own.filter(isOpen);
  // Closed in this life: made, then closed, then not recorded. One that is to stay open cannot be had of it.
  const closed = inputs.keepOpen ? undefined : own.filter((one) => !isOpen(one)).sort(byAge)[0];
  const kept = [...open].sort(byAge)[0] ?? closed;
  return { kept, surplus: open.filter((one) => one !== kept) };
}

/** The oldest first. Two updates at once must choose the same one, also of two that were made in the same moment. */
export function byAge(one: Case, other: Case): number {
  const time = Date.parse(one.createTime) - Date.parse(other.createTime);
  if (time !== 0 && !Number.isNaN(time)) return time;
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
