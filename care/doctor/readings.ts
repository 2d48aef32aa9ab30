/** The readings for the checks, and functions that several checks need. */
import { createsAnything, fullTopicName, needsOf, obstacleOf, refusalsAt } from "../../components/internal.ts";
import type { ClosedProblem, Obstacle, Refusal, Sight } from "../../components/internal.ts";
import type { AlertPolicy, SupportEventSubscription } from "../../google/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import type { Place } from "../google/eventPlaces.ts";
import type { FindingLevel } from "./finding.ts";
import type { GoogleReading, PlaceReadings } from "./readGoogle.ts";
import type { StackCase } from "../case/stackCase.ts";
import type { Reading } from "../google/reading.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { Managed, ManagedKind } from "../stack/managed.ts";
import type { StackReading } from "../stack/readStack.ts";
import type { StatesReading } from "../stack/states.ts";

/** Absent if it was not requested. */
export interface TestCaseReading {
  /** The place of the test case. */
  readonly resource?: string;
  /** Why the classification cannot be used; undefined if it exists. */
  readonly classification?: Reading<string | undefined>;
  /** Why the case cannot be changed or adopted. */
  readonly problem?: Reading<ClosedProblem | undefined>;
  /** Whether the next update creates the case. */
  readonly isNew?: boolean;
  /** Open cases with the name of the stack's test case that may not be its own. */
  readonly others?: Reading<readonly StackCase[]>;
  /** Open cases of a life in the state, if the config has no test case any more. */
  readonly left?: Reading<readonly StackCase[]>;
}

/** A resource of the state that the config no longer has. The thing of a notification channel is Google's name. */
export type Deletion = Pick<Managed, "urn" | "type" | "resource" | "thing" | "id"> & {
  readonly kind: Managed["kind"] | "channel";
  /** Of a notification channel. */
  readonly email?: string;
};

export interface DeletionReadings {
  /** In the order in which they can be removed from the state. */
  readonly deletions: readonly Deletion[];
  /** The obstacles at the places of the deletions. */
  readonly obstacles: ReadonlyMap<string, Obstacle>;
  /** Whether the caller sees any place. One who sees none probably only reviews the config. */
  readonly hasSeenAny: boolean;
  /** The alert policies of each project with a deleted channel. */
  readonly policies: readonly Reading<readonly AlertPolicy[]>[];
  /** The deleted subscriptions. */
  readonly subscriptions: readonly Reading<SupportEventSubscription>[];
}

export interface Readings {
  readonly stack: Pick<StackReading, "name" | "project" | "workDir">;
  readonly states: StatesReading;
  readonly config: CustomerCareConfig;
  readonly google: GoogleReading;
  /** Undefined if no test case will be created, or its place cannot be read. */
  readonly testCase: TestCaseReading | undefined;
  readonly deletions: DeletionReadings;
}

/** The permissions that the config needs at the place and the caller lacks; none if they could not be read. */
export function missingPermissions({ place, permissions }: PlaceReadings): string[] {
  const { value: granted } = permissions;
  if (granted === undefined) return [];
  return needsOf(place).flatMap((need) => need.permissions.filter((permission) => !granted.includes(permission)));
}

const seesNothing: Sight = { anOrganization: false, allProjects: false, allFolders: false };

/** The project's ID and its number: a state has either. */
export function namesOf({ place, project }: PlaceReadings): ReadonlySet<string> {
  return new Set([place.resource, project?.value?.name ?? place.resource]);
}

/** The resources of the config at the place that are not in the state yet: an update creates them. */
export function newAt(at: PlaceReadings, { claims, managed }: StatesReading): Place {
  const { place } = at;
  const names = namesOf(at);
  const isIn = (things: readonly { readonly resource: string; readonly thing: string }[], thing: string) =>
    things.some((one) => names.has(one.resource) && one.thing === thing);
  const has = (what: ManagedKind) => managed.some(({ kind, resource }) => kind === what && names.has(resource));
  return {
    ...place,
    services: place.services.filter((service) => !isIn(managed, service)),
    grants: place.grants.filter(({ role, member }) => !isIn(claims, grantThing(role, member))),
    contacts: place.contacts.filter(({ email }) => !isIn(claims, contactThing(email))),
    alerts: newAlerts(
      place,
      managed.filter(({ kind, resource }) => kind === "alerts" && names.has(resource)),
    ),
    testCase: has("case") ? undefined : place.testCase,
    topic: isTopicIn(managed, place) ? undefined : place.topic,
    subscription: isIn(managed, place.subscription ?? "") ? undefined : place.subscription,
  };
}

/** A policy of the state changes for a channel that it does not have yet. */
function newAlerts({ alerts }: Place, deployed: StatesReading["managed"]): Place["alerts"] {
  if (alerts === undefined || deployed.length === 0) return alerts;
  const channels = alerts.channels.filter((channel) => !deployed.some((policy) => policy.channels?.includes(channel)));
  return channels.length === 0 ? undefined : { ...alerts, addresses: [], channels, isNew: false };
}

/** Whether the state has the topic, or, for an existing topic, the grant on it. */
function isTopicIn(managed: StatesReading["managed"], { resource, topic }: Place): boolean {
  if (topic === undefined) return false;
  const first: ManagedKind = topic.isExisting ? "publisher" : "topic";
  return managed.some(({ kind, thing }) => kind === first && thing === fullTopicName(resource, topic.topic));
}

/** The other stacks whose state has such a resource at the place. */
export function stacksWith(
  readings: PlaceReadings,
  { others }: StatesReading,
  isMeant: (one: Managed) => boolean,
): readonly string[] {
  const names = namesOf(readings);
  return others
    .filter(({ managed = [] }) => managed.some((one) => names.has(one.resource) && isMeant(one)))
    .map(({ name }) => name);
}

/**
 * The level of a finding about a whole place: a warning if the state has all resources of the config there, because an update then
 * changes none of them.
 */
export function levelOfPlace(at: PlaceReadings, states: StatesReading): FindingLevel {
  const names = namesOf(at);
  const isDeployed = [...states.claims, ...states.managed].some(({ resource }) => names.has(resource));
  return isDeployed && !createsAnything(newAt(at, states)) ? "warning" : "error";
}

/** What Google would refuse there in an update, by the same code as in the preview. */
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

/** What blocks an update of the whole place, by the same code as in the preview. */
export function obstacleAt(readings: PlaceReadings, sight: Sight = seesNothing): Obstacle | undefined {
  const { place, permissions, project, folder, organization, billing } = readings;
  const self = project ?? folder ?? organization;
  if (self === undefined) return undefined;
  return obstacleOf(place.resource, { self, billing, held: permissions.value }, sight);
}

/** Whether the caller has no permission there, not even to see it. The place may not exist. */
export function isUnseen(readings: PlaceReadings): boolean {
  const kind = obstacleAt(readings)?.kind;
  return kind === "absent" || kind === "unseen";
}
