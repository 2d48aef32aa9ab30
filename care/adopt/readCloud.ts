/** Reads the resources of a config from Google, in parallel where possible. It only reads. */
import { fullTopicName, markerOfCase } from "../../components/internal.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import {
  essentialContactsApi,
  GoogleError,
  monitoringApi,
  pubsubApi,
  resourceManagerApi,
  serviceUsageApi,
  supportApi,
  supportEventsApi,
} from "../../google/index.ts";
import type {
  AlertPolicy,
  Case,
  EssentialContact,
  NotificationChannel,
  Organization,
  Policy,
  SupportEventSubscription,
  Topic,
  Transport,
} from "../../google/index.ts";
import { readRequests, testCaseDefaults } from "../../guide/index.ts";
import type { ReadRequest } from "../../guide/index.ts";
import { withEvents } from "../google/eventPlaces.ts";
import type { Place } from "../google/eventPlaces.ts";
import { readEveryProject } from "../google/everyProject.ts";
import { organizationIdOf, readOrganization } from "../google/organization.ts";
import { placesOf } from "../../onboarding/index.ts";
import type { NamedPlace } from "../../onboarding/index.ts";
import { read } from "../google/reading.ts";
import type { Reading } from "../google/reading.ts";

/** Absent or undefined if it was not requested: the config names nothing of the kind there, or the place was not found. */
export interface PlaceReadings {
  readonly place: Place;
  readonly services?: Reading<readonly string[]> | undefined;
  readonly policy?: Reading<Policy> | undefined;
  readonly contacts?: Reading<readonly EssentialContact[]> | undefined;
  /** Open ones with the title of the config's test case, and those that a Pulumi stack created. */
  readonly cases?: Reading<readonly Case[]> | undefined;
  readonly alertPolicies?: Reading<readonly AlertPolicy[]> | undefined;
  readonly alertChannels?: Reading<readonly NotificationChannel[]> | undefined;
  /** Null if it does not exist. */
  readonly topic?: Reading<Topic | null> | undefined;
  readonly topicPolicy?: Reading<Policy | null> | undefined;
  readonly subscriptions?: Reading<readonly SupportEventSubscription[]> | undefined;
}

/** All questions about a place. */
export function readingsOf({ place: _place, ...readings }: PlaceReadings): readonly (Reading<unknown> | undefined)[] {
  return Object.values(readings);
}

export interface CloudReading {
  /** The organization of the config, as looked up. */
  readonly organization: Reading<Organization | undefined> | undefined;
  /** The projects below each folder with `everyProject`. */
  readonly everyProject: readonly Reading<readonly string[]>[];
  readonly places: readonly PlaceReadings[];
}

export async function readCloud(config: CustomerCareConfig, transport: Transport): Promise<CloudReading> {
  const [organization, everyProject] = await Promise.all([
    config.organization === undefined ? undefined : readOrganization(config.organization, transport),
    readEveryProject(config, transport),
  ]);
  const known = placesOf(config, organizationIdOf(config, organization), everyProject.resolved);
  const unfound = known.some(({ level }) => level === "organization") ? [] : organizationByDomain(config);
  const isUnfound = ({ resource }: Place) => unfound.some((one) => one.resource === resource);
  const places = await Promise.all(
    withEvents([...unfound, ...known]).map((place) =>
      isUnfound(place) ? Promise.resolve({ place }) : readPlace(place, transport),
    ),
  );
  return { organization, everyProject: everyProject.readings, places };
}

/** An organization that was not found: its place is keyed by its domain, so that its resources are still listed. */
function organizationByDomain(config: CustomerCareConfig): NamedPlace[] {
  const { domain = "" } = config.organization ?? {};
  return placesOf({ ...config, folders: {} }, domain, { projects: {} }).map((place) => ({
    ...place,
    resource: domain,
  }));
}

async function readPlace(place: Place, transport: Transport): Promise<PlaceReadings> {
  const { level, resource, grants, contacts, services, testCase, alerts, topic, subscription } = place;
  const ask = <Value>(isAsked: boolean, what: string, request: ReadRequest, question: () => Promise<Value>) =>
    isAsked ? read({ what, where: resource, ...request }, question) : undefined;
  const topicName = fullTopicName(resource, topic?.topic ?? "");
  const pubsub = pubsubApi(transport);
  const monitoring = monitoringApi(transport);
  const readings = {
    services: ask(services.length > 0, "the services", readRequests.services, () =>
      serviceUsageApi(transport).enabledServices(resource.replace("projects/", "")),
    ),
    policy: ask(grants.length > 0, "the grants", readRequests[`${level}Policy`], () =>
      resourceManagerApi(transport).getIamPolicy(resource),
    ),
    contacts: ask(contacts.length > 0, "the contacts", readRequests.contacts, () =>
      essentialContactsApi(transport).listContacts(resource),
    ),
    cases: ask(testCase !== undefined && testCase.adopt === undefined, "the open cases", readRequests.cases, () =>
      openCases(resource, testCase?.displayName ?? testCaseDefaults.displayName, transport),
    ),
    alertPolicies: ask(alerts !== undefined, "the alert policies", readRequests.alerts, () =>
      monitoring.listAlertPolicies(resource),
    ),
    alertChannels: ask(alerts !== undefined, "the notification channels", readRequests.channels, () =>
      monitoring.listNotificationChannels(resource),
    ),
    topic: ask(topic?.isExisting === false, "the topic of support events", readRequests.topic, () =>
      orNull(pubsub.getTopic(topicName)),
    ),
    topicPolicy: ask(topic !== undefined, "the grants on the topic of support events", readRequests.topicPolicy, () =>
      orNull(pubsub.getTopicPolicy(topicName)),
    ),
    subscriptions: ask(
      subscription !== undefined,
      "the subscriptions of support events",
      readRequests.subscriptions,
      () => supportEventsApi(transport).listSubscriptions(resource),
    ),
  };
  const entries = await Promise.all(
    Object.entries(readings).map(async ([key, reading]) => [key, await reading] as const),
  );
  return { place, ...(Object.fromEntries(entries) as unknown as Omit<PlaceReadings, "place">) };
}

/** Null for what does not exist. */
async function orNull<Value>(reply: Promise<Value>): Promise<Value | null> {
  return reply.catch((error: unknown) => {
    if (error instanceof GoogleError && error.status === 404) return null;
    throw error;
  });
}

/**
 * Cases directly at the place with the title, or with a stack's marker: a case that an earlier release created can have another
 * default title. The search finds the words anywhere in a case.
 */
async function openCases(parent: string, title: string, transport: Transport): Promise<Case[]> {
  const api = supportApi(transport);
  const search = (words: string) => api.searchCases(parent, `state=OPEN AND "${words.replace(/["\\]/g, " ")}"`);
  const found = (await Promise.all([search(title), search("Pulumi stack")])).flat();
  const isWanted = (one: Case) => hasTitle(one, title) || markerOfCase(one) !== undefined;
  const wanted = found.filter((one) => isWanted(one) && one.name.startsWith(parent.replace(/\/.*/, "/")));
  return [...new Map(wanted.map((one) => [one.name, one])).values()];
}

export function hasTitle({ displayName }: Case, title: string): boolean {
  return displayName.trim() === title.trim();
}
