/** Who may do what: a permission is held through any role that the resource or one of its ancestors grants. */
import { domainOf } from "../../config/emailAddress.ts";
import type { Context } from "./api.ts";
import { lineage } from "./hierarchy.ts";
import { grantKey } from "./iamPolicy.ts";
import { roleGives } from "./roles.ts";
import type { Condition, Principal, Resource, State } from "./state.ts";

/** Whether the principal holds the permission on the resource now. */
export function holds(context: Context, principal: Principal, permission: string, resource: Resource): boolean {
  const { state, clock, faults } = context;
  const names = memberNames(state, principal);
  const now = clock.now();
  return lineage(state, resource).some(({ policy }) =>
    policy.bindings.some(
      ({ role, members, condition }) =>
        roleGives(role, permission) &&
        conditionHolds(condition, now) &&
        members.some((member) => {
          if (!names.has(member)) return false;
          const granted = policy.grantTimes.get(grantKey(role, member, condition)) ?? 0;
          return now >= granted + faults.settings.grantPropagation;
        }),
    ),
  );
}

/** The members of a policy that stand for the principal. */
function memberNames(state: State, { principal }: Principal): Set<string> {
  const names = new Set([principal, "allUsers", "allAuthenticatedUsers"]);
  for (const [group, members] of state.groups) if (members.includes(principal)) names.add(group);
  if (principal.startsWith("user:")) names.add(`domain:${domainOf(principal) ?? ""}`);
  return names;
}

/** Only an expiry is understood, the usual condition; any other grants nothing. */
function conditionHolds(condition: Condition | undefined, now: number): boolean {
  if (condition === undefined) return true;
  const [, expiry] = /^\s*request\.time\s*<\s*timestamp\(["']([^"']+)["']\)\s*$/.exec(condition.expression) ?? [];
  return expiry !== undefined && now < Date.parse(expiry);
}
