/** Reads each place of the stack, and all places above it. */
import { isPublisher, servicesOff } from "../../components/internal.ts";
import {
  billingApi,
  essentialContactsApi,
  GoogleError,
  monitoringApi,
  pubsubApi,
  recommenderApi,
  resourceManagerApi,
  serviceHealthApi,
  serviceUsageApi,
  supportEventsApi,
} from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import {
  insightTypes,
  isForServiceHealth,
  levelOf,
  levels,
  readRequests,
  recommenderLocation,
  recommenders,
  supportEvents,
} from "../../guide/index.ts";
import type { ReadRequest, ResourceName } from "../../guide/index.ts";
import { read } from "../google/reading.ts";
import type { Reading } from "../google/reading.ts";
import type { Place } from "../google/eventPlaces.ts";
import type { Advice, Alerting, PlaceReadings, TopicReadings } from "./readings.ts";

/** How far back ended events are read, in milliseconds. */
export const recent = 30 * 24 * 60 * 60 * 1000;

/**
 * @param asked The config of each place, by its resource.
 * @param ofStack All places of the stack.
 */
export async function readPlaces(
  asked: ReadonlyMap<ResourceName, Place>,
  ofStack: ReadonlySet<ResourceName>,
  transport: Transport,
  now: Date,
): Promise<PlaceReadings[]> {
  const found = new Map<ResourceName, Promise<PlaceReadings>>();
  const readOnce = (resource: ResourceName): Promise<PlaceReadings> => {
    const known = found.get(resource);
    if (known !== undefined) return known;
    const place = readPlace(resource, asked.get(resource), ofStack.has(resource), transport, now);
    found.set(resource, place);
    return place;
  };
  const readUpwards = async (resource: ResourceName): Promise<void> => {
    const { parent } = await readOnce(resource);
    if (parent !== undefined) await readUpwards(parent);
  };
  await Promise.all([...ofStack].map(readUpwards));
  const all = await Promise.all(found.values());
  const rank = ({ level }: PlaceReadings) => levels.indexOf(level);
  return all.sort((one, other) => rank(one) - rank(other) || (one.resource < other.resource ? -1 : 1));
}

async function readPlace(
  resource: ResourceName,
  place: Place | undefined,
  isOfStack: boolean,
  transport: Transport,
  now: Date,
): Promise<PlaceReadings> {
  const level = levelOf(resource);
  const id = resource.split("/")[1] ?? "";
  const api = resourceManagerApi(transport);
  const ask = askAbout(resource);
  const policy = ask("the grants", readRequests[`${level}Policy`], () => api.getIamPolicy(resource));
  const contacts = ask("the contacts", readRequests.contacts, () =>
    essentialContactsApi(transport).computeContacts(resource),
  );
  const self = ask<{ readonly displayName?: string; readonly parent?: string }>(
    `the ${level}`,
    readRequests[level],
    async () => {
      if (level === "organization") return api.getOrganization(id);
      return level === "folder" ? api.getFolder(id) : api.getProject(id);
    },
  );
  const more =
    level === "project"
      ? readProject(id, transport, now, ask)
      : place?.subscription === undefined
        ? Promise.resolve({})
        : readSupportEvents(place.subscription, transport, ask);
  const [selfRead, policyRead, contactsRead, moreRead] = await Promise.all([self, policy, contacts, more]);
  return {
    level,
    resource,
    place,
    isOfStack,
    self: selfRead,
    policy: policyRead,
    contacts: contactsRead,
    ...moreRead,
    ...(level === "project" ? { project: selfRead as NonNullable<PlaceReadings["project"]> } : {}),
    displayName: selfRead.value?.displayName,
    parent: selfRead.value?.parent,
  };
}

type Ask = <Value>(
  what: string,
  request: ReadRequest,
  question: (where: ResourceName) => Promise<Value>,
) => Promise<Reading<Value>>;

const askAbout =
  (where: ResourceName): Ask =>
  (what, request, question) =>
    read({ what, where, ...request }, () => question(where));

