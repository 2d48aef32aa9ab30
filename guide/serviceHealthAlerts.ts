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

/**
 * The maximum number of characters of a filter.
 *
 * Source: https://cloud.google.com/logging/quotas, "Length of a Logging query language query"
 */
export const maxFilterLength = 20_000;

/** The role that contains the permissions to manage alerts. */
export const alertRole = {
  role: "roles/monitoring.editor",
  displayName: "Monitoring Editor",
} as const;

/** The type of the monitored resource of an event. */
export const serviceHealthResource = "servicehealth.googleapis.com/Event";

const comparedValue = String.raw`(?:"(?:[^"\\]|\\.)*"|\([^()]*\)|[^\s()]+)`;

/** `NOT a=b`, `-a=b`, `a!=b` and lines with comments. */
const excluded = [
  /^\s*--.*$/gm,
  new RegExp(
    String.raw`(?:\bNOT\s+|(?<=^|[\s(])-)(?:\((?:[^()]|\([^()]*\))*\)|log_id\([^()]*\)|[\w.@"]+\s*(?:=~|[:=])\s*${comparedValue})`,
    "g",
  ),
  new RegExp(String.raw`[\w.@"]+\s*(?:!=|!~)\s*${comparedValue}`, "g"),
];

/** The resource type, the log and the type of the message of an event: as a whole, or a part of one. */
const ofServiceHealth =
  /servicehealth\.googleapis\.com\/(?:event|activity)\b|servicehealth\.logging\.v\d+\.eventlog\b|(?:resource\.type|logname|jsonpayload\."?@type"?)\s*(?::|=~)\s*(?:\([^()]*?|"?[^"\s()]*?)servicehealth/;

/**
 * Whether a filter of log entries is for events of Service Health, whoever wrote it. Google's pages select them in all three ways.
 *
 * Sources: https://cloud.google.com/service-health/docs/example-alerting-policies, https://cloud.google.com/service-health/docs/logs,
 * https://cloud.google.com/logging/docs/view/logging-query-language
 */
export function isServiceHealthFilter(filter: unknown): boolean {
  if (typeof filter !== "string") return false;
  const selecting = excluded.reduce((text, part) => text.replace(part, ""), filter);
  return ofServiceHealth.test(selecting.replaceAll("\\", "").replace(/%2f/gi, "/").toLowerCase());
}

/** Whether an alert policy, as in the API and in the provider's outputs, is for incidents of Service Health. */
export function isForServiceHealth({ conditions }: { readonly conditions?: unknown }): boolean {
  const all = (Array.isArray(conditions) ? conditions : []) as readonly (
    { readonly conditionMatchedLog?: { readonly filter?: unknown } | null } | null | undefined
  )[];
  return all.some((condition) => isServiceHealthFilter(condition?.conditionMatchedLog?.filter));
}

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
