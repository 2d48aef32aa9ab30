/**
 * Roles that can change who has access, and roles that give access to nearly everything. No stack of this guide grants them, so
 * every grant of one is reported to the reviewer.
 */

/**
 * Source: https://cloud.google.com/iam/docs/roles-overview#basic, for all six, including the read-only ones: "In production
 * environments, do not grant basic roles unless there is no alternative."
 */
const basicRoles = new Set(["owner", "editor", "viewer", "admin", "writer", "reader"].map((name) => `roles/${name}`));

/**
 * Predefined roles that contain a permission `*.setIamPolicy`, or that allow impersonating a service account, creating its
 * keys or changing a custom role, although their names do not show it.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions, read for all 2,461 roles of August 2026. Of the 304 with
 * such a permission, `accessNames` does not match these.
 */
const accessRoles = new Set(
  [
    "aiplatform.featurestoreUser",
    "backupdr.computeEngineOperator",
    "composer.worker",
    "compute.orgSecurityPolicyUser",
    "dataplex.developer",
    "dataproc.hubAgent",
    "dataproc.worker",
    "datastudio.manager",
    "earthengine.appsPublisher",
    "iam.dataScientist",
    "iam.devOps",
    "iam.editor",
    "iam.mlEngineer",
    "iam.serviceAccountOpenIdTokenCreator",
    "iam.serviceAccountTokenCreator",
    "iam.serviceAccountUser",
    "iam.siteReliabilityEngineer",
    "iam.workloadIdentityUser",
    "ml.developer",
    "securedlandingzone.bqdwProjectRemediator",
  ].map((name) => `roles/${name}`),
);

/** Roles of administrators, owners and service agents. Most of them can change who has access. */
const accessNames = /(admin|owner|serviceagent)(\.v\d+)?$/i;

/** The guide's roles, whose permissions are known. */
const guideServices = /^roles\/(cloudsupport|essentialcontacts)\./;

/** A custom role of an organization or a project, such as `projects/shop-dev/roles/deployer`. */
const customRole = /^(organizations|projects)\/[^/]+\/roles\/[^/]+$/;

export type Privilege = "basic" | "access" | "custom";

/** Why a grant of the role must be reported; undefined if it need not be. */
export function privilegeOf(role: string): Privilege | undefined {
  if (basicRoles.has(role)) return "basic";
  if (customRole.test(role)) return "custom";
  if (guideServices.test(role)) return undefined;
  return accessRoles.has(role) || accessNames.test(role) ? "access" : undefined;
}
