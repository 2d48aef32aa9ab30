/**
 * The services that onboarding enables on a project (guide rows G2 services, G6).
 *
 * Source: https://cloud.google.com/support/docs/customer-care-onboarding, "Enable APIs"
 */

export interface Service {
  readonly displayName: string;
  /** The purpose of the service, from the guide. */
  readonly purpose: string;
  /** Whether it is in the default of `services`. */
  readonly default: boolean;
}

export const services = {
  "cloudsupport.googleapis.com": {
    displayName: "Cloud Support API",
    purpose: "create and manage support cases programmatically",
    default: true,
  },
  "essentialcontacts.googleapis.com": {
    displayName: "Essential Contacts API",
    purpose: "manage contacts outside of the console",
    default: true,
  },
  "servicehealth.googleapis.com": {
    displayName: "Service Health API",
    purpose: "read the incidents that affect the project",
    default: true,
  },
  "recommender.googleapis.com": {
    displayName: "Recommender API",
    purpose: "read Active Assist's recommendations and insights",
    default: false,
  },
  "monitoring.googleapis.com": {
    displayName: "Cloud Monitoring API",
    purpose: "send Service Health alerts; a project with `alerts` enables it",
    default: false,
  },
  "logging.googleapis.com": {
    displayName: "Cloud Logging API",
    purpose: "log the events of Service Health for alerts; a project with `alerts` enables it",
    default: false,
  },
  "pubsub.googleapis.com": {
    displayName: "Cloud Pub/Sub API",
    purpose: "receive the events of support cases",
    default: false,
  },
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

export const serviceNames = Object.keys(services) as ServiceName[];

export const defaultServices = serviceNames.filter((name) => services[name].default);

/**
 * Other APIs that the program and `care` call, with Google's titles.
 *
 * Source: the title in each API's discovery document
 */
const otherApis = {
  "cloudbilling.googleapis.com": "Cloud Billing API",
  "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
  "orgpolicy.googleapis.com": "Organization Policy API",
  "serviceusage.googleapis.com": "Service Usage API",
} as const;

/** An API that the program or `care` calls. */
export type ApiName = ServiceName | keyof typeof otherApis;

export const apiTitles: Readonly<Record<ApiName, string>> = {
  ...(Object.fromEntries(serviceNames.map((name) => [name, services[name].displayName])) as Record<
    ServiceName,
    string
  >),
  ...otherApis,
};

/**
 * The title of an API; its name if it is not known.
 *
 * @param titles In another language.
 */
export function titleOfApi(name: string, titles: Readonly<Record<ApiName, string>> = apiTitles): string {
  return Object.hasOwn(titles, name) ? titles[name as ApiName] : name;
}

/**
 * The events of support cases, which Cloud Customer Care publishes to a Pub/Sub topic.
 *
 * Sources: https://docs.cloud.google.com/support/docs/reference/rest/v2/supportEventSubscriptions;
 * https://www.pulumi.com/registry/packages/gcp/api-docs/cloudsupport/supporteventsubscription/ for the publisher
 */
export const supportEvents = {
  /** The topic that the program creates if the config has none. */
  defaultTopic: "support-events",
  service: "pubsub.googleapis.com",
  /** The service account of Google that publishes the events. */
  publisher: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
  publisherRole: "roles/pubsub.publisher",
} as const;
