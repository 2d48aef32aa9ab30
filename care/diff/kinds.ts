/** The kinds of changes: the labels before a sentence, and the values of `--fail-on`. */

export interface ChangeKind {
  readonly label: string;
  /** Which changes are of the kind. */
  readonly description: string;
  /** Whether it is listed first. */
  readonly first: boolean;
}

export const changeKinds = {
  conflict: {
    label: "Conflict",
    description: "the update deletes a grant or a contact that another resource of it creates or keeps",
    first: true,
  },
  "perhaps-conflict": {
    label: "Perhaps a conflict",
    description: "the same, but a value that decides it is a secret or only known after the update",
    first: true,
  },
  moved: {
    label: "Moved between stacks",
    description: "a stack deletes a grant or a contact that another stack of the same command creates or keeps",
    first: true,
  },
  unknown: {
    label: "Unknown effect",
    description:
      "a change has an effect that this release does not know, or a resource is updated for a reason that is not shown",
    first: true,
  },
  external: {
    label: "Leaves the organization",
    description:
      "Google gets a text, a file or a real case, or another domain gets, or may get, a role, notifications or events",
    first: true,
  },
  "admin-grant": {
    label: "Administrator granted",
    description: "someone gets Support Account Administrator, or a role that the preview does not show",
    first: true,
  },
  "admin-removal": {
    label: "Administrator removed",
    description: "someone loses Support Account Administrator, or may lose it",
    first: true,
  },
  "privileged-grant": {
    label: "Privileged role granted",
    description: "someone gets a basic role, a role that can change who has access, or a custom role",
    first: true,
  },
  "alert-removal": {
    label: "Alert removed",
    description:
      "someone no longer gets incident alerts, or gets fewer, or may; or support events are no longer published",
    first: true,
  },
  "last-contact": {
    label: "Last contact",
    description: "a category loses the stack's last contact at a level, or may lose it",
    first: true,
  },
  "real-case": {
    label: "Real case",
    description: "a real case is created, which a support agent gets, or a test case becomes one",
    first: true,
  },
  "real-case-close": {
    label: "Real case closed",
    description: "an open case is closed that is not, or may not be, a test case",
    first: true,
  },
  "case-close": { label: "Case closed", description: "an open case is closed", first: true },
  organization: {
    label: "Organization level",
    description:
      "a grant, a contact or the support events at the organization change, and therefore for everything below it",
    first: true,
  },
  replace: { label: "Replaced", description: "a resource is replaced by another", first: false },
  delete: {
    label: "Removed",
    description:
      "a grant, contact or other resource is removed, or may be; not a service that stays enabled or a case that stays",
    first: false,
  },
  drift: {
    label: "Changed outside of Pulumi",
    description: "the update reverts a change made outside Pulumi",
    first: false,
  },
} as const satisfies Record<string, ChangeKind>;

export type ChangeKindName = keyof typeof changeKinds;

/** In the order in which they are listed. */
export const changeKindNames = Object.keys(changeKinds) as ChangeKindName[];
