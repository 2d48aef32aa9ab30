/** Policies on who has which role (guide rows G3 admin, G3 editor). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { normalizeMember } from "../onboarding/index.ts";
import { privilegeOf, roles } from "../guide/index.ts";
import type { Privilege } from "../guide/index.ts";
import { additiveKind, iamResource, isSupportRole, placeIn } from "./iamKinds.ts";
import { known, knownText, validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** A message if the resource sets who has such a role, and so takes it from all others. */
export function grantsTaken(resource: Resource): string[] {
  const iam = iamResource(resource);
  if (iam === undefined || iam.kind === "Member") return [];
  const instead = `write one ${additiveKind(iam)} for each member instead`;
  if (iam.kind === "Policy")
    return [
      `an IAMPolicy sets all roles at ${placeIn(iam)}: whoever it leaves out loses theirs, support and contact roles too; ${instead}`,
    ];
  const { role } = resource.props;
  return isSupportRole(role)
    ? [`an IAMBinding sets all members of ${role} at ${placeIn(iam)}: whoever it leaves out loses the role; ${instead}`]
    : [];
}

/** No grant of a support or contact role is taken from anyone (guide row G3 editor: roles that a principal has stay). */
export const additiveGrants: ResourceValidationPolicy = {
  name: "additive-grants",
  description: "Support and contact roles are granted to members, and taken from nobody.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(grantsTaken),
};

export interface AdministratorGroupsConfig {
  /** Members that may have the role though they are no groups. */
  readonly allowedMembers: readonly string[];
}

const { role, displayName } = roles.administrators;

/** A message for each administrator that is neither a group nor allowed. */
export function administratorsThatAreNoGroups(
  resource: Resource,
  { allowedMembers }: AdministratorGroupsConfig,
): string[] {
  const iam = iamResource(resource);
  if (iam?.level !== "organization" || resource.props["role"] !== role) return [];
  const allowed = new Set(allowedMembers.map(normalizeMember));
  return membersOf(resource).flatMap(({ property, member }) =>
    member.startsWith("group:") || allowed.has(normalizeMember(member))
      ? []
      : [
          `${property} is ${kindOf(member)}, who would have ${role} (${displayName}) at ${placeIn(iam)}; write a group, such as "group:support-admins@example.com", or add the member to allowedMembers of this policy's config`,
        ],
  );
}

/** The members that are known, of an IAMMember or of an IAMBinding. */
function membersOf({ props }: Resource): { readonly property: string; readonly member: string }[] {
  const members = known(() => props["members"]);
  // By index alone: an array's own methods read each element, and so stop at one that is unknown.
  const given = Array.isArray(members)
    ? Array.from({ length: members.length }, (_, index) => ({
        property: `members[${String(index)}]`,
        member: known(() => members[index] as unknown),
      }))
    : [{ property: "member", member: known(() => props["member"]) }];
  return given.flatMap(({ property, member }) => (typeof member === "string" ? [{ property, member }] : []));
}

/** What is before the name, such as `"user:…"`: the name may be a secret. */
function kindOf(member: string): string {
  const colon = member.indexOf(":");
  return JSON.stringify(colon < 0 ? member : `${member.slice(0, colon + 1)}…`);
}

/** Who manages the support account is a group, so that nobody keeps the role who has left (guide row G3 admin). */
export const administratorGroups: ResourceValidationPolicy = {
  name: "administrator-groups",
  description: `${displayName} is granted to groups alone.`,
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedMembers: { type: "array", items: { type: "string", pattern: "^[A-Za-z]+:" }, default: [] },
    },
  },
  validateResource: validateResource(administratorsThatAreNoGroups),
};

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

/** Support needs no role that gives access to nearly everything, or by which its holder gives others access (guide rows G3 admin, G3 editor). */
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
