/**
 * The roles that onboarding grants, by the word that the config has for their holders (guide rows G3, G5 contact
 * roles), and the levels of the resource hierarchy at which each may be granted.
 *
 * Sources: https://cloud.google.com/support/docs/access-control;
 * https://cloud.google.com/resource-manager/docs/manage-essential-contacts
 */

export const levels = ["organization", "folder", "project"] as const;

/** A level of Google Cloud's resource hierarchy. */
export type Level = (typeof levels)[number];

export interface Role {
  readonly role: string;
  readonly displayName: string;
  readonly levels: readonly Level[];
  /** What a holder may do, as the guide says it. */
  readonly purpose: string;
}

export const roles = {
  administrators: {
    role: "roles/cloudsupport.admin",
    displayName: "Support Account Administrator",
    levels: ["organization"],
    purpose: "manages the support account, without access to cases",
  },
  editors: {
    role: "roles/cloudsupport.techSupportEditor",
    displayName: "Tech Support Editor",
    levels,
    purpose: "reads and writes cases",
  },
  contactAdministrators: {
    role: "roles/essentialcontacts.admin",
    displayName: "Essential Contacts Admin",
    levels,
    purpose: "reads and writes contacts",
  },
  contactViewers: {
    role: "roles/essentialcontacts.viewer",
    displayName: "Essential Contacts Viewer",
    levels,
    purpose: "reads contacts",
  },
} as const satisfies Record<string, Role>;

/** The config's word for the holders of a role. */
export type RoleName = keyof typeof roles;

export const roleNames = Object.keys(roles) as RoleName[];

export function isRoleName(name: string): name is RoleName {
  return Object.hasOwn(roles, name);
}

/**
 * Broader roles whose holders may open cases as well, though the guide grants none of them for it.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions: they hold `cloudsupport.techCases.create`
 */
export const otherCaseRoles = {
  "roles/owner": { displayName: "Owner" },
  "roles/editor": { displayName: "Editor" },
  "roles/billing.admin": { displayName: "Billing Account Administrator" },
  "roles/iam.supportUser": { displayName: "Support User" },
} as const;

/**
 * The smallest role that gives what a reading takes, by the permission.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions
 */
export const readerRoles: Readonly<Record<string, string>> = {
  "resourcemanager.organizations.get": "roles/resourcemanager.organizationViewer",
  "resourcemanager.folders.get": "roles/resourcemanager.folderViewer",
  "resourcemanager.projects.get": "roles/browser",
  "resourcemanager.organizations.getIamPolicy": "roles/iam.securityReviewer",
  "resourcemanager.folders.getIamPolicy": "roles/iam.securityReviewer",
  "resourcemanager.projects.getIamPolicy": "roles/iam.securityReviewer",
  "orgpolicy.policy.get": "roles/orgpolicy.policyViewer",
  "serviceusage.services.list": "roles/serviceusage.serviceUsageViewer",
  "essentialcontacts.contacts.list": "roles/essentialcontacts.viewer",
  "servicehealth.events.list": "roles/servicehealth.viewer",
  "recommender.locations.list": "roles/recommender.viewer",
  "cloudsupport.techCases.get": "roles/cloudsupport.techSupportViewer",
  "cloudsupport.techCases.list": "roles/cloudsupport.techSupportViewer",
};

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
