/** A case of a stack, with its names in the state and at Google. */
export interface StackCase {
  /** The resource's name in the stack, such as `customer-care/testCase`. */
  readonly resource: string;
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: string;
  /** Whether it has the stack's marker, is open, and is in no state. */
  readonly leftBehind: boolean;
  /** Why it may be somebody else's. Commands write to it only if a person uses its full name. */
  readonly doubt?: Doubt;
  /** Why it stays open, by the inputs of the last update: not every program has them from the config. */
  readonly staysOpen?: "keepOpen" | "adopted";
}

/**
 * `anotherLife`: this state does not have it as its own. The config had adopted it, the state was lost, or another backend has a stack of the same name.
 * `otherWords`: its life is in the state, but it may not be what an update created.
 */
export type Doubt = "anotherLife" | "otherWords";

/** Each doubt in words, after "is". */
export const doubts: Readonly<Record<Doubt, string>> = {
  anotherLife:
    "of unknown origin: its description names this stack, but this state does not have it as its own (the config had adopted it, the state was lost, or another backend has a stack of the same name)",
  otherWords:
    "of unclear origin: its description names this stack and this state, but an update of this stack may not have written its text or chosen its place",
};

/** `customer-care/testCase (projects/shop-dev/cases/43595344)`. */
export function inWords({ resource, name }: StackCase): string {
  return `${resource} (${name})`;
}

/** `projects/P` or `organizations/O`. */
export function parentOf(caseName: string): string {
  return caseName.split("/").slice(0, 2).join("/");
}
