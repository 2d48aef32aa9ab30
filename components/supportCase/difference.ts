/** What separates the case that is from the one that is asked for. */
import { changeable, fixed, version } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";

export interface Difference {
  /** Whether there is anything to do. Never undefined: the engine would then compare the provider's text. */
  readonly changes: boolean;
  /** The inputs that only another case can have. */
  readonly replaces: string[];
  /** The old case is closed before the new one is made. */
  readonly deleteBeforeReplace: true;
}

export function difference(olds: SupportCaseOutputs, news: SupportCaseInputs): Difference {
  const replaces: string[] = fixed.filter((key) => !isEqual(olds[key], news[key]));
  const isClosed = olds.state === "CLOSED";
  // The API has no way to reopen a case.
  if (news.keepOpen && !olds.keepOpen && isClosed) replaces.push("keepOpen");
  const changes =
    replaces.length > 0 ||
    olds.version !== version ||
    olds.keepOpen !== news.keepOpen ||
    (!news.keepOpen && !isClosed) ||
    changeable.some((key) => !isEqual(olds[key], news[key]));
  return { changes, replaces, deleteBeforeReplace: true };
}

/** Values of the config are texts, booleans and sorted lists of texts; what is absent and what is empty are the same. */
export function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  const isEmpty = value === "" || (Array.isArray(value) && value.length === 0);
  return JSON.stringify(isEmpty ? null : (value ?? null));
}
