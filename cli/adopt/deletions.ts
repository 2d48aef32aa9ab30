/** What the stack has and the config does not name any more: the next update deletes it. */
import type { CustomerCareConfig } from "../../config/index.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { Managed } from "../stack/managed.ts";
import type { Left } from "./left.ts";
import type { CloudReading } from "./readCloud.ts";
import type { Thing, WantedResource } from "./resources.ts";

/** A place whose part of the config could not be looked up is not judged: the preview would fail there, too. */
export function deletionsOf(
  managed: readonly Managed[],
  wanted: readonly WantedResource[],
  config: CustomerCareConfig,
  { organization, everyProject, places }: CloudReading,
): Managed[] {
  const isOrganizationKnown =
    config.organization === undefined || config.organization.id !== undefined || organization?.value !== undefined;
  const areProjectsKnown = everyProject.every(({ error }) => error === undefined);
  const numbers = new Map(
    places.map(({ place, contacts }) => [place.resource, contacts?.value?.[0]?.name.split("/").slice(0, 2).join("/")]),
  );
  const isPlace = (resource: string, { place }: WantedResource) =>
    place.resource === resource || numbers.get(place.resource) === resource || isSomeNumber(resource, place.resource);
  return managed.filter(({ kind, resource, thing }) => {
    if (kind === "case") return config.testCase === undefined;
    if (resource.startsWith("organizations/") && !isOrganizationKnown) return false;
    if (resource.startsWith("projects/") && !areProjectsKnown) return false;
    return !wanted.some((one) => one.thing.kind === kind && thingOf(one.thing) === thing && isPlace(resource, one));
  });
}

/** The number of a project that may be any of the config's. */
function isSomeNumber(resource: string, place: string): boolean {
  return /^projects\/\d+$/.test(resource) && place.startsWith("projects/");
}

function thingOf(thing: Thing): string {
  if (thing.kind === "service") return thing.service;
  return thing.kind === "grant" ? grantThing(thing.role, thing.member) : contactThing(thing.email);
}

/** What the update deletes is not left to others. */
export function isDeleted(left: Left, deletions: readonly Managed[]): boolean {
  if (left.kind === "grant" && left.condition !== undefined) return false;
  const thing = left.kind === "grant" ? grantThing(left.role, left.member) : contactThing(left.email);
  const places = [left.where, ...(left.kind === "contact" ? [left.name.split("/").slice(0, 2).join("/")] : [])];
  return deletions.some((one) => one.kind === left.kind && one.thing === thing && places.includes(one.resource));
}
