/** Support needs no role that gives access to nearly everything, or by which its holder gives others access (guide row G3). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { privilegeOf } from "../guide/index.ts";
import type { Privilege } from "../guide/index.ts";
import { iamResource, placeIn } from "./iamKinds.ts";
import { known, knownText } from "./known.ts";
import { validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

export interface PrivilegedRolesConfig {
  /** Roles that may be granted all the same, such as `roles/viewer`. */
  readonly allowedRoles: readonly string[];
}

const why: Readonly<Record<Privilege, string>> = {
  basic: "a basic role, which gives access to nearly everything",
  access: "a role that can change who has access",
  custom: "a custom role, whose permissions nobody sees here",
};

/** A grant at a resource of any other kind than those of iamKinds.ts, such as a bucket or a service account. */
const otherGrant = /^gcp:\w+\/\w*iam(Member|Binding|Policy):/i;

/** A message for each such role that the resource grants. */
export function privilegedGrants(resource: Resource, { allowedRoles }: PrivilegedRolesConfig): string[] {
  const iam = iamResource(resource);
  if (iam === undefined && !otherGrant.test(resource.type)) return [];
  const where = iam === undefined ? knownText(() => resource.urn.split("::").at(-1), "its resource") : placeIn(iam);
  return [...new Set(rolesOf(resource))].flatMap((role) => {
    const privilege = privilegeOf(role);
    return privilege === undefined || allowedRoles.includes(role)
      ? []
      : [
          `${role} is granted at ${where}: it is ${why[privilege]}; grant a narrower role, or add it to allowedRoles of this policy's config`,
        ];
  });
}

/** The roles that are known: one of a member or a binding, all of a policy. */
function rolesOf({ props }: Resource): string[] {
  const role = known(() => props["role"]);
  if (typeof role === "string") return [role];
  const data = known(() => props["policyData"]);
  if (typeof data !== "string") return [];
  try {
    const { bindings = [] } = JSON.parse(data) as { bindings?: { role?: unknown }[] };
    return bindings.flatMap((binding) => (typeof binding.role === "string" ? [binding.role] : []));
  } catch {
    return [];
  }
}

export const privilegedRoles: ResourceValidationPolicy = {
  name: "privileged-roles",
  description: "No basic role, custom role or role that can change who has access is granted.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedRoles: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
    },
  },
  validateResource: validateResource(privilegedGrants),
};
