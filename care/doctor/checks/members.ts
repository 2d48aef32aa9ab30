/** Grants that a policy of the organization will refuse, or may, and those for which a policy has no room. */
import { policyLimits } from "../../../google/index.ts";
import { isGranted } from "../../google/policies.ts";
import { resourceFlag } from "../../shell.ts";
import type { Finding } from "../finding.ts";
import { refusalsOf } from "../memberPolicies.ts";
import type { GoogleReading, PlaceReadings } from "../readGoogle.ts";
import type { Readings } from "../readings.ts";

export function memberFindings({ google }: Readings): Finding[] {
  return google.places.flatMap((readings) => [...restricted(readings, google), ...withoutRoom(readings)]);
}

/** A constraint looks at members that are added, and not at those who have the role already. */
function newGrants({ place, policy }: PlaceReadings) {
  return place.grants.filter(({ role, member }) => !isGranted(policy?.value, role, member));
}

function restricted(readings: PlaceReadings, { memberOrganizations }: GoogleReading): Finding[] {
  const { place, members: policies } = readings;
  const members = [...new Set(newGrants(readings).map(({ member }) => member))];
  const refusals = members.flatMap((member) =>
    refusalsOf(member, policies?.value, memberOrganizations).map((refusal) => ({ member, ...refusal })),
  );
  const alike = Map.groupBy(refusals, ({ constraint, isCertain, isSeen }) =>
    [constraint, isCertain ? "error" : isSeen ? "warning" : "information"].join(" "),
  );
  return [...alike].map(([key, each]): Finding => {
    const [constraint = "", level] = key.split(" ") as [string, Finding["level"]];
    const names = each.map(({ member }) => member).join(", ");
    return {
      id: "member-restricted",
      level,
      where: place.resource,
      what:
        level === "error"
          ? `The policy ${constraint} does not allow grants to ${names}; whoever holds Organization Policy Administrator must allow them, or the config leave them out.`
          : `The policy ${constraint} allows grants to members of some organizations alone, and the caller cannot see whether ${names} is of one: if not, pulumi up fails.`,
      remedy: `gcloud org-policies describe ${constraint} --effective ${resourceFlag(place.resource)}`,
    };
  });
}

function withoutRoom(readings: PlaceReadings): Finding[] {
  const { place, policy } = readings;
  if (policy?.value === undefined) return [];
  const added = newGrants(readings).map(({ member }) => member);
  const all = [...(policy.value.bindings ?? []).flatMap(({ members = [] }) => members), ...added];
  const groups = all.filter((member) => member.startsWith("group:"));
  const over = [
    { what: "members", count: all.length, most: policyLimits.members },
    { what: "groups", count: groups.length, most: policyLimits.groups },
  ].filter(({ count, most }) => added.length > 0 && count > most);
  return over.map(({ what, count, most }) => ({
    id: "policy-full",
    level: "error",
    where: place.resource,
    what: `With ${String(added.length)} more the policy has ${String(count)} ${what}, and Google takes ${String(most)} at most: one who has several roles counts several times.`,
    remedy:
      what === "groups" ? "grant the roles to fewer groups" : "grant the roles to groups in place of their members",
  }));
}
