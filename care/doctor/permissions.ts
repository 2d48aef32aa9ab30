/**
 * Which permissions each part of a config needs of whoever puts the stack up, with the role that gives them, and who
 * may grant that role.
 *
 * Sources: what the gcp provider asks of Google for each resource (hashicorp/terraform-provider-google, services
 * resourcemanager, essentialcontacts and tpgiamresource); https://cloud.google.com/iam/docs/roles-permissions for what
 * is in a role; https://cloud.google.com/support/docs/access-control for cases.
 */
import type { TestCaseArgs } from "../../onboarding/index.ts";
import type { Level } from "../../guide/index.ts";
import type { NamedPlace as Place } from "../../onboarding/index.ts";

export interface Need {
  /** What the permissions are for, as the config names it. */
  readonly purpose: string;
  readonly role: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
}

/** To read a policy, and to write it back with one member more. */
const granting: Readonly<Record<Level, Need>> = {
  organization: {
    purpose: "grant roles",
    role: "roles/resourcemanager.organizationAdmin",
    displayName: "Organization Administrator",
    permissions: ["resourcemanager.organizations.getIamPolicy", "resourcemanager.organizations.setIamPolicy"],
  },
  folder: {
    purpose: "grant roles",
    role: "roles/resourcemanager.folderAdmin",
    displayName: "Folder Admin",
    permissions: ["resourcemanager.folders.getIamPolicy", "resourcemanager.folders.setIamPolicy"],
  },
  project: {
    purpose: "grant roles",
    role: "roles/resourcemanager.projectIamAdmin",
    displayName: "Project IAM Admin",
    permissions: ["resourcemanager.projects.getIamPolicy", "resourcemanager.projects.setIamPolicy"],
  },
};

const contacts: Need = {
  purpose: "manage contacts",
  role: "roles/essentialcontacts.admin",
  displayName: "Essential Contacts Admin",
  permissions: ["create", "delete", "get", "list", "update"].map((verb) => `essentialcontacts.contacts.${verb}`),
};

const services: Need = {
  purpose: "enable services",
  role: "roles/serviceusage.serviceUsageAdmin",
  displayName: "Service Usage Admin",
  permissions: ["serviceusage.services.enable", "serviceusage.services.list"],
};

/** The provider reads the project of each service. */
const project: Need = {
  purpose: "see the project",
  role: "roles/browser",
  displayName: "Browser",
  permissions: ["resourcemanager.projects.get"],
};

/** What is below a folder. */
const listing: Need = {
  purpose: "find the projects below the folder",
  role: "roles/browser",
  displayName: "Browser",
  permissions: ["resourcemanager.folders.list", "resourcemanager.projects.list"],
};

/** A case that is adopted is not made, nor looked for. */
const cases = ({ adopt, escalation }: TestCaseArgs): Need => ({
  purpose: adopt === undefined ? "make the test case" : "adopt the case",
  role: "roles/cloudsupport.techSupportEditor",
  displayName: "Tech Support Editor",
  permissions: [
    ...(adopt === undefined ? ["create", "list"] : []),
    ...(escalation === undefined ? [] : ["escalate"]),
    "get",
    "update",
  ].map((verb) => `cloudsupport.techCases.${verb}`),
});

/** An organization's own cases need it too. */
const organization: Need = {
  purpose: "make the test case",
  role: "roles/resourcemanager.organizationViewer",
  displayName: "Organization Viewer",
  permissions: ["resourcemanager.organizations.get"],
};

export function needsOf({
  level,
  grants,
  contacts: addresses,
  services: names,
  testCase,
  everyProject,
}: Place): Need[] {
  return [
    ...(everyProject !== undefined ? [listing] : []),
    ...(level === "project" ? [project] : []),
    ...(names.length > 0 ? [services] : []),
    ...(grants.length > 0 ? [granting[level]] : []),
    ...(addresses.length > 0 ? [contacts] : []),
    ...(testCase === undefined ? [] : [cases(testCase)]),
    ...(testCase !== undefined && level === "organization" ? [organization] : []),
  ];
}

/** What the doctor itself reads beside that, by the permission that it takes. */
export const readers = {
  "orgpolicy.policy.get": { role: "roles/orgpolicy.policyViewer", displayName: "Organization Policy Viewer" },
  "serviceusage.services.list": {
    role: "roles/serviceusage.serviceUsageConsumer",
    displayName: "Service Usage Consumer",
  },
} as const;

/** Roles whose holders may grant any other at the level where they hold it, and below. */
export const grantingRoles: Readonly<Record<Level, readonly string[]>> = {
  organization: ["roles/resourcemanager.organizationAdmin", "roles/iam.securityAdmin"],
  folder: ["roles/resourcemanager.folderAdmin", "roles/resourcemanager.organizationAdmin", "roles/iam.securityAdmin"],
  project: [
    "roles/owner",
    "roles/resourcemanager.projectIamAdmin",
    "roles/resourcemanager.folderAdmin",
    "roles/resourcemanager.organizationAdmin",
    "roles/iam.securityAdmin",
  ],
};
