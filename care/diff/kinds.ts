/** What a change may be beside its group: what is said before its sentence, and what `--fail-on` may name. */

export interface ChangeKind {
  readonly label: string;
  /** What counts as one. */
  readonly description: string;
  /** Whether a reviewer sees it before all else. */
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
    description: "the same, where a value that decides it is a secret or known only after the update",
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
      "a property or a resource changes whose effect this release of `care` does not know, or an update shows no reason",
    first: true,
  },
  external: {
    label: "Leaves the organization",
    description:
      "Google or another domain receives something: text, a comment, a file or an escalation of a case, a real case; or somebody of another domain becomes a subscriber, a contact or a member",
    first: true,
  },
  "admin-grant": {
    label: "Administrator granted",
    description: "someone gets Support Account Administrator, or a role that the preview does not tell",
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
  "last-contact": {
    label: "Last contact",
    description: "a category loses its last contact of the stack at a level, or may lose it",
    first: true,
  },
  "real-case": {
    label: "Real case",
    description: "a case is created, or becomes one, that a support agent gets",
    first: true,
  },
  "case-close": { label: "Case closed", description: "an open case is closed", first: true },
  organization: {
    label: "Organization level",
    description: "a grant of any role or a contact at the organization changes, and so for all below it",
    first: true,
  },
  replace: { label: "Replaced", description: "a resource is replaced by another", first: false },
  delete: {
    label: "Removed",
    description:
      "a grant, a contact or a resource outside of the guide is removed; not a service that stays enabled or a closed case that stays",
    first: false,
  },
  drift: { label: "Changed outside of Pulumi", description: "the preview undoes what others did", first: false },
} as const satisfies Record<string, ChangeKind>;

export type ChangeKindName = keyof typeof changeKinds;

/** In the order in which they are told. */
export const changeKindNames = Object.keys(changeKinds) as ChangeKindName[];
