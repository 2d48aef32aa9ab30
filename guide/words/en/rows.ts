/** The texts of the checklist's rows: the task, its status, the details, why it could not be read, and the next step. */
import type { OtherTask } from "../../rows.ts";
import { formatOf } from "../format.ts";

const { count, date, list, plural } = formatOf("en-GB");

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
  supportEvents: "Publish the events of support cases",
  contacts: "Add contacts",
  alerts: "Get alerts about incidents",
  incidents: "Watch incidents",
  recommendations: "Read recommendations",
  dashboard: "Watch the public dashboard",
  training: "Train and get certified",
};

export const tasks = { ...otherTasks, grant: (role: string) => `Grant ${role}` };

export const statuses = {
  done: "done",
  ongoing: "ongoing",
  notDone: "not done",
  notRead: "not checked",
  waiting: "waiting",
  notOwned: "owned by another stack",
  notPossible: "not in this plan",
  notConfigured: "not configured",
  link: "manual",
};

/** Each status in the plural. */
export const statusPlurals = { ...statuses };

export const details = {
  plan: (plan: string, audience: string) => `${plan}: ${audience}`,
  valueAddedNone: "None bought.",
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
  servicesNone: "Not in the config.",
  supportApiNotOfPlan: (plan: string) => `${plan} does not include the Cloud Support API.`,
  holders: (members: readonly string[]) => list(members),
  holdersInherited: (place: string, members: readonly string[]) => `Inherited from ${place}: ${list(members)}.`,
  notGranted: (members: readonly string[]) => `In the config, but not granted: ${list(members)}.`,
  nobodyHasRole: "Nobody has the role.",
  nobodyHasRoleHere: "Nobody has the role here. Whether somebody inherits it could not be checked.",
  grantWaits: "Nobody has the role yet. The config has a grant above.",
  notOwned: "Only the stack or team that owns this place can change it.",
  nobodyHasRoleHereOrAbove: "Nobody has the role, neither here nor above.",
  onlyConditional: "The role is granted only with a condition, which is not evaluated here.",
  casesNotOfPlan: (plan: string) => `${plan} does not include technical cases.`,
  contactsCover: (names: readonly string[]) => `Somebody is notified of: ${list(names)}.`,
  contactGaps: (names: readonly string[]) => `Nobody is notified of: ${list(names)}.`,
  contactsWait: (names: readonly string[]) =>
    `Nobody is notified yet of: ${list(names)}. The config has contacts above.`,
  contactsMissing: (emails: readonly string[]) => `In the config, but missing: ${list(emails)}.`,
  contactsDiffer: (contacts: readonly (readonly [email: string, categories: readonly string[]])[]) =>
    `In the config, but not notified: ${list(contacts.map(([email, categories]) => `${email} (${categories.join(", ")})`))}.`,
  contactsInOtherLanguage: (contacts: readonly (readonly [email: string, language: string])[]) =>
    `Notified in another language than in the config: ${list(contacts.map(([email, language]) => `${email} (${language})`))}.`,
  contactsInvalid: (emails: readonly string[]) => `No longer valid: ${list(emails)}.`,
  contactsStale: (emails: readonly string[]) => `Not confirmed for more than a year: ${list(emails)}.`,
  contactsHere: (number: number) => count(number, { one: "contact", other: "contacts" }),
  contactsNone: "No contacts here.",
  alertsTo: (names: readonly string[]) => `Alerts go to ${list(names)}.`,
  alertsNone: "Nobody gets incident alerts.",
  alertsMissing: (names: readonly string[]) => `In the config, but not alerted: ${list(names)}.`,
  alertNobody: (names: readonly string[]) =>
    `${plural(names.length, { one: "The alert policy alerts", other: "The alert policies alert" })} nobody: ${list(names)}.`,
  alertChanged: (names: readonly string[]) =>
    `${plural(names.length, { one: "Alert policy", other: "Alert policies" })} changed outside of Pulumi: ${list(names)}.`,
  alertDisabled: (names: readonly string[]) =>
    `Disabled notification ${plural(names.length, { one: "channel", other: "channels" })}: ${list(names)}.`,
  alertUnverified: (names: readonly string[]) =>
    `Notification ${plural(names.length, { one: "channel", other: "channels" })} not verified: ${list(names)}.`,
  alertDeleted: (names: readonly string[]) =>
    `Deleted notification ${plural(names.length, { one: "channel", other: "channels" })}: ${list(names)}.`,
  incidents: (active: number, recent: number) =>
    `${count(active, { one: "incident", other: "incidents" })} now; ${count(recent, { one: "incident", other: "incidents" })} ended in the last 30 days.`,
  serviceDisabled: (name: string) => `Not checked, because ${name} is not enabled.`,
  recommendations: (number: number, insights: number) =>
    `${count(number, { one: "recommendation", other: "recommendations" })}, ${count(insights, { one: "insight", other: "insights" })}.`,
  recommendationsPartly: (number: number) =>
    `${count(number, { one: "request", other: "requests" })} to Recommender failed.`,
  testCase: (name: string, title: string, state: string) => `${title}: ${name}, ${state}`,
  testCaseNone: "Not in the config.",
  testCaseNotMade: "In the config, but not in the state.",
  testCaseGone: (name: string) => `${name} no longer exists.`,
  testCaseLeft: (name: string) => `${name} is open but not in the state, because an update was interrupted.`,
  testCaseInDoubt: (name: string, doubt: "anotherLife" | "otherWords") =>
    doubt === "anotherLife"
      ? `${name} is open and has this stack’s name, but this state does not have it as its own.`
      : `${name} is open, and it is not known whether an update of this stack created it.`,
  testCaseKeptOpen: "It stays open until the stack is destroyed.",
  testCaseAdopted: "It was adopted, and stays open.",
  testCaseOpen: "It is open.",
  testCaseClosed: (time: string) => `Closed on ${date(time)}.`,
  supportEventsTo: (topic: string) => `The events go to ${topic}.`,
  supportEventsMissing: (topic: string) => `In the config, but missing: the subscription that publishes to ${topic}.`,
  supportEventsFailing: (topic: string, reason: string) =>
    `The events cannot be published to ${topic}${reason === "" ? "" : ` (${reason})`}.`,
  supportEventsTopicMissing: (topic: string) => `The topic ${topic} does not exist.`,
  supportEventsNotAllowed: (topic: string) => `Google is not allowed to publish to ${topic}.`,
  otherOperations: (comments: number, attachments: number) =>
    `${count(comments, { one: "comment", other: "comments" })}, ${count(attachments, { one: "attachment", other: "attachments" })}.`,
};

