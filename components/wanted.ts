/** The configured resources of a place, and the descriptions of each part in errors. */
import { supportEvents } from "../guide/index.ts";
import type { Level } from "../guide/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import {
  alertChannelThing,
  alertPolicyThing,
  caseThing,
  contactThing,
  grantThing,
  isFromPackage,
  serviceThing,
  subscriptionThing,
  topicThing,
} from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import type { Wanted, WantedAlerts } from "./obstacles/needs.ts";
import { fullTopicName } from "./obstacles/supportEvents.ts";
import type { WantedEvents } from "./obstacles/supportEvents.ts";

/** What the args configure at a place. */
export interface WantedPlace {
  readonly wanted: Wanted;
  /** The path of the place in the args. */
  readonly path: readonly string[];
  /** The path of its alerts, from there. @default `alerts.serviceHealth` */
  readonly alertsPath?: readonly string[];
  /** The path of the config of support events, if some are wanted. */
  readonly eventsPath?: readonly string[];
}

/** The parts of a place that a component configures. */
export type ConfiguredParts = Partial<Pick<PlaceOfArgs, "services" | "grants" | "contacts" | "alerts" | "testCase">>;

/** What a component would create at a place. Outputs are skipped, because the program may create what they name. */
export function wantedAt(
  level: Level,
  resource: string,
  { services = [], grants = [], contacts = [], alerts, testCase }: ConfiguredParts,
): Wanted {
  const known = grants.flatMap(({ role, member }) => (typeof member === "string" ? [{ role, member }] : []));
  return { level, resource, services, grants: known, contacts, alerts, testCase };
}

/** The part that is not in the state yet. */
export function newlyWanted(wanted: Wanted, state: FormerState): Wanted {
  const { resource, topic, subscription } = wanted;
  const isNew = (thing: string) => state.urnsOf(thing).length === 0;
  const { servicesAndCases: present } = state;
  return {
    ...wanted,
    services: wanted.services.filter((service) => !present.has(serviceThing(service, resource))),
    grants: wanted.grants.filter(({ role, member }) => isNew(grantThing(role, member, resource))),
    contacts: wanted.contacts.filter(({ email }) => isNew(contactThing(email, resource))),
    alerts: wanted.alerts && newAlerts(wanted.alerts, resource, state),
    testCase: present.has(caseThing(resource)) ? undefined : wanted.testCase,
    topic: topicThings(resource, topic).slice(0, 1).some(isNew) ? topic : undefined,
    subscription: subscriptionThings(resource, subscription).every(isNew) ? subscription : undefined,
  };
}

/** A policy of the state changes for a channel that it does not have yet. Policies and channels of no component do not count. */
function newAlerts(alerts: WantedAlerts, resource: string, state: FormerState): WantedAlerts | undefined {
  const policies = state.urnsOf(alertPolicyThing(resource));
  const own = policies.filter(isFromPackage);
  const present = own.flatMap(
    (urn) => (state.resources[urn]?.outputs["notificationChannels"] ?? []) as readonly unknown[],
  );
  const addresses = alerts.addresses.filter(
    (email) => !state.urnsOf(alertChannelThing(email, resource)).some(isFromPackage),
  );
  const channels = alerts.channels.filter((channel) => !present.includes(channel));
  const isNew = own.length === 0;
  const plain = policies.flatMap((urn) => (isFromPackage(urn) ? [] : (state.idOf(urn) ?? [])));
  return isNew || addresses.length + channels.length > 0
    ? { addresses, channels, isNew, plain, whole: alerts }
    : undefined;
}

/** The topic, if the program creates it, and the grant of the publisher: an existing topic can have the grant in the state. */
function topicThings(resource: string, topic: WantedEvents["topic"]): string[] {
  if (topic === undefined) return [];
  const grant = grantThing(supportEvents.publisherRole, supportEvents.publisher, fullTopicName(resource, topic.topic));
  return topic.isExisting ? [grant] : [topicThing(topic.topic, resource), grant];
}

const subscriptionThings = (resource: string, topic: string | undefined) =>
  topic === undefined ? [] : [subscriptionThing(resource, topic)];

export function thingsIn({
  resource,
  services,
  grants,
  contacts,
  alerts,
  testCase,
  topic,
  subscription,
}: Wanted): string[] {
  return [
    ...services.map((service) => serviceThing(service, resource)),
    ...grants.map(({ role, member }) => grantThing(role, member, resource)),
    ...contacts.map(({ email }) => contactThing(email, resource)),
    ...(alerts === undefined ? [] : alertThingsIn(alerts, resource)),
    ...(testCase === undefined ? [] : [caseThing(resource)]),
    ...topicThings(resource, topic),
    ...subscriptionThings(resource, subscription),
  ];
}

function alertThingsIn({ addresses, channels, isNew = true }: WantedAlerts, resource: string): string[] {
  const policy = isNew || channels.length > 0 ? [alertPolicyThing(resource)] : [];
  return [...policy, ...addresses.map((email) => alertChannelThing(email, resource))];
}

export const nothing = {
  services: [],
  grants: [],
  contacts: [],
  alerts: undefined,
  testCase: undefined,
  topic: undefined,
  subscription: undefined,
};

export const emptyWanted = (resource: string): Wanted => ({ level: "project", resource, ...nothing });
