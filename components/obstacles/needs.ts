/**
 * What an update would create at a place, as far as it is known in the preview, and the permissions that the caller needs for
 * each part of a config, with the role that contains them.
 *
 * Sources: the gcp provider's requests for each resource (hashicorp/terraform-provider-google, services resourcemanager,
 * essentialcontacts and tpgiamresource); https://cloud.google.com/iam/docs/roles-permissions for the permissions of a role;
 * https://cloud.google.com/support/docs/access-control for cases.
 */
import { roles } from "../../guide/index.ts";
import type { Level, ResourceName } from "../../guide/index.ts";

export interface WantedCase {
  readonly adopt?: string | undefined;
  readonly escalation?: unknown;
}

export interface Wanted {
  readonly level: Level;
  readonly resource: ResourceName;
  readonly services: readonly string[];
  readonly grants: readonly WantedGrant[];
  readonly contacts: readonly { readonly email: string }[];
  /** The test case, if it is for this place. */
  readonly testCase?: WantedCase | undefined;
  /** The config of each project below a folder with `everyProject`. */
  readonly everyProject?: unknown;
}

export interface WantedGrant {
  readonly role: string;
  readonly member: string;
}

/** Whether an update would create anything. */
export function createsAnything({ services, grants, contacts, testCase }: Wanted): boolean {
  return services.length + grants.length + contacts.length > 0 || testCase !== undefined;
}

export interface Need {
  /** What the permissions are for, as shown to the user. */
  readonly purpose: string;
  readonly role: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
  /** The permissions that only later updates or a destroy need. */
  readonly later?: readonly string[];
  /** The part of the config that needs the permissions. */
  readonly part: Part;
}

export type Part = "services" | "grants" | "contacts" | "case" | "listing";

/** The provider reads the policy, and writes it back with the new member. */
const granting: Readonly<Record<Level, Need>> = {
  organization: {
    part: "grants",
    purpose: "grant roles",
    role: "roles/resourcemanager.organizationAdmin",
    displayName: "Organization Administrator",
    permissions: ["resourcemanager.organizations.getIamPolicy", "resourcemanager.organizations.setIamPolicy"],
  },
  folder: {
    part: "grants",
    purpose: "grant roles",
    role: "roles/resourcemanager.folderAdmin",
    displayName: "Folder Admin",
    permissions: ["resourcemanager.folders.getIamPolicy", "resourcemanager.folders.setIamPolicy"],
  },
  project: {
    part: "grants",
    purpose: "grant roles",
    role: "roles/resourcemanager.projectIamAdmin",
    displayName: "Project IAM Admin",
    permissions: ["resourcemanager.projects.getIamPolicy", "resourcemanager.projects.setIamPolicy"],
  },
};

const contacts: Need = {
  part: "contacts",
  purpose: "manage contacts",
  role: roles.contactAdministrators.role,
  displayName: roles.contactAdministrators.displayName,
  permissions: ["create", "delete", "get", "list", "update"].map((verb) => `essentialcontacts.contacts.${verb}`),
  later: ["delete", "list", "update"].map((verb) => `essentialcontacts.contacts.${verb}`),
};

const services: Need = {
  part: "services",
  purpose: "enable services",
  role: "roles/serviceusage.serviceUsageAdmin",
  displayName: "Service Usage Admin",
  permissions: ["serviceusage.services.enable", "serviceusage.services.list"],
};

/** The provider reads the project before it enables a service. */
const project: Need = {
  part: "services",
  purpose: "see the project",
  role: "roles/browser",
  displayName: "Browser",
  permissions: ["resourcemanager.projects.get"],
};

const listing: Need = {
  part: "listing",
  purpose: "find the projects below the folder",
  role: "roles/browser",
  displayName: "Browser",
  permissions: ["resourcemanager.folders.list", "resourcemanager.projects.list"],
};

/** An adopted case needs no permissions to create or search cases. */
const cases = ({ adopt, escalation }: WantedCase): Need => ({
  part: "case",
  purpose: adopt === undefined ? "create the test case" : "adopt the case",
  role: roles.editors.role,
  displayName: roles.editors.displayName,
  permissions: [
    ...(adopt === undefined ? ["create", "list"] : []),
    ...(escalation === undefined ? [] : ["escalate"]),
    "get",
    "update",
  ].map((verb) => `cloudsupport.techCases.${verb}`),
});

/** Cases of an organization need this role too. */
const organization: Need = {
  part: "case",
  purpose: "create the test case",
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
}: Wanted): Need[] {
  return [
    ...(everyProject !== undefined ? [listing] : []),
    ...(names.length > 0 ? [project, services] : []),
    ...(grants.length > 0 ? [granting[level]] : []),
    ...(addresses.length > 0 ? [contacts] : []),
    ...(testCase === undefined ? [] : [cases(testCase)]),
    ...(testCase !== undefined && level === "organization" ? [organization] : []),
  ];
}
