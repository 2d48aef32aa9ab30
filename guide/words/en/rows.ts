/** What the rows of the checklist say: the task, how it stands, what was found, why it could not be read, what to do next. */
import type { OtherTask } from "../../rows.ts";
import { formatOf } from "../format.ts";

const { count, date, list } = formatOf("en-GB");

const otherTasks: Readonly<Record<OtherTask, string>> = {
  checklist: "Tick off each task",
  plan: "Know your support plan",
  valueAdded: "Know your value-added services",
  organization: "Have an organization",
  billing: "Make sure that billing is enabled",
  services: "Enable the services",
  testCase: "Create a test case, then close it",
  createTestCase: "Create a test case",
  closeTestCase: "Close the test case",
  otherOperations: "Comment, attach, escalate",
  contacts: "Add contacts",
  incidents: "Watch incidents",
  recommendations: "Read recommendations",
  dashboard: "Watch the public dashboard",
  training: "Train and get certified",
};

export const tasks = { ...otherTasks, grant: (role: string) => `Grant ${role}` };

export const statuses = {
  done: "done",
  notDone: "not done",
  ongoing: "ongoing",
  notPossible: "not possible with this plan",
  notRead: "could not be read",
  notConfigured: "not configured",
  link: "see the link",
};

export const details = {
  plan: (plan: string, audience: string) => `${plan}: ${audience}`,
  valueAddedNone: "None is bought.",
  valueAddedNotOfPlan: (plan: string) => `None can be bought with ${plan}.`,
  organizationFound: (domain: string, number: string) => (domain === "" ? number : `${domain} (${number})`),
  organizationNotFound: (domain: string) => `No organization ${domain} is visible to the caller.`,
  withoutOrganization: "The project is in no organization.",
  billingOn: (account: string) => `Billed to ${account}.`,
  billingClosed: (account: string) => `The billing account ${account} is closed.`,
  billingNone: "The project has no billing account.",
  projectDeleted: "The project is marked for deletion.",
  servicesEnabled: (names: readonly string[]) => `Enabled: ${list(names)}.`,
  servicesMissing: (names: readonly string[]) => `Not enabled: ${list(names)}.`,
  servicesNone: "The config asks for none.",
  supportApiNotOfPlan: (plan: string) => `${plan} does not include the Cloud Support API.`,
  holders: (members: readonly string[]) => list(members),
  holdersAbove: (members: readonly string[]) => `From above: ${list(members)}.`,
  notGranted: (members: readonly string[]) => `Asked for, and not granted: ${list(members)}.`,
  nobodyHolds: "Nobody holds the role.",
  nobodyHoldsHereOrAbove: "Nobody holds the role, neither here nor above.",
  onlyConditional: "Those who hold the role do so under a condition that is not judged here.",
  casesNotOfPlan: (plan: string) => `${plan} does not include technical cases.`,
  contactsCover: (names: readonly string[]) => `Somebody is notified of: ${list(names)}.`,
  contactsHoles: (names: readonly string[]) => `Nobody is notified of: ${list(names)}.`,
  contactsMissing: (emails: readonly string[]) => `Asked for, and not there: ${list(emails)}.`,
  contactsDiffer: (contacts: readonly (readonly [email: string, categories: readonly string[]])[]) =>
    `Not notified, though the config says so: ${list(contacts.map(([email, categories]) => `${email} (${categories.join(", ")})`))}.`,
  contactsInvalid: (emails: readonly string[]) => `Not a valid address any more: ${list(emails)}.`,
  contactsStale: (emails: readonly string[]) => `Not confirmed for more than a year: ${list(emails)}.`,
  contactsHere: (number: number) => count(number, { one: "contact", other: "contacts" }),
  contactsNone: "No contact here.",
  incidents: (active: number, recent: number) =>
    `${count(active, { one: "incident", other: "incidents" })} now; ${count(recent, { one: "incident", other: "incidents" })} in the last 30 days.`,
  serviceDisabled: (name: string) => `${name} is not enabled.`,
  recommendations: (number: number, insights: number) =>
    `${count(number, { one: "recommendation", other: "recommendations" })}, ${count(insights, { one: "insight", other: "insights" })}.`,
  recommendationsPartly: (number: number) =>
    `${count(number, { one: "question", other: "questions" })} to Recommender could not be answered.`,
  testCase: (name: string, title: string, state: string) => `${title}: ${name}, ${state}`,
  testCaseNone: "The config asks for none.",
  testCaseNotMade: "The config asks for one, and the state has none.",
  testCaseGone: (name: string) => `${name} is not there any more.`,
  testCaseLeft: (name: string) => `${name} is open, and in no state: an update was interrupted.`,
  testCaseInDoubt: (name: string, doubt: "anotherLife" | "otherWords") =>
    doubt === "anotherLife"
      ? `${name} is open and bears this stack’s name, but this state did not make it.`
      : `${name} is open, and it is not known whether an update of this stack made it.`,
  testCaseKeptOpen: "It is kept open until the stack is destroyed.",
  testCaseAdopted: "It was adopted, and stays open.",
  testCaseOpen: "It is open.",
  testCaseClosed: (time: string) => `Closed on ${date(time)}.`,
  otherOperations: (comments: number, attachments: number) =>
    `${count(comments, { one: "comment", other: "comments" })}, ${count(attachments, { one: "attachment", other: "attachments" })}.`,
};

export const why = {
  denied: (permission: string) => `The caller lacks the permission ${permission}.`,
  notVisible: "It is not there, or the caller may not see it.",
  disabled: (service: string) => `${service} is not enabled on the quota project.`,
  noQuotaProject: "The credential has no quota project that the caller may use.",
  noAnswer: "Google did not answer.",
  other: (message: string) => message,
};

export const next = {
  update: "Update the stack with a refresh.",
  followIncident: "Follow it in the console.",
  buyPlan: (plans: readonly string[]) => `It is available with ${list(plans)}.`,
  organization: "Ask an Organization Administrator for Organization Viewer, or correct the domain.",
  migrate: "Move the project into the organization.",
  linkBilling: "Link a billing account in the console.",
  openBilling: "Open the account again, or link another one.",
  undelete: "Restore the project, or take it out of the config.",
  enable: (names: readonly string[]) => `Add to the project’s services, or enable in the console: ${list(names)}.`,
  grant: (role: string) => `Grant ${role} to a group, here or above.`,
  addContacts: (names: readonly string[]) => `Write an address, here or above, for: ${list(names)}.`,
  correctContacts: "Correct or delete the address.",
  confirmContacts: "See whether someone still reads it, then confirm it in the console.",
  makeTestCase: "Write testCase into one stack’s config, then put it up.",
  closeCase: "Close it.",
  decideOnCase: "Look whose it is: docs/explanation/supportCase.md has the ways on.",
  ask: (role: string, place: string) => `Ask for ${role} on ${place}, then make the report anew.`,
  again: "Make the report anew.",
  quotaProject: "Set gcp:userProjectOverride and gcp:billingProject.",
  enableOnQuotaProject: (service: string) => `Enable ${service} on the quota project.`,
};
