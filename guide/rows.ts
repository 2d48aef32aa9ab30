/**
 * The rows of the guide and their tasks, which the checklist and the report show. words/ has the texts of each task.
 *
 * Source: https://cloud.google.com/support/docs/customer-care-onboarding
 */
import { consoleLinks, publicLinks } from "./consoleLinks.ts";
import type { ResourceName } from "./consoleLinks.ts";
import type { RoleName } from "./roles.ts";

/** In the guide's order. */
export const guideRows = [
  "G0 checklist",
  "G1 plan",
  "G1 value-added",
  "G2 project",
  "G2 services",
  "G3 organization",
  "G3 admin",
  "G3 editor",
  "G4 test case",
  "G4 close",
  "G4 other operations",
  "G5 contact roles",
  "G5 contacts",
  "G6 Service Health",
  "G6 Recommender",
  "G6 Skills Boost",
] as const;

export type GuideRow = (typeof guideRows)[number];

export interface Task {
  readonly row: GuideRow;
  /** The page where a person does or sees the task. `place` is empty for a task that is not about one place. */
  readonly link: (place: ResourceName) => string;
}

/** The tasks other than grants of roles. */
const otherTasks = {
  checklist: { row: "G0 checklist", link: () => publicLinks.guide },
  plan: { row: "G1 plan", link: () => publicLinks.plans },
  valueAdded: { row: "G1 value-added", link: () => publicLinks.plans },
  billing: { row: "G2 project", link: consoleLinks.billing },
  services: { row: "G2 services", link: consoleLinks.dashboard },
  organization: { row: "G3 organization", link: consoleLinks.iam },
  testCase: { row: "G4 test case", link: consoleLinks.cases },
  createTestCase: { row: "G4 test case", link: consoleLinks.cases },
  closeTestCase: { row: "G4 close", link: consoleLinks.cases },
  otherOperations: { row: "G4 other operations", link: consoleLinks.cases },
  supportEvents: { row: "G4 other operations", link: consoleLinks.cases },
  contacts: { row: "G5 contacts", link: consoleLinks.essentialContacts },
  alerts: { row: "G6 Service Health", link: consoleLinks.alerting },
  incidents: { row: "G6 Service Health", link: consoleLinks.serviceHealth },
  recommendations: { row: "G6 Recommender", link: consoleLinks.recommendations },
  dashboard: { row: "G6 Service Health", link: () => publicLinks.serviceHealthDashboard },
  training: { row: "G6 Skills Boost", link: () => publicLinks.skillsBoost },
} as const satisfies Record<string, Task>;

/** A task other than the grant of a role. */
export type OtherTask = keyof typeof otherTasks;

export type TaskName = OtherTask | RoleName;

export const guideTasks: Readonly<Record<TaskName, Task>> = {
  ...otherTasks,
  administrators: { row: "G3 admin", link: consoleLinks.iam },
  editors: { row: "G3 editor", link: consoleLinks.iam },
  contactAdministrators: { row: "G5 contact roles", link: consoleLinks.iam },
  contactViewers: { row: "G5 contact roles", link: consoleLinks.iam },
};
