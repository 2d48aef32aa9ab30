/** The page that explains errors, docs/reference/errors.md: an error ends with the link to its section. */
import { errorPage, linksToErrorPage } from "./documents.ts";

/** By kind of error: the anchor of its section. */
export const errorSections = {
  config: "the-config-is-invalid",
  plan: "the-config-exceeds-the-plan",
  size: "the-config-is-too-large",
  place: "a-place-does-not-exist",
  refusal: "google-would-refuse-the-update",
  quotaProject: "the-caller-needs-a-quota-project",
  formerName: "a-resource-would-be-deleted-under-its-old-name",
  state: "the-state-cannot-be-read",
  testCase: "the-test-case",
  classification: "a-classification-was-not-found",
  sentTwice: "the-case-was-sent-and-not-found",
  closedCase: "the-case-is-closed",
  anotherLife: "an-open-case-belongs-to-an-earlier-state-of-this-stack",
  interruptedCase: "an-interrupted-update-left-a-case",
  interruptedAlerts: "an-interrupted-update-left-alerts",
  notGoogle: "the-reply-is-not-from-google",
  addition: "an-addition-failed",
  openCase: "the-case-could-not-be-closed",
  ended: "pulumi-has-ended",
  goneCase: "the-case-is-gone",
  adoption: "the-case-cannot-be-adopted",
  denied: "permission-denied",
  noReply: "no-reply-or-quota-exhausted",
  tools: "node-or-pulumi-is-missing-or-too-old",
  unreadable: "a-file-or-a-stack-cannot-be-read",
  command: "a-command-of-care-is-wrong",
  failure: "a-command-of-care-failed",
} as const;

export type ErrorSection = keyof typeof errorSections;

/** The message, with a last line that links to the sections. A message that has one already keeps its own. */
export function withSection(message: string, ...sections: readonly ErrorSection[]): string {
  const links = [...new Set(sections)].map((section) => `${errorPage()}#${errorSections[section]}`);
  return links.length === 0 || linksToErrorPage(message) ? message : `${message}\nSee ${links.join(" and ")}`;
}

/** What stops a command before it calls Google. */
const ofMachine: readonly (readonly [ErrorSection, RegExp])[] = [
  ["tools", /Pulumi was not found on|needs Node \d/],
  [
    "unreadable",
    /\bis not YAML\b|invalid YAML|Pulumi\.yaml that can be read|(config|state) of \S+ cannot be read|stacks cannot be listed|\bcannot be read: [a-z][^;]*\([^)]*\); |\bis (not|invalid) UTF-\d/,
  ],
];

/** How Google's refusals and failures read, whoever called. */
const patterns: readonly (readonly [ErrorSection, RegExp])[] = [
  ["classification", /\bclassification ".*" was not found/],
  ["sentTwice", /creating the case failed \d+ times/],
  ["closedCase", /a closed case cannot be changed/],
  ["anotherLife", /ha(s|ve) this stack's name/],
  ["interruptedCase", /created by an interrupted update/],
  ["interruptedAlerts", /an interrupted update has probably created/],
  ["ended", /Pulumi is no longer running/],
  ["adoption", /cannot be adopted|write the name of a case|must be (projects\/ID|a case of)/],
  ["addition", /could not be (commented on|escalated|changed)|did not get the attachment/],
  ["openCase", /could not be closed/],
  ["goneCase", /does not exist any more/],
  ["notGoogle", /the reply is not from Google's API/],
  ["noReply", /no reply within|\d+ attempts, with waits/],
  ["quotaProject", /\bquota project\b/],
  ["denied", /\b40[13] |PERMISSION_DENIED|, for a credential:/],
];

/** The section of an error that quotes Google, or is about a case, a file or a tool. A wrong command never reaches Google. */
export function sectionOf(message: string, otherwise: ErrorSection): ErrorSection {
  const possible = otherwise === "command" ? ofMachine : [...ofMachine, ...patterns];
  return possible.find(([, pattern]) => pattern.test(message))?.[0] ?? otherwise;
}
