/** Policies on who has which role (guide rows G3 admin, G3 editor). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { normalizeMember } from "../onboarding/index.ts";
import { privilegeOf, roles } from "../guide/index.ts";
import type { Privilege } from "../guide/index.ts";
import { additiveKind, iamResource, isSupportRole, placeIn } from "./iamKinds.ts";
import { known, knownText, validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** A message if the resource sets all members of a role, and so removes others. */
export function authoritativeGrants(resource: Resource): string[] {
  const iam = iamResource(resource);
  if (iam === undefined || iam.kind === "Member") return [];
  const instead = `write one ${additiveKind(iam)} for each member instead`;
  if (iam.kind === "Policy")
    return [
      `an IAMPolicy sets all roles at ${placeIn(iam)}, so members that it does not list lose their roles, including support and contact roles; ${instead}`,
    ];
  const { role } = resource.props;
  return isSupportRole(role)
    ? [
        `an IAMBinding sets all members of ${role} at ${placeIn(iam)}, so members that it does not list lose the role; ${instead}`,
      ]
    : [];
}

/** Prevents the removal of existing support and contact roles (guide row G3 editor: principals keep their roles). */
export const additiveGrants: ResourceValidationPolicy = {
  name: "additive-grants",
  description: "Support and contact roles must be granted with IAMMember, which does not remove other members.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(authoritativeGrants),
};

export interface AdministratorGroupsConfig {
  /** Members that can have the role although they are not groups. */
  readonly allowedMembers: readonly string[];
}

const { role, displayName } = roles.administrators;

/** A message for each administrator that is neither a group nor allowed. */
export function nonGroupAdministrators(resource: Resource, { allowedMembers }: AdministratorGroupsConfig): string[] {
  const iam = iamResource(resource);
  if (iam?.level !== "organization" || resource.props["role"] !== role) return [];
  const allowed = new Set(allowedMembers.map(normalizeMember));
  return membersOf(resource).flatMap(({ property, member }) =>
    member.startsWith("group:") || allowed.has(normalizeMember(member))
      ? []
      : [
          `${property} is ${kindOf(member)}, which is not a group, but ${role} (${displayName}) at ${placeIn(iam)} requires groups; write a group, such as "group:support-admins@example.com", or add the member to allowedMembers of this policy's config`,
        ],
  );
}

/** The known members of an IAMMember or an IAMBinding. */
function membersOf({ props }: Resource): { readonly property: string; readonly member: string }[] {
  const members = known(() => props["members"]);
  // Read each element individually, because array methods throw at the first unknown element.
  const given = Array.isArray(members)
    ? Array.from({ length: members.length }, (_, index) => ({
        property: `members[${String(index)}]`,
        member: known(() => members[index] as unknown),
      }))
    : [{ property: "member", member: known(() => props["member"]) }];
  return given.flatMap(({ property, member }) => (typeof member === "string" ? [{ property, member }] : []));
}

/** The member without its name, which can be a secret, such as `"user:…"`. */
function kindOf(member: string): string {
  const colon = member.indexOf(":");
  return JSON.stringify(colon < 0 ? member : `${member.slice(0, colon + 1)}…`);
}

/** Restricts the role to groups, so that nobody who has left keeps it (guide row G3 admin). */
export const administratorGroups: ResourceValidationPolicy = {
  name: "administrator-groups",
  description: `${displayName} must be granted only to groups.`,
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedMembers: { type: "array", items: { type: "string", pattern: "^[A-Za-z]+:" }, default: [] },
    },
  },
  validateResource: validateResource(nonGroupAdministrators),
};

export interface PrivilegedRolesConfig {
  /** Roles that are allowed, such as `roles/viewer`. */
  readonly allowedRoles: readonly string[];
}

const why: Readonly<Record<Privilege, string>> = {
  basic: "a basic role, which gives access to nearly everything",
  access: "a role that can change who has access",
  custom: "a custom role, whose permissions are not visible here",
};

/** A grant on another type of resource, such as a bucket or a service account. */
const otherGrant = /^gcp:\w+\/\w*iam(Member|Binding|Policy):/i;

/** A message for each privileged role that the resource grants. */
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

/** The known roles: one of a member or a binding, or all roles of a policy. */
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

/** Rejects privileged roles, which support does not need (guide rows G3 admin, G3 editor). */
export const privilegedRoles: ResourceValidationPolicy = {
  name: "privileged-roles",
  description: "Basic roles, custom roles and roles that can change who has access must not be granted.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedRoles: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
    },
  },
  validateResource: validateResource(privilegedGrants),
};
