/** All that the checks look at, and what several of them ask of it. */
import { createsAnything, needsOf, refusalsAt } from "../../components/internal.ts";
import type { ClosedProblem, Refusal } from "../../components/internal.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { obstacleOf } from "../../google/index.ts";
import type { Obstacle, Sight } from "../../google/index.ts";
import type { FindingLevel } from "./finding.ts";
import type { GoogleReading, PlaceReadings } from "./readGoogle.ts";
import type { StackCase } from "../case/stackCase.ts";
import type { Reading } from "../google/reading.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { NamedPlace as Place } from "../../onboarding/index.ts";
import type { StackReading } from "../stack/readStack.ts";
import type { StatesReading } from "../stack/states.ts";

/** What is absent was not asked for. */
export interface TestCaseReading {
  /** Where the test case is to be. */
  readonly resource?: string;
  /** Why the classification cannot be used; undefined where it exists. */
  readonly classification?: Reading<string | undefined>;
  /** What cannot be done with the case: it is closed, or it cannot be adopted. */
  readonly problem?: Reading<ClosedProblem | undefined>;
  /** Open cases that bear the name of the stack's test case, and that are not known to be its own. */
  readonly others?: Reading<readonly StackCase[]>;
  /** Open cases of a life of the state, where the config has no test case any more. */
  readonly left?: Reading<readonly StackCase[]>;
}

export interface Readings {
  readonly stack: Pick<StackReading, "name" | "project" | "workDir">;
  readonly states: StatesReading;
  readonly config: CustomerCareConfig;
  readonly google: GoogleReading;
  /** Undefined where no test case is to be made, or where its place cannot be asked. */
  readonly testCase: TestCaseReading | undefined;
}

/** The permissions that the config needs at the place and the caller lacks; none where they could not be asked. */
export function missingPermissions({ place, permissions }: PlaceReadings): string[] {
  const { value: held } = permissions;
  if (held === undefined) return [];
  return needsOf(place).flatMap((need) => need.permissions.filter((permission) => !held.includes(permission)));
}

const blind: Sight = { anOrganization: false, allProjects: false, allFolders: false };

/** By the project's ID and by its number: a state has either. */
export function namesOf({ place, project }: PlaceReadings): ReadonlySet<string> {
  return new Set([place.resource, project?.value?.name ?? place.resource]);
}

/** What the config has at the place and the stack does not have in its state yet: an update creates that. */
export function newAt(at: PlaceReadings, { claims, managed }: StatesReading): Place {
  const { place } = at;
  const names = namesOf(at);
  const isIn = (things: readonly { readonly resource: string; readonly thing: string }[], thing: string) =>
    things.some((one) => names.has(one.resource) && one.thing === thing);
  const hasCase = managed.some(({ kind, resource }) => kind === "case" && names.has(resource));
  return {
    ...place,
    services: place.services.filter((service) => !isIn(managed, service)),
    grants: place.grants.filter(({ role, member }) => !isIn(claims, grantThing(role, member))),
    contacts: place.contacts.filter(({ email }) => !isIn(claims, contactThing(email))),
    testCase: hasCase ? undefined : place.testCase,
  };
}

/**
 * The level of a place that is not ready: a warning if the state has all that the config has there, because an update then touches
 * nothing of it.
 */
export function levelOfPlace(at: PlaceReadings, states: StatesReading): FindingLevel {
  const names = namesOf(at);
  const isDeployed = [...states.claims, ...states.managed].some(({ resource }) => names.has(resource));
  return isDeployed && !createsAnything(newAt(at, states)) ? "warning" : "error";
}

/** What an update would be refused there, by the code that the program's preview decides with. */
export function refusalsHere(readings: PlaceReadings, { states, google }: Readings): readonly Refusal[] {
  const { place } = readings;
  const isBefore = (other: PlaceReadings) =>
    other.place === place ||
    other.place.level === "organization" ||
    (other.place.level === "folder" && place.level === "project");
  return refusalsAt(
    newAt(readings, states),
    readings,
    {
      memberOrganizations: google.memberOrganizations,
      caller: google.caller.principal,
      grantedFirst: google.places.filter(isBefore).flatMap((other) => newAt(other, states).grants),
    },
    place,
  );
}

/** What stands in the way of an update at a place as a whole, by the code that the program's preview decides with. */
export function obstacleAt(readings: PlaceReadings, sight: Sight = blind): Obstacle | undefined {
  const { place, permissions, project, folder, organization, billing } = readings;
  const self = project ?? folder ?? organization;
  if (self === undefined) return undefined;
  return obstacleOf(place.resource, { self, billing, held: permissions.value }, sight);
}

/** Whether the caller has nothing at all there, not even the right to see it: it may not be there. */
export function isUnseen(readings: PlaceReadings): boolean {
  const kind = obstacleAt(readings)?.kind;
  return kind === "absent" || kind === "unseen";
}
