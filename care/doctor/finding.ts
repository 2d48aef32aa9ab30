/** What the doctor says: one thing that stands in the way of `pulumi up`, or that its caller must know before. */

/** `error`: `pulumi up` fails; `warning`: it works, or may, and something is wrong; `information`: good to know. */
export const findingLevels = ["error", "warning", "information"] as const;

export type FindingLevel = (typeof findingLevels)[number];

/** The kinds of findings, each with what it means. A gate reads them: a name is never given another meaning. */
export const findingIds = {
  config: "the config has a mistake, or asks for what the plan does not include",
  credentials: "there is no credential, or Google does not accept it",
  "quota-project-missing": "a person's credential needs a quota project, and none is set",
  "quota-project-denied": "the caller may not use the quota project, or it is not there",
  "service-disabled": "an API that is called is not enabled on the quota project",
  "organization-not-visible": "the organization is not there, or the caller may not see it",
  "folder-not-visible": "a folder is not there",
  "folder-not-active": "a folder is marked for deletion",
  "project-not-visible": "a project is not there, or the caller may not see it",
  "project-not-active": "a project is marked for deletion",
  "permission-missing": "the caller lacks a permission that the config needs",
  "billing-disabled": "a project has no billing account, or a closed one",
  "service-restricted": "a policy of the organization does not allow a service",
  "contact-domain-restricted": "a policy of the organization does not allow the domain of a contact",
  "member-restricted": "a policy of the organization does not allow a member, or may not",
  "policy-full": "the policy of a place has no room for the grants",
  "support-unreachable": "Cloud Support does not answer for the place of the test case",
  "classification-not-found": "the classification of the test case does not exist",
  "case-not-changeable": "the test case is closed and cannot be changed, or the case to adopt cannot be adopted",
  "case-in-doubt": "an open case bears the stack's name, and the stack's state does not have it",
  "case-left": "an update that did not end has left an open case, and the config has no test case any more",
  "contact-exists": "a contact is there already, made by others",
  "grant-exists": "a grant is there already, made by others",
  "claimed-twice": "another stack has the same grant or contact",
  "not-read": "something could not be read, and so was not checked",
} as const;

export type FindingId = keyof typeof findingIds;

export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  /** `organizations/NUMBER`, `folders/NUMBER`, `projects/ID`, or the config's key. */
  readonly where: string;
  /** One sentence. */
  readonly what: string;
  /** A command, a link, or a sentence that says what to do. */
  readonly remedy: string;
}
