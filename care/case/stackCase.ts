/** A case of a stack, by the names that people and Google have for it. */
export interface StackCase {
  /** The resource's name in the stack, such as `customer-care/testCase`. */
  readonly resource: string;
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: string;
  /** Whether it bears the stack's marker, is open, and is in no state. */
  readonly leftBehind: boolean;
  /** Why it stays open, by what the last update was asked for: a program need not have it from the config. */
  readonly staysOpen?: "keepOpen" | "adopted";
}

/** `customer-care/testCase (projects/shop-dev/cases/43595344)`. */
export function inWords({ resource, name }: StackCase): string {
  return `${resource} (${name})`;
}

/** `projects/P` or `organizations/O`. */
export function parentOf(caseName: string): string {
  return caseName.split("/").slice(0, 2).join("/");
}
