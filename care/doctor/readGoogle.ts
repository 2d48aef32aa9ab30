/** Reads from Google everything that the checks need, in parallel where possible. It only reads. */
import {
  fullTopicName,
  permissionsToAsk,
  readMemberOrganizations,
  readPolicies,
  readSight,
} from "../../components/internal.ts";
import type { MemberOrganizations, Sight } from "../../components/internal.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { readRequests } from "../../guide/index.ts";
import type { ReadRequest } from "../../guide/index.ts";
import {
  billingApi,
  callerPrincipal,
  credentialQuotaProject,
  essentialContactsApi,
  GoogleError,
  isOutOfSight,
  monitoringApi,
  quotaProjectOf,
  pubsubApi,
  resourceManagerApi,
  serviceUsageApi,
  supportApi,
  supportEventsApi,
} from "../../google/index.ts";
import type {
  AlertPolicy,
  BillingInfo,
  EffectivePolicy,
  EssentialContact,
  Folder,
  NotificationChannel,
  Organization,
  Policy,
  Project,
  SupportEventSubscription,
  Topic,
  Transport,
} from "../../google/index.ts";
import { readEveryProject } from "../google/everyProject.ts";
import { organizationIdOf, readOrganization } from "../google/organization.ts";
import { read } from "../google/reading.ts";
import type { Reading } from "../google/reading.ts";
import { placesOf } from "../../onboarding/index.ts";
import { withEvents } from "../google/eventPlaces.ts";
import type { Place } from "../google/eventPlaces.ts";

export interface PlaceReadings {
  readonly place: Place;
  /** The caller's permissions, of those that the config needs there and those that make the place visible. */
  readonly permissions: Reading<readonly string[]>;
  readonly policy?: Reading<Policy>;
  readonly contacts?: Reading<readonly EssentialContact[]>;
  readonly project?: Reading<Project>;
  readonly folder?: Reading<Folder>;
  readonly organization?: Reading<Organization>;
  readonly billing?: Reading<BillingInfo>;
  /** The policies of the constraints that can reject something of the config, by constraint. */
  readonly orgPolicies: Readonly<Record<string, Reading<EffectivePolicy>>>;
  /** The enabled services of a project with alerts or the topic of support events, or of one that is its own quota project. */
  readonly enabledServices?: Reading<readonly string[]>;
  /** The alert policies and the notification channels of a project with alerts. */
  readonly alertPolicies?: Reading<readonly AlertPolicy[]>;
  readonly alertChannels?: Reading<readonly NotificationChannel[]>;
  /** The topic of support events. */
  readonly topic?: Reading<Topic>;
  readonly topicPolicy?: Reading<Policy>;
  /** The subscriptions of an organization with support events. */
  readonly subscriptions?: Reading<readonly SupportEventSubscription[]>;
  /** Whether the cases are readable. */
  readonly cases?: Reading<boolean>;
}

export interface Caller {
  /** Such as `user:ada@example.com`; undefined if Google does not return it. */
  readonly principal: string | undefined;
  /** The quota project; undefined if there is none, or if each request uses that of its own project. */
  readonly quotaProject: string | undefined;
  /** Whether a request about a project uses that project's quota: `gcp:userProjectOverride` without a billing project. */
  readonly usesOwnProjects: boolean;
  /** The quota project in the gcp provider's requests for contacts. It never uses the one in the credential. */
  readonly quotaProjectForContacts?: string | undefined;
}

export interface GoogleReading {
  readonly caller: Caller;
  /** The enabled services of the quota project. */
  readonly quotaServices: Reading<readonly string[]> | undefined;
  /** The organization of the config, as looked up. */
  readonly organization: Reading<Organization | undefined> | undefined;
  /** The projects below each folder with `everyProject`. */
  readonly everyProject: readonly Reading<readonly string[]>[];
  readonly places: readonly PlaceReadings[];
  /** What the caller would see if it existed; undefined if every place is visible. */
  readonly sight: Sight | undefined;
  /** The organizations that the policies of `memberConstraints` allow, and those of the config's members. */
  readonly memberOrganizations: MemberOrganizations;
}

export async function readGoogle(config: CustomerCareConfig, transport: Transport): Promise<GoogleReading> {
  const caller = await readCaller(transport);
  const { quotaProject } = caller;
  const [quotaServices, organization, everyProject] = await Promise.all([
    quotaProject === undefined ? undefined : readQuotaServices(quotaProject, transport),
    config.organization === undefined ? undefined : readOrganization(config.organization, transport),
    readEveryProject(config, transport),
  ]);
  const all = withEvents(placesOf(config, organizationIdOf(config, organization), everyProject.resolved));
  const places = await Promise.all(all.map((place) => readPlace(place, caller, quotaServices, transport)));
  const [sight, memberOrganizations] = await Promise.all([
    places.some(({ project, folder, organization: self }) => isOutOfSight((project ?? folder ?? self)?.error))
      ? readSight(transport)
      : undefined,
    readMemberOrganizations(
      transport,
      places.map(({ place: { grants }, orgPolicies }) => ({ grants, policies: orgPolicies })),
    ),
  ]);
  return {
    caller,
    quotaServices,
    organization,
    everyProject: everyProject.readings,
    places,
    sight,
    memberOrganizations,
  };
}

