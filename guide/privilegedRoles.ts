/**
 * Roles of which one grant is enough to change who has access, and roles that give access to nearly everything: no stack of
 * this guide grants them, so a reviewer sees each grant of one.
 */

/**
 * Source: https://cloud.google.com/iam/docs/roles-overview#basic, which says of all six, the reading ones too: "In production
 * environments, do not grant basic roles unless there is no alternative."
 */
const basicRoles = new Set(["owner", "editor", "viewer", "admin", "writer", "reader"].map((name) => `roles/${name}`));

/**
 * Predefined roles that hold a permission `*.setIamPolicy`, or that let their holder act as a service account, create its keys or
 * change a custom role, and whose names do not show it.
 *
 * Source: https://cloud.google.com/iam/docs/roles-permissions, read for all 2,461 roles of August 2026: of the 304 that hold
 * one, these remain next to `accessNames`.
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

/** An administrator's, an owner's or a service agent's role: not each of them can change who has access, but most can. */
const accessNames = /(admin|owner|serviceagent)(\.v\d+)?$/i;

/** The guide's own, whose permissions are known. */
const guideServices = /^roles\/(cloudsupport|essentialcontacts)\./;

/** A role of an organization's or a project's own, such as `projects/shop-dev/roles/deployer`. */
const customRole = /^(organizations|projects)\/[^/]+\/roles\/[^/]+$/;

export type Privilege = "basic" | "access" | "custom";

/** Why a grant of the role must be seen. Undefined where it need not be. */
export function privilegeOf(role: string): Privilege | undefined {
  if (basicRoles.has(role)) return "basic";
  if (customRole.test(role)) return "custom";
  if (guideServices.test(role)) return undefined;
  return accessRoles.has(role) || accessNames.test(role) ? "access" : undefined;
}
