/** No grant of a support or contact role is taken from anyone (guide row G3 editor: roles that a principal has stay). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { additiveKind, iamResource, placeIn } from "./iamKinds.ts";
import { validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";
import { isSupportRole } from "./supportRoles.ts";

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

export const additiveGrants: ResourceValidationPolicy = {
  name: "additive-grants",
  description: "Support and contact roles are granted to members, and taken from nobody.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(grantsTaken),
};
