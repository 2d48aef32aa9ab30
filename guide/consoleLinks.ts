/**
 * Links to the pages of the Google Cloud console for each task of the guide (guide row G0 checklist).
 *
 * Source: the links of https://cloud.google.com/support/docs/customer-care-onboarding
 */

const console = "https://console.cloud.google.com";

/** A place in the resource hierarchy, as `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
export type ResourceName = string;

/** The console's query for a resource: `?organizationId=…`, `?folder=…` or `?project=…`. */
function query(resource: ResourceName): string {
  const [collection, id = ""] = resource.split("/");
  const key = { organizations: "organizationId", folders: "folder", projects: "project" }[collection ?? ""];
  if (key === undefined) throw new Error(`not an organization, a folder or a project: ${resource}`);
  return `?${key}=${encodeURIComponent(id)}`;
}

export const consoleLinks = {
  supportOverview: (resource: ResourceName) => `${console}/support${query(resource)}`,
  cases: (resource: ResourceName) => `${console}/support/cases${query(resource)}`,
  billing: (resource: ResourceName) => `${console}/billing/linkedaccount${query(resource)}`,
  service: (service: string, resource: ResourceName) => `${console}/apis/library/${service}${query(resource)}`,
  dashboard: (resource: ResourceName) => `${console}/home/dashboard${query(resource)}`,
  iam: (resource: ResourceName) => `${console}/iam-admin/iam${query(resource)}`,
  essentialContacts: (resource: ResourceName) => `${console}/iam-admin/essential-contacts${query(resource)}`,
  serviceHealth: (resource: ResourceName) => `${console}/servicehealth/incidents${query(resource)}`,
  alerting: (resource: ResourceName) => `${console}/monitoring/alerting${query(resource)}`,
  notificationChannels: (resource: ResourceName) => `${console}/monitoring/alerting/notifications${query(resource)}`,
  recommendations: (resource: ResourceName) => `${console}/home/recommendations${query(resource)}`,
};

/** Pages outside of the console that the guide links to. */
export const publicLinks = {
  guide: "https://cloud.google.com/support/docs/customer-care-onboarding",
  plans: "https://cloud.google.com/support",
  serviceHealthDashboard: "https://status.cloud.google.com",
  skillsBoost: "https://www.cloudskillsboost.google",
};
