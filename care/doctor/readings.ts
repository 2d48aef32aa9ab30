/** All that the checks look at, and what several of them ask of it. */
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { obstacleOf } from "../../google/index.ts";
import type { Obstacle, Sight } from "../../google/index.ts";
import { needsOf } from "./permissions.ts";
import type { GoogleReading, PlaceReadings } from "./readGoogle.ts";
import type { StackReading } from "../stack/readStack.ts";
import type { StatesReading } from "../stack/states.ts";

export interface Readings {
  readonly stack: Pick<StackReading, "name" | "project">;
  readonly states: StatesReading;
  readonly config: CustomerCareConfig;
  readonly google: GoogleReading;
}

/** The permissions that the config needs at the place and the caller lacks; none where they could not be asked. */
export function missingPermissions({ place, permissions }: PlaceReadings): string[] {
  const { value: held } = permissions;
  if (held === undefined) return [];
  return needsOf(place).flatMap((need) => need.permissions.filter((permission) => !held.includes(permission)));
}

const blind: Sight = { anOrganization: false, allProjects: false, allFolders: false };

/** What stands in the way of an update at a project or a folder, by the code that the program's preview decides with. */
export function obstacleAt(readings: PlaceReadings, sight: Sight = blind): Obstacle | undefined {
  const { place, permissions, project, folder, billing } = readings;
  const self = project ?? folder;
  if (self === undefined) return undefined;
  return obstacleOf(place.resource, { self, billing, held: permissions.value }, sight);
}

/** Whether the caller has nothing at all there, not even the right to see it: it may not be there. */
export function isUnseen(readings: PlaceReadings): boolean {
  const { place, permissions } = readings;
  if (place.level === "organization") return permissions.value?.length === 0 && needsOf(place).length > 0;
  const kind = obstacleAt(readings)?.kind;
  return kind === "absent" || kind === "unseen";
}
