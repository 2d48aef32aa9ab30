/**
 * The roles that onboarding grants, by the config's key for their members (guide rows G3, G5 contact roles), and the levels of
 * the resource hierarchy where each can be granted.
 *
 * Sources: https://cloud.google.com/support/docs/access-control;
 * https://cloud.google.com/resource-manager/docs/manage-essential-contacts
 */

export const levels = ["organization", "folder", "project"] as const;

/** A level of Google Cloud's resource hierarchy. */
export type Level = (typeof levels)[number];

/** The level of `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
export function levelOf(resource: string): Level {
  const [collection] = resource.split("/", 1);
  return levels.find((level) => collection === `${level}s`) ?? "project";
}

export interface Role {
  readonly role: string;
  readonly displayName: string;
  readonly levels: readonly Level[];
  /** What members with the role can do, from the guide. */
  readonly purpose: string;
}

export const roles = {
  administrators: {
    role: "roles/cloudsupport.admin",
    displayName: "Support Account Administrator",
    levels: ["organization"],
    purpose: "manages the support account",
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

/** The config's key for the members of a role. */
export type RoleName = keyof typeof roles;

export const roleNames = Object.keys(roles) as RoleName[];

export function isRoleName(name: string): name is RoleName {
  return Object.hasOwn(roles, name);
}

/**
 * Broader roles that also allow opening cases, but that the guide does not grant.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions: they contain `cloudsupport.techCases.create`
 */
export const otherCaseRoles = {
  "roles/owner": { displayName: "Owner" },
  "roles/editor": { displayName: "Editor" },
  "roles/billing.admin": { displayName: "Billing Account Administrator" },
  "roles/iam.supportUser": { displayName: "Support User" },
} as const;

/** Roles that allow granting any other role on a resource and everything below it, by the level of the resource. */
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