/** @throws GoogleError if there is no credential */
async function readCaller(transport: Transport): Promise<Caller> {
  const { settings } = transport;
  const ofCredential = await credentialQuotaProject(settings);
  const principal = await callerPrincipal(transport).catch((error: unknown) => {
    // A federated principal has no address. Other errors show in the other requests.
    if (error instanceof GoogleError && error.request !== "credentials") return undefined;
    throw error;
  });
  const own = /^serviceAccount:[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/.exec(principal ?? "")?.[1];
  const configured = quotaProjectOf(settings, undefined);
  const usesOwnProjects = settings.userProjectOverride && configured === undefined;
  return {
    principal,
    quotaProject: configured ?? ofCredential ?? (usesOwnProjects ? undefined : own),
    usesOwnProjects,
    quotaProjectForContacts: configured,
  };
}

function readQuotaServices(project: string, transport: Transport) {
  const question = {
    what: "the services of the quota project",
    where: `projects/${project}`,
    ...readRequests.services,
  };
  return read(question, () => serviceUsageApi(transport).enabledServices(project));
}

async function readPlace(
  place: Place,
  caller: Caller,
  quotaServices: Reading<readonly string[]> | undefined,
  transport: Transport,
): Promise<PlaceReadings> {
  const { level, resource, contacts, services, alerts, testCase, topic, subscription } = place;
  const resourceManager = resourceManagerApi(transport);
  const id = resource.split("/")[1] ?? "";
  const ask = <Value>(isAsked: boolean, what: string, request: ReadRequest, question: () => Promise<Value>) =>
    isAsked ? read({ what, where: resource, ...request }, question) : undefined;
  const needsServices =
    alerts !== undefined ||
    topic !== undefined ||
    (level === "project" && caller.usesOwnProjects && (services.length > 0 || testCase !== undefined));
  const readings = {
    permissions: read({ what: "the caller's permissions", where: resource, service: readRequests[level].service }, () =>
      resourceManager.testIamPermissions(resource, permissionsToAsk(place)),
    ),
    // Also if the config grants nothing: the policy shows who can grant what the caller lacks.
    policy: ask(true, "the grants", readRequests[`${level}Policy`], () => resourceManager.getIamPolicy(resource)),
    contacts: ask(contacts.length > 0, "the contacts", readRequests.contacts, () =>
      essentialContactsApi(transport).listContacts(resource),
    ),
    project: ask(level === "project", "the project", readRequests.project, () => resourceManager.getProject(id)),
    folder: ask(level === "folder", "the folder", readRequests.folder, () => resourceManager.getFolder(id)),
    // An organization given by its number need not be visible: only the permissions count.
    organization: ask(level === "organization", "the organization", readRequests.organization, () =>
      resourceManager.getOrganization(id),
    ),
    billing: ask(level === "project", "the billing", readRequests.billing, () =>
      billingApi(transport).getBillingInfo(id),
    ),
    orgPolicies: readPolicies(transport, place, (constraint, question) =>
      read({ what: `the policy ${constraint}`, where: resource, ...readRequests.constraint }, question),
    ),
    enabledServices:
      needsServices && id === caller.quotaProject && quotaServices !== undefined
        ? Promise.resolve(quotaServices)
        : ask(needsServices, "the services of the project", readRequests.services, () =>
            serviceUsageApi(transport).enabledServices(id),
          ),
    alertPolicies: ask(alerts !== undefined, "the alert policies", readRequests.alerts, () =>
      monitoringApi(transport).listAlertPolicies(resource),
    ),
    alertChannels: ask(alerts !== undefined, "the notification channels", readRequests.channels, () =>
      monitoringApi(transport).listNotificationChannels(resource),
    ),
    topic: ask(topic !== undefined, "the topic of support events", readRequests.topic, () =>
      pubsubApi(transport).getTopic(fullTopicName(resource, topic?.topic ?? "")),
    ),
    topicPolicy: ask(topic !== undefined, "the grants on the topic of support events", readRequests.topicPolicy, () =>
      pubsubApi(transport).getTopicPolicy(fullTopicName(resource, topic?.topic ?? "")),
    ),
    subscriptions: ask(
      subscription !== undefined,
      "the subscriptions of support events",
      readRequests.subscriptions,
      () => supportEventsApi(transport).listSubscriptions(resource),
    ),
    cases: ask(testCase !== undefined, "the cases", readRequests.cases, () =>
      supportApi(transport)
        .firstCase(resource)
        .then(() => true),
    ),
  };
  const entries = await Promise.all(
    Object.entries(readings).map(async ([key, reading]) => [key, await reading] as const),
  );
  return { place, ...(Object.fromEntries(entries) as unknown as Omit<PlaceReadings, "place">) };
}