export const why = {
  denied: (permission: string) => `The caller lacks the permission ${permission}.`,
  notVisible: "It does not exist, or the caller cannot see it.",
  disabled: (service: string) => `${service} is not enabled on the quota project.`,
  noQuotaProject: "The credentials have no quota project that the caller can use.",
  rejected: "Google rejects the credentials: they have expired or are invalid.",
  noAnswer: "Google did not reply.",
  other: (message: string) => message,
};

export const next = {
  update: "Run pulumi up --refresh.",
  followIncident: "Follow it in the console.",
  buyPlan: (plans: readonly string[]) => `It is available with ${list(plans)}.`,
  organization: "Ask an Organization Administrator for Organization Viewer, or correct the domain.",
  migrate: "Move the project into the organization.",
  linkBilling: "Link a billing account in the console.",
  openBilling: "Reopen the account, or link another one.",
  undelete: "Restore the project, or remove it from the config.",
  enable: (names: readonly string[]) =>
    `Add to the project’s services in the config, or enable in the console: ${list(names)}.`,
  grant: (role: string) => `Grant ${role} to a group, here or above.`,
  addContacts: (names: readonly string[]) => `Add an address, here or above, for: ${list(names)}.`,
  correctContacts: "Correct or delete the address.",
  confirmContacts: "Check whether someone still reads it, then confirm it in the console.",
  notify: "Add a notification channel to the alert policy, or enable the policy.",
  correctChannel: "Correct it under the notification channels in the console, or remove it from the policy.",
  makeTestCase: "Add testCase to the config of one stack, then run pulumi up.",
  closeCase: "Close it.",
  decideOnCase: (page: string) => `Find out who owns it; ${page} lists the options.`,
  ask: (role: string, place: string) => `Ask for ${role} on ${place}, then run care report again.`,
  askDoctor: "Run care doctor, which prints the fix.",
  again: "Run care report again.",
  login: (command: string) => `Run ${command}, then care report again.`,
  quotaProject: "Set gcp:userProjectOverride and gcp:billingProject.",
  enableOnQuotaProject: (service: string) => `Enable ${service} on the quota project.`,
};
