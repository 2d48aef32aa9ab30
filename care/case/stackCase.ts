/** A case of a stack, by the names that people and Google have for it. */
export interface StackCase {
  /** The resource's name in the stack, such as `customer-care/testCase`. */
  readonly resource: string;
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: string;
  /** Whether it bears the stack's marker, is open, and is in no state. */
  readonly leftBehind: boolean;
  /** Why it may be somebody else's. Nothing is written to it unless a person names it. */
  readonly doubt?: Doubt;
  /** Why it stays open, by what the last update was asked for: a program need not have it from the config. */
  readonly staysOpen?: "keepOpen" | "adopted";
}

/**
 * `anotherLife`: no life of the stack's state has made it, so the state was lost, or another backend has a stack of this name.
 * `otherWords`: its life is one of the state, and it is not known to be what an update made.
 */
export type Doubt = "anotherLife" | "otherWords";

/** What each doubt says of an open case. */
export const doubts: Readonly<Record<Doubt, string>> = {
  anotherLife:
    "of another life: it bears this stack's name, but this state did not make it, as the state was lost, or another backend has a stack of the same name",
  otherWords: "of a life in this state, but not known to be what an update of this stack made",
};

/** `customer-care/testCase (projects/shop-dev/cases/43595344)`. */
export function inWords({ resource, name }: StackCase): string {
  return `${resource} (${name})`;
}

/** `projects/P` or `organizations/O`. */
export function parentOf(caseName: string): string {
  return caseName.split("/").slice(0, 2).join("/");
}
