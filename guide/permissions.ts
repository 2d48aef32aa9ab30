/**
 * The permissions of the caller: those that an update needs for each part of a config, and the one that each request of `care`
 * needs. All checks take them from here.
 *
 * Sources: the gcp provider's requests for each resource (hashicorp/terraform-provider-google, services resourcemanager,
 * essentialcontacts, monitoring, pubsub and tpgiamresource); https://cloud.google.com/iam/docs/roles-permissions for the permissions
 * of a role; https://cloud.google.com/support/docs/access-control for cases; https://docs.cloud.google.com/pubsub/docs/access-control
 * for topics.
 */
import { roles } from "./roles.ts";
import { alertRole } from "./serviceHealthAlerts.ts";
import type { Level } from "./roles.ts";
import type { ApiName } from "./services.ts";

/** Permissions, and a role that contains them. */
export interface RolePermissions {
  readonly role: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
}

const browser = { role: "roles/browser", displayName: "Browser" } as const;
const editor = { role: roles.editors.role, displayName: roles.editors.displayName } as const;
const contactAdmin = {
  role: roles.contactAdministrators.role,
  displayName: roles.contactAdministrators.displayName,
} as const;
const pubsubAdmin = { role: "roles/pubsub.admin", displayName: "Pub/Sub Admin" } as const;

/** The permissions for alert policies and the notification channels that they notify. */
function alertPermissions(verbs: readonly string[]): string[] {
  return ["alertPolicies", "notificationChannels"].flatMap((what) => verbs.map((verb) => `monitoring.${what}.${verb}`));
}

/** A role in a text, such as `Browser (roles/browser)`. */
export function roleText({ displayName, role }: Pick<RolePermissions, "displayName" | "role">): string {
  return `${displayName} (${role})`;
}

/** What an update needs, by what it does. */
export const updatePermissions = {
  /** The provider reads the policy, and writes it back with the new member. */
  grantRoles: {
    organization: {
      role: "roles/resourcemanager.organizationAdmin",
      displayName: "Organization Administrator",
      permissions: ["resourcemanager.organizations.getIamPolicy", "resourcemanager.organizations.setIamPolicy"],
    },
    folder: {
      role: "roles/resourcemanager.folderAdmin",
      displayName: "Folder Admin",
      permissions: ["resourcemanager.folders.getIamPolicy", "resourcemanager.folders.setIamPolicy"],
    },
    project: {
      role: "roles/resourcemanager.projectIamAdmin",
      displayName: "Project IAM Admin",
      permissions: ["resourcemanager.projects.getIamPolicy", "resourcemanager.projects.setIamPolicy"],
    },
  } satisfies Record<Level, RolePermissions>,
  createContacts: {
    ...contactAdmin,
    permissions: ["essentialcontacts.contacts.create", "essentialcontacts.contacts.get"],
  },
  /** Only later updates and a destroy need them. */
  changeContacts: {
    ...contactAdmin,
    permissions: [
      "essentialcontacts.contacts.delete",
      "essentialcontacts.contacts.list",
      "essentialcontacts.contacts.update",
    ],
  },
  createAlerts: { ...alertRole, permissions: alertPermissions(["create", "get"]) },
  /** Only later updates and a destroy need them. */
  changeAlerts: { ...alertRole, permissions: alertPermissions(["delete", "list", "update"]) },
  createTopic: { ...pubsubAdmin, permissions: ["pubsub.topics.create", "pubsub.topics.get"] },
  /** Only later updates and a destroy need it. */
  changeTopic: { ...pubsubAdmin, permissions: ["pubsub.topics.delete"] },
  /** A role on the topic itself contains them too. */
  grantOnTopic: { ...pubsubAdmin, permissions: ["pubsub.topics.getIamPolicy", "pubsub.topics.setIamPolicy"] },
  /**
   * Google documents the roles of the whole API, but no permissions of its subscriptions.
   *
   * Source: https://cloud.google.com/support/docs/reference/v2, "Getting Started"
   */
  subscribeEvents: { ...editor, permissions: ["cloudsupport.techCases.get", "cloudsupport.techCases.update"] },
  /** The provider reads the project before it enables a service. */
  seeProject: { ...browser, permissions: ["resourcemanager.projects.get"] },
  enableServices: {
    role: "roles/serviceusage.serviceUsageAdmin",
    displayName: "Service Usage Admin",
    // The provider waits for the operation. hashicorp/terraform-provider-google issue 1579 shows the error without the permission.
    permissions: ["serviceusage.operations.get", "serviceusage.services.enable", "serviceusage.services.list"],
  },
  findProjects: { ...browser, permissions: ["resourcemanager.folders.list", "resourcemanager.projects.list"] },
  createCase: { ...editor, permissions: ["cloudsupport.techCases.create", "cloudsupport.techCases.list"] },
  escalateCase: { ...editor, permissions: ["cloudsupport.techCases.escalate"] },
  /** Also for an adopted case. */
  changeCase: { ...editor, permissions: ["cloudsupport.techCases.get", "cloudsupport.techCases.update"] },
  /** Cases of an organization and the subscription to their events need this role too. */
  seeOrganization: {
    role: "roles/resourcemanager.organizationViewer",
    displayName: "Organization Viewer",
    permissions: ["resourcemanager.organizations.get"],
  },
} as const;

