/** The changes of a preview, in the guide's words. */
import type { ChangeKindName } from "./kinds.ts";
import { compose, own } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";

/** The guide's sections in its order; everything outside of the guide comes last. */
export const groups = {
  access: "Access",
  contacts: "Contacts",
  alerts: "Alerts and support events",
  services: "Services",
  testCase: "Test case",
  projects: "Projects",
  other: "Outside of the guide",
} as const;

export type Group = keyof typeof groups;

export const groupNames = Object.keys(groups) as Group[];

export interface Change {
  readonly group: Group;
  /** The engine's operation: `create`, `update`, `replace`, `delete` or `import`. */
  readonly operation: string;
  readonly kinds: readonly ChangeKindName[];
  /** The kinds that may not apply, since a value is a secret or only known after the update. @default none */
  readonly perhaps?: readonly ChangeKindName[];
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`, if known. */
  readonly place: string | undefined;
  /** The resources that change. */
  readonly urns: readonly string[];
  readonly sentence: Phrase;
}

/** Whether the resource is only removed from the state. */
export function stays({ before }: Step): boolean {
  return before?.retainOnDelete ?? false;
}

/** Whether the step creates a resource, possibly in place of another one. */
export function creates({ op }: Pick<Step, "op">): boolean {
  return op === "create" || op === "replace";
}

/** The kinds that follow from the operation alone. */
export function kindsOf(step: Step): ChangeKindName[] {
  return [
    ...(step.op === "replace" ? (["replace"] as const) : []),
    ...(step.op === "delete" && !stays(step) ? (["delete"] as const) : []),
    ...(step.drifted ? (["drift"] as const) : []),
  ];
}

/** The sentence about a step, with why the program's change does not explain it. */
export function withOrigin(sentence: Phrase, { isPendingDeletion }: Step): Phrase {
  return isPendingDeletion ? compose`${sentence} ${own("An interrupted update left this deletion.")}` : sentence;
}
