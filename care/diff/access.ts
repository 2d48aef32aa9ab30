/** Grants of the guide's roles (guide rows G3, G5 contact roles), of any role at the organization, of privileged roles, and of hidden roles. */
import { roles } from "../../guide/index.ts";
import { accessSentence } from "./accessSentence.ts";
import { creates, kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import { grantOf, knownGrantProperties, mayBeAdministrator } from "./grants.ts";
import type { Grant, GrantedRole } from "./grants.ts";
import type { ChangeKindName } from "./kinds.ts";
import { externalKinds, hasDomain, anyLeaves, memberLeaves } from "./organization.ts";
import type { Domains } from "./organization.ts";
import type { Step } from "./preview.ts";
import { propertyChanges, withUnknown, withUnlisted } from "./properties.ts";

/**
 * The change; undefined if it only concerns other roles below the organization, nobody who may be outside gets one, nobody loses one by
 * an update or by a new binding or policy, and every property is known.
 *
 * @param domains The domains that may be the organization's.
 */
export function accessChange(step: Step, domains: Domains): Change | undefined {
  const before = grantOf(step, step.before);
  const after = grantOf(step, step.after);
  const found = [before, after].filter((grant) => grant !== undefined);
  const grant = after ?? before;
  if (grant === undefined) return undefined;
  const known = knownGrantProperties(step.type);
  const isUnexplained = step.op === "update" && propertyChanges(step).length === 0;
  const isUnlisted = known !== undefined && propertyChanges(step).some(({ name }) => !known.includes(name));
  const gained = gainedRoles(step, before, after);
  const members = gained.flatMap((role) => role.members.map(({ identity }) => identity));
  const leaves = anyLeaves(members.map((member) => memberLeaves(member, domains)));
  const isOfOthers = members.some((member) => hasDomain(member) && memberLeaves(member, domains) !== "no");
  const lost = lostRoles(step, before, after);
  const takes = takesFromOthers(step, after);
  // What a preview hides may be the same as before.
  const isLoss = step.op === "update" && lost.some(({ members: all }) => all.some(({ key }) => key !== undefined));
  const mayBeLoss = !isLoss && (takes || (step.op === "update" && lost.length > 0));
  if (!isUnexplained && !isUnlisted && !isOfOthers && !isLoss && !mayBeLoss && !found.some(isReported))
    return undefined;
  const isAdministrator = ({ name }: GrantedRole) => name === "administrators";
  const isGrant = gained.some(isAdministrator);
  const isRemoval = lost.some(isAdministrator);
  const mayBeGrant = !isGrant && gained.some(mayBeAdministrator);
  const mayBeRemoval = !isRemoval && (lost.some(mayBeAdministrator) || (takes && mayHaveAdministrators(after)));
  const isPrivileged = gained.some(({ privilege }) => privilege !== undefined);
  const external = externalKinds(leaves);
  const perhaps: ChangeKindName[] = [
    ...external.perhaps,
    ...(mayBeGrant ? (["admin-grant"] as const) : []),
    ...(mayBeRemoval ? (["admin-removal"] as const) : []),
    ...(mayBeLoss ? (["delete"] as const) : []),
  ];
  const change: Change = {
    group: "access",
    operation: step.op,
    kinds: [
      ...external.kinds,
      ...(isGrant || mayBeGrant ? (["admin-grant"] as const) : []),
      ...(isRemoval || mayBeRemoval ? (["admin-removal"] as const) : []),
      ...(isPrivileged ? (["privileged-grant"] as const) : []),
      ...(found.some(({ place }) => place.level === "organization") ? (["organization"] as const) : []),
      ...(isLoss || mayBeLoss ? (["delete"] as const) : []),
      ...kindsOf(step),
    ],
    perhaps,
    place: grant.place.resourceName,
    urns: [step.urn],
    sentence: accessSentence(step, { before, after, gained, lost }),
  };
  const explained = isUnexplained ? { ...change, kinds: withUnknown(change.kinds) } : change;
  return known === undefined ? explained : withUnlisted(explained, step, known);
}

function isReported({ place, roles: granted }: Grant): boolean {
  return (
    place.level === "organization" ||
    granted.some(({ name, isHidden, privilege }) => name !== undefined || isHidden || privilege !== undefined)
  );
}

/** The roles that members gain, as far as the stack knows. */
function gainedRoles({ op }: Step, before: Grant | undefined, after: Grant | undefined): readonly GrantedRole[] {
  if (op === "update") return without(after, before);
  return creates({ op }) ? (after?.roles ?? []) : [];
}

function lostRoles(step: Step, before: Grant | undefined, after: Grant | undefined): readonly GrantedRole[] {
  if (step.op === "update") return without(before, after);
  return ["delete", "replace"].includes(step.op) && !stays(step) ? (before?.roles ?? []) : [];
}

/** Hidden values never count as equal. */
function without(grant: Grant | undefined, other: Grant | undefined): GrantedRole[] {
  const keys = new Set(other?.roles.flatMap(({ members }) => members.map(({ key }) => key)));
  return (grant?.roles ?? [])
    .map((role) => ({ ...role, members: role.members.filter(({ key }) => key === undefined || !keys.has(key)) }))
    .filter(({ members }) => members.length > 0);
}

/** A new binding or policy removes its roles from everybody whom it does not name, and the preview does not show them. */
function takesFromOthers({ op }: Pick<Step, "op">, after: Grant | undefined): boolean {
  return after !== undefined && after.kind !== "Member" && creates({ op });
}

/** Whether the others may be administrators. */
function mayHaveAdministrators(after: Grant | undefined): boolean {
  if (after?.kind === "Binding") return after.roles.some(mayBeAdministrator);
  return roles.administrators.levels.some((level) => level === after?.place.level);
}
