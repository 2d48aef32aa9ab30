/** Which roles exist: all of the services of the guide, those of other services by the service, and the custom roles of the seed. */
import { isProject } from "./hierarchy.ts";
import { own } from "./json.ts";
import { organizationRoles, rolePermissions } from "./roles.ts";
import { publishedServices } from "./schema.ts";
import type { Resource, State } from "./state.ts";

/**
 * All roles of the services whose roles onboarding grants, in addition to those with permissions in roles.ts.
 * Source: https://cloud.google.com/iam/docs/roles-permissions
 */
const completeServices: Readonly<Record<string, readonly string[]>> = {
  cloudsupport: [
    "advisorySupportEditor",
    "advisorySupportViewer",
    "supportSubscriptionEditor",
    "supportSubscriptionViewer",
  ],
  essentialcontacts: [],
  orgpolicy: ["policyAdmin"],
  resourcemanager: ["folderIamAdmin", "lienModifier", "tagAdmin", "tagHoldAdmin", "tagUser", "tagViewer"],
  servicehealth: ["admin"],
  serviceusage: ["apiKeysAdmin", "apiKeysViewer"],
};

/** The roles without a service: https://cloud.google.com/iam/docs/roles-overview#basic */
const basicRoles = new Set(["owner", "editor", "viewer", "browser", "admin", "writer", "reader"]);

/** What follows the role of a conditional binding in a policy of version 1: https://cloud.google.com/iam/docs/troubleshooting-withcond */
export const conditionMark = "_withcond_";

/** First parts of roles that are not the name of a service with a client library. */
const otherPrefixes = new Set([
  "appengineflex",
  "autoscaling",
  "billing",
  "cloudmigration",
  "cloudsecurityscanner",
  "cloudsql",
  "cloudtpu",
  "cloudtranslate",
  "consumerprocurement",
  "containerregistry",
  "dataprep",
  "datastudio",
  "earthengine",
  "endpoints",
  "errorreporting",
  "firebaseauth",
  "firebasecrash",
  "firebaseperformance",
  "identityplatform",
  "mapsadmin",
  "meshconfig",
  "oauthconfig",
  "opsconfigmonitoring",
  "riskmanager",
  "securedlandingzone",
  "source",
  "stackdriver",
  "transferappliance",
]);

function isPredefined(name: string): boolean {
  if (own(rolePermissions, `roles/${name}`) !== undefined) return true;
  const [prefix = "", role] = name.split(/\.(.*)/s);
  if (role === undefined) return basicRoles.has(name);
  if (!/^[a-z]\w*(\.\w+)*$/.test(role)) return false;
  const complete = own(completeServices, prefix);
  if (complete !== undefined) return complete.includes(role);
  return otherPrefixes.has(prefix) || publishedServices.has(`${prefix.toLowerCase()}.googleapis.com`);
}

/**
 * Whether a role exists, and can be granted on the resource if it is a custom role. `path` is the resource and what it is in.
 * The name that a policy of version 1 has in place of a condition is no role.
 */
export function roleExists(state: State, role: string, path: readonly Resource[]): boolean {
  if (role.includes(conditionMark)) return false;
  const [, predefined] = /^roles\/(.+)$/.exec(role) ?? [];
  if (predefined !== undefined) return isPredefined(predefined) || state.roles.has(role);
  const [, collection, id] = /^(organizations|projects)\/([^/]+)\/roles\/[\w.]+$/.exec(role) ?? [];
  const isHere = path.some(
    (resource) => resource.name === `${collection}/${id}` || (isProject(resource) && resource.projectId === id),
  );
  return isHere && state.roles.has(role);
}

/**
 * Whether a policy of the resource can contain the role. A role without a permission of Pub/Sub is not for topics; which
 * permissions the roles of other services have is not known.
 */
export function isGrantable(role: string, { name }: Resource): boolean {
  if (organizationRoles.has(role)) return name.startsWith("organizations/");
  if (!name.includes("/topics/")) return true;
  const [, prefix = ""] = /^roles\/([^.]+)\./.exec(role) ?? [];
  const permissions = own(rolePermissions, role) ?? (own(completeServices, prefix) === undefined ? undefined : []);
  return permissions === undefined || permissions.some((permission) => permission.startsWith("pubsub."));
}
