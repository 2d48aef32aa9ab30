/** The places of a component as the checks before an update read them. */
import type * as pulumi from "@pulumi/pulumi";
import type { Level } from "../guide/index.ts";
import type { SupportEventsModel, TestCaseArgs } from "../onboarding/index.ts";
import { eventsAt } from "./obstacles/supportEvents.ts";
import { wantedAt } from "./wanted.ts";
import type { ConfiguredParts, WantedPlace } from "./wanted.ts";

/** A place with its ID in Google Cloud, and its path in the args. */
export interface NamedPlace extends WantedPlace {
  readonly id: string;
  /** The path of its ID in the args. */
  readonly idPath: readonly string[];
  /** Whether a search found the place, so that it exists. */
  readonly isFound?: boolean;
  /** The test case, with its path in the args and its name in the state. */
  readonly ofCase?: { readonly args: TestCaseArgs; readonly path: readonly string[]; readonly name: string };
}

export function placeNamed(
  level: Level,
  id: unknown,
  asked: ConfiguredParts,
  path: readonly string[],
  idPath: readonly string[],
): NamedPlace[] {
  return typeof id === "string" ? [{ id, path, idPath, wanted: wantedAt(level, `${level}s/${id}`, asked) }] : [];
}

/** @param path The path of the events in the args. */
export function eventPlaces(
  places: readonly NamedPlace[],
  organization: string | undefined,
  { project, ...events }: SupportEventsModel<pulumi.Input<string>>,
  path: readonly string[],
): NamedPlace[] {
  if (typeof project !== "string") return [...places];
  const resource = `projects/${project}`;
  const own = places.some(({ wanted }) => wanted.resource === resource)
    ? []
    : placeNamed("project", project, {}, path, [...path, "project"]);
  return [...places, ...own].map((one) => {
    const { services, ...wanted } = eventsAt(one.wanted.resource, organization, { ...events, project });
    return {
      ...one,
      eventsPath: path,
      wanted: { ...one.wanted, ...wanted, services: [...new Set([...one.wanted.services, ...services])] },
    };
  });
}
