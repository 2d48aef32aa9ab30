/** Who manages the support account is a group, so that nobody keeps the role who has left (guide row G3 admin). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { normalizeMember } from "../config/index.ts";
import { roles } from "../guide/index.ts";
import { iamResource, placeIn } from "./iamKinds.ts";
import { known } from "./known.ts";
import { validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

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
