import type { PlaceReadings } from "./readings.ts";

/** Whether all else of the place can be told: a project may be gone, or marked for deletion. */
export function isThere({ project }: PlaceReadings): boolean {
  return project === undefined || project.value?.state === "ACTIVE";
}
