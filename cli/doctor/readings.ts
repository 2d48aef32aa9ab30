/** All that the checks look at, and what several of them ask of it. */
import type { CustomerCareConfig } from "../../config/index.ts";
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

/** Whether the caller has nothing at all there, not even the right to see it: it may not be there. */
export function isOutOfSight(readings: PlaceReadings): boolean {
  const { place, permissions, project } = readings;
  if (permissions.value === undefined || permissions.value.length > 0) return false;
  if (place.level === "project") return project?.error?.status === 403 || project?.error?.status === 404;
  return needsOf(place).length > 0;
}

/** Whether it is there, and not on its way out. */
export function isActive({ project }: PlaceReadings): boolean {
  return project?.value === undefined || project.value.state === "ACTIVE";
}
