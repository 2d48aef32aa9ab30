/**
 * Service Health alerts (guide row G6 Service Health): which entries of its log they match, and what a notification contains.
 *
 * Sources: https://cloud.google.com/service-health/docs/configure-alerts-terraform,
 * https://cloud.google.com/service-health/docs/example-alerting-policies,
 * https://cloud.google.com/service-health/docs/reference/event-logs/rpc/google.cloud.servicehealth.logging.v1
 */
import { consoleLinks } from "./consoleLinks.ts";
import type { ServiceName } from "./services.ts";

/** Which events an alert is for, by the config's name. */
export const alertEvents = {
  "all-updates": { purpose: "each new incident, and each update of one" },
  "new-incidents": { purpose: "new incidents only" },
} as const;

export type AlertEvents = keyof typeof alertEvents;

export const alertEventNames = Object.keys(alertEvents) as AlertEvents[];

export const defaultAlertEvents: AlertEvents = "all-updates";

/** How an incident is related to a project, by the config's name. */
export const relevances = {
  impacted: { apiName: "IMPACTED" },
  related: { apiName: "RELATED" },
  "partially-related": { apiName: "PARTIALLY_RELATED" },
  unknown: { apiName: "UNKNOWN" },
  "not-impacted": { apiName: "NOT_IMPACTED" },
} as const;

export type Relevance = keyof typeof relevances;

export const relevanceNames = Object.keys(relevances) as Relevance[];

/** The services that alerts need in the project: one writes the events, one logs them, one sends the notifications. */
export const alertServices = [
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "servicehealth.googleapis.com",
] as const satisfies ServiceName[];

/**
 * The maximum number of notification channels of a policy.
 *
 * Source: https://cloud.google.com/monitoring/quotas, "Notification channels per alerting policy"
 */
export const maxAlertChannels = 16;

/** The role that contains the permissions to manage alerts. */
export const alertRole = {
  role: "roles/monitoring.editor",
  displayName: "Monitoring Editor",
} as const;

/** Part of the filter of every alert policy for Service Health, whoever wrote it. */
export const serviceHealthResource = "servicehealth.googleapis.com/Event";

export interface AlertFilter {
  readonly on: AlertEvents;
  /** Parts of product names. Empty for all products. */
  readonly products: readonly string[];
  /** Such as `europe-west1`. Empty for all locations. */
  readonly locations: readonly string[];
  /** Empty for all. */
  readonly relevance: readonly Relevance[];
}

/** The filter, in the Logging query language. No value can end its string. */
export function alertFilter({ on, products, locations, relevance }: AlertFilter): string {
  return [
    `resource.type = ${quoted(serviceHealthResource)}`,
    'jsonPayload.category = "INCIDENT"',
    'jsonPayload.@type = "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog"',
    ...(on === "new-incidents" ? ['labels."servicehealth.googleapis.com/new_event"=true'] : []),
    ...(products.length === 0 ? [] : [`jsonPayload.impactedProducts:${anyOf(products)}`]),
    ...(locations.length === 0 ? [] : [`jsonPayload.impactedLocations=~${quoted(wholeNames(locations))}`]),
    ...(relevance.length === 0
      ? []
      : [`jsonPayload.relevance=${anyOf(relevance.map((name) => relevances[name].apiName))}`]),
  ].join(" AND ");
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;

function anyOf(texts: readonly string[]): string {
  const all = texts.map(quoted).join(" OR ");
  return texts.length === 1 ? all : `(${all})`;
}

/** An RE2 expression for names in a list: `europe-west1` with its zones, but without `europe-west10`. */
function wholeNames(names: readonly string[]): string {
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return `(^|[^a-z0-9-])(${escaped.join("|")})([^a-z0-9]|$)`;
}

/** The fields of the incident that a notification shows. Each combination of these labels has its own rate limit. */
export const alertLabels = {
  title: "EXTRACT(jsonPayload.title)",
  state: "EXTRACT(jsonPayload.state)",
  products: "EXTRACT(jsonPayload.impactedProducts)",
  locations: "EXTRACT(jsonPayload.impactedLocations)",
} as const;

/** The minimum time between two notifications with the same labels. */
export const alertRateLimit = "300s";

/** The alert policy, except for its text and its channels. */
export const alertPolicyFor = (filter: AlertFilter) => ({
  displayName: "Service Health",
  combiner: "OR",
  conditions: [
    {
      displayName: "Incident in Service Health",
      conditionMatchedLog: { filter: alertFilter(filter), labelExtractors: alertLabels },
    },
  ],
  alertStrategy: { notificationRateLimit: { period: alertRateLimit } },
});

/** The notification channel of an e-mail address. */
export const alertChannelFor = (email: string) => ({
  type: "email",
  displayName: email,
  labels: { email_address: email },
});

/**
 * The page of an incident in the console. Cloud Monitoring replaces the variables
 * (https://docs.cloud.google.com/monitoring/alerts/doc-variables) by the labels of the log entry's resource.
 */
const incidentLink = `https://console.cloud.google.com/servicehealth/incidentDetails/${[
  "projects",
  "${resource.labels.resource_container}",
  "locations",
  "${resource.labels.location}",
  "events",
  "${resource.labels.event_id}",
].join("%2F")}`;

/** The text of a notification. */
export function alertContent(projectId: string): string {
  return [
    "### ${log.extracted_label.title}",
    "",
    "- State: ${log.extracted_label.state}",
    "- Products: ${log.extracted_label.products}",
    "- Locations: ${log.extracted_label.locations}",
    "",
    `[Open the incident](${incidentLink}?project=${projectId}) or [all incidents](${consoleLinks.serviceHealth(`projects/${projectId}`)})`,
    "",
  ].join("\n");
}