const { grantRoles, createContacts, changeContacts, createAlerts, changeAlerts } = updatePermissions;
const { createTopic, changeTopic, grantOnTopic, subscribeEvents } = updatePermissions;
const { createCase, escalateCase, changeCase } = updatePermissions;
const { seeOrganization, findProjects, seeProject, enableServices } = updatePermissions;
const contacts = [createContacts, changeContacts];
const alerts = [createAlerts, changeAlerts];
const topics = [createTopic, changeTopic, grantOnTopic];
const cases = [createCase, escalateCase, changeCase];

const needs: Readonly<Record<Level, readonly RolePermissions[]>> = {
  organization: [seeOrganization, grantRoles.organization, ...contacts, ...cases, subscribeEvents],
  folder: [findProjects, grantRoles.folder, ...contacts],
  project: [seeProject, enableServices, grantRoles.project, ...contacts, ...alerts, ...topics, ...cases],
};

/** All permissions that updates can need at a level, whatever the config. */
export function permissionsOfUpdates(level: Level): string[] {
  return [...new Set(needs[level].flatMap(({ permissions }) => permissions))];
}

/** Whether the permission allows changing something. */
export function allowsChanges(permission: string): boolean {
  return !/\.(get|getIamPolicy|list)$/.test(permission);
}

/** A request of `care` that only reads: its API, the permission that it needs, and the narrowest role that contains it. */
export interface ReadRequest {
  readonly service: ApiName;
  readonly permission: string;
  readonly role: string;
}

const resourceManager = "cloudresourcemanager.googleapis.com";
const securityReviewer = "roles/iam.securityReviewer";
const caseViewer = "roles/cloudsupport.techSupportViewer";

export const readRequests = {
  organization: {
    service: resourceManager,
    permission: "resourcemanager.organizations.get",
    role: seeOrganization.role,
  },
  folder: {
    service: resourceManager,
    permission: "resourcemanager.folders.get",
    role: "roles/resourcemanager.folderViewer",
  },
  project: { service: resourceManager, permission: "resourcemanager.projects.get", role: browser.role },
  projectsBelow: { service: resourceManager, permission: "resourcemanager.projects.list", role: browser.role },
  organizationPolicy: {
    service: resourceManager,
    permission: "resourcemanager.organizations.getIamPolicy",
    role: securityReviewer,
  },
  folderPolicy: {
    service: resourceManager,
    permission: "resourcemanager.folders.getIamPolicy",
    role: securityReviewer,
  },
  projectPolicy: {
    service: resourceManager,
    permission: "resourcemanager.projects.getIamPolicy",
    role: securityReviewer,
  },
  billing: {
    service: "cloudbilling.googleapis.com",
    permission: "resourcemanager.projects.get",
    role: browser.role,
  },
  constraint: {
    service: "orgpolicy.googleapis.com",
    permission: "orgpolicy.policy.get",
    role: "roles/orgpolicy.policyViewer",
  },
  services: {
    service: "serviceusage.googleapis.com",
    permission: "serviceusage.services.list",
    role: "roles/serviceusage.serviceUsageViewer",
  },
  contacts: {
    service: "essentialcontacts.googleapis.com",
    permission: "essentialcontacts.contacts.list",
    role: roles.contactViewers.role,
  },
  incidents: {
    service: "servicehealth.googleapis.com",
    permission: "servicehealth.events.list",
    role: "roles/servicehealth.viewer",
  },
  alerts: {
    service: "monitoring.googleapis.com",
    permission: "monitoring.alertPolicies.list",
    role: "roles/monitoring.viewer",
  },
  channels: {
    service: "monitoring.googleapis.com",
    permission: "monitoring.notificationChannels.list",
    role: "roles/monitoring.viewer",
  },
  topic: { service: "pubsub.googleapis.com", permission: "pubsub.topics.get", role: "roles/pubsub.viewer" },
  topicPolicy: {
    service: "pubsub.googleapis.com",
    permission: "pubsub.topics.getIamPolicy",
    role: securityReviewer,
  },
  recommendations: {
    service: "recommender.googleapis.com",
    permission: "recommender.locations.list",
    role: "roles/recommender.viewer",
  },
  case: { service: "cloudsupport.googleapis.com", permission: "cloudsupport.techCases.get", role: caseViewer },
  cases: { service: "cloudsupport.googleapis.com", permission: "cloudsupport.techCases.list", role: caseViewer },
  /** See `subscribeEvents`. */
  subscriptions: { service: "cloudsupport.googleapis.com", permission: "cloudsupport.techCases.get", role: caseViewer },
} as const satisfies Record<string, ReadRequest>;

/** For each permission that `care` needs to read, the narrowest role that contains it. */
export const readerRoles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(readRequests).map(({ permission, role }) => [permission, role]),
);
