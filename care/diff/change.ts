/** What a preview means: changes in the guide's words. */
import type { ChangeKindName } from "./kinds.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";

/** As the guide speaks, in its order; what the guide does not speak of comes last. */
export const groups = {
  access: "Access",
  contacts: "Contacts",
  services: "Services",
  testCase: "Test case",
  projects: "Projects",
  other: "Outside of the guide",
} as const;

export type Group = keyof typeof groups;

export const groupNames = Object.keys(groups) as Group[];

export interface Change {
  readonly group: Group;
  /** The engine's word: `create`, `update`, `replace`, `delete` or `import`. */
  readonly operation: string;
  readonly kinds: readonly ChangeKindName[];
  /** Those of the kinds that it may turn out not to be: a value that says so is a secret, or known after the update. @default none */
  readonly perhaps?: readonly ChangeKindName[];
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`, where it is known. */
  readonly place: string | undefined;
  /** The resources that change. */
  readonly urns: readonly string[];
  readonly sentence: Phrase;
}

/** Whether the thing leaves the state only. */
export function stays({ before }: Step): boolean {
  return before?.retainOnDelete ?? false;
}

/** What a step is by its operation alone. */
export function kindsOf(step: Step): ChangeKindName[] {
  return [
    ...(step.op === "replace" ? (["replace"] as const) : []),
    ...(step.op === "delete" && !stays(step) ? (["delete"] as const) : []),
    ...(step.drifted ? (["drift"] as const) : []),
  ];
}
