/** Which role the caller lacks, at which level, and who can grant it. */
import type { Policy } from "../../../google/index.ts";
import type { Level } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import { grantingRoles, needsOf } from "../permissions.ts";
import type { GoogleReading, PlaceReadings } from "../readGoogle.ts";
import { isUnseen, obstacleAt } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { grantCommand } from "../remedies.ts";

export function permissionFindings({ google }: Readings): Finding[] {
  return google.places
    .filter((readings) => !isTold(readings, google))
    .flatMap((readings) => findingsAt(readings, google));
}

/** Whether another finding tells that the place may not be there. Of a folder, the permissions are named unless it surely is not. */
function isTold(readings: PlaceReadings, { sight }: GoogleReading): boolean {
  if (readings.place.level === "folder") return obstacleAt(readings, sight)?.kind === "absent";
  return isUnseen(readings);
}

function findingsAt({ place, permissions, policy }: PlaceReadings, { caller, places }: GoogleReading): Finding[] {
  const { value: held } = permissions;
  if (held === undefined) return [];
  return needsOf(place).flatMap(({ purpose, role, displayName, permissions: wanted }): Finding[] => {
    const missing = wanted.filter((permission) => !held.includes(permission));
    if (missing.length === 0) return [];
    const above = places.find((other) => other.place.level === "organization" && other.place !== place);
    const granters = grantersOf(place.level, [policy?.value, above?.policy?.value]);
    return [
      {
        id: "permission-missing",
        level: "error",
        where: place.resource,
        what: `To ${purpose}, the caller lacks ${displayName} (${role}): ${missing.join(", ")}. ${granters}`,
        remedy: grantCommand(place.resource, caller.principal, role),
      },
    ];
  });
}

/** As far as the policies could be read. */
function grantersOf(level: Level, policies: readonly (Policy | undefined)[]): string {
  const members = policies.flatMap((policy) =>
    (policy?.bindings ?? [])
      .filter(({ role, condition }) => condition === undefined && grantingRoles[level].includes(role))
      .flatMap((binding) => binding.members ?? []),
  );
  const named = [...new Set(members)].sort();
  if (named.length > 0) return `It can be granted by ${named.join(", ")}.`;
  return "It can be granted by an Organization Administrator (roles/resourcemanager.organizationAdmin).";
}
