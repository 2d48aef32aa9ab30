/** The roles that the caller lacks, where, and who can grant them. */
import type { Policy } from "../../../google/index.ts";
import { grantingRoles, roleText, updatePermissions } from "../../../guide/index.ts";
import type { Level } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { GoogleReading, PlaceReadings } from "../readGoogle.ts";
import { isUnseen, obstacleAt, refusalsHere } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { grantCommand } from "../remedies.ts";

export function permissionFindings(all: Readings): Finding[] {
  return all.google.places
    .filter((readings) => !isReportedAsUnseen(readings, all.google))
    .flatMap((readings) => findingsAt(readings, all));
}

/** Whether another finding reports that the place may not exist. A folder's permissions are listed unless it certainly does not exist. */
function isReportedAsUnseen(readings: PlaceReadings, { sight }: GoogleReading): boolean {
  if (readings.place.level === "folder") return obstacleAt(readings, sight)?.kind === "absent";
  return isUnseen(readings);
}

function findingsAt(readings: PlaceReadings, all: Readings): Finding[] {
  const { place, policy } = readings;
  const { caller, places } = all.google;
  return refusalsHere(readings, all).flatMap((refusal): Finding[] => {
    if (refusal.kind !== "permission-missing") return [];
    const { missing, level, need } = refusal;
    const { purpose, role, displayName } = need;
    const above = places.find((other) => other.place.level === "organization" && other.place !== place);
    const granters = grantersOf(place.level, [policy?.value, above?.policy?.value]);
    return [
      {
        id: "permission-missing",
        level,
        where: place.resource,
        what: `To ${purpose}, the caller lacks ${displayName} (${role}): ${missing.join(", ")}. ${granters}`,
        remedy: grantCommand(place.resource, caller.principal, role),
      },
    ];
  });
}

/** As far as the policies were readable. */
function grantersOf(level: Level, policies: readonly (Policy | undefined)[]): string {
  const members = policies.flatMap((policy) =>
    (policy?.bindings ?? [])
      .filter(({ role, condition }) => condition === undefined && grantingRoles[level].includes(role))
      .flatMap((binding) => binding.members ?? []),
  );
  const named = [...new Set(members)].sort();
  if (named.length > 0) return `It can be granted by ${named.join(", ")}.`;
  return `It can be granted by an ${roleText(updatePermissions.grantRoles.organization)}.`;
}