async function readProject(id: string, transport: Transport, now: Date, ask: Ask) {
  const billing = ask("the billing", readRequests.billing, () => billingApi(transport).getBillingInfo(id));
  const services = await ask("the services", readRequests.services, () =>
    serviceUsageApi(transport).enabledServices(id),
  );
  // A disabled API only returns that error.
  const mayAnswer = (service: string) => services.value === undefined || services.value.includes(service);
  const ofService = <Value>(what: string, request: ReadRequest, question: () => Promise<Value>) =>
    mayAnswer(request.service) ? ask(what, request, question) : undefined;
  const [billingRead, events, advice, alerting] = await Promise.all([
    billing,
    ofService("the incidents", readRequests.incidents, () =>
      serviceHealthApi(transport).listEvents(id, new Date(now.getTime() - recent)),
    ),
    ofService("the recommendations", readRequests.recommendations, () => readAdvice(id, transport)),
    ofService("the alerts", readRequests.alerts, () => readAlerting(id, transport)),
  ]);
  return {
    billing: billingRead,
    services,
    ...(events && { events }),
    ...(advice && { advice }),
    ...(alerting && { alerting }),
  };
}

/** The subscriptions of an organization, and the topic of the config: `projects/ID/topics/NAME`. */
async function readSupportEvents(name: string, transport: Transport, ask: Ask) {
  const subscriptions = ask("the subscriptions of support events", readRequests.subscriptions, (where) =>
    supportEventsApi(transport).listSubscriptions(where),
  );
  return { eventTopic: await readTopic(name, transport), subscriptions: await subscriptions };
}

async function readTopic(name: string, transport: Transport): Promise<TopicReadings> {
  const [, id = ""] = name.split("/");
  const ask = askAbout(`projects/${id}`);
  const api = pubsubApi(transport);
  const enabledServices = await ask("the services", readRequests.services, () =>
    serviceUsageApi(transport).enabledServices(id),
  );
  if (servicesOff([supportEvents.service], enabledServices.value).length > 0) return { enabledServices };
  const [topic, topicPolicy] = await Promise.all([
    ask("the topic of support events", readRequests.topic, () => api.getTopic(name)),
    ask("the grants on the topic of support events", readRequests.topicPolicy, () => api.getTopicPolicy(name)),
  ]);
  if (topicPolicy.value === undefined || isPublisher(topicPolicy)) return { enabledServices, topic, topicPolicy };
  const policy = await ask("the grants", readRequests.projectPolicy, () =>
    resourceManagerApi(transport).getIamPolicy(`projects/${id}`),
  );
  return { enabledServices, topic, topicPolicy, policy };
}

async function readAlerting(project: string, transport: Transport): Promise<Alerting> {
  const api = monitoringApi(transport);
  const policies = (await api.listAlertPolicies(`projects/${project}`)).filter(isForServiceHealth);
  const channels = policies.length === 0 ? [] : await api.listNotificationChannels(`projects/${project}`);
  return { policies, channels };
}

/** The recommendations and insights of a project: of each recommender at each location that has any. */
async function readAdvice(project: string, transport: Transport): Promise<Advice> {
  const api = recommenderApi(transport);
  const locations = await api.listLocations(project);
  const errors: GoogleError[] = [];
  const ofAll = async <Item>(
    types: typeof recommenders,
    list: (project: string, location: string, type: string) => Promise<Item[]>,
  ): Promise<Item[]> => {
    const asked = locations.flatMap((location) =>
      Object.entries(types)
        .filter(([, kinds]) => kinds.includes(recommenderLocation(location)))
        .map(([type]) =>
          list(project, location, type).catch((error: unknown) => {
            if (!(error instanceof GoogleError)) throw error;
            errors.push(error);
            return [];
          }),
        ),
    );
    return (await Promise.all(asked)).flat();
  };
  const [recommendations, insights] = await Promise.all([
    ofAll(recommenders, (...of) => api.listRecommendations(...of)),
    ofAll(insightTypes, (...of) => api.listInsights(...of)),
  ]);
  return { recommendations, insights, errors };
}
