/**
 * Sends the notifications of log-based alert policies. Nothing leaves the local cloud: `GET /_local/notifications` returns them.
 *
 * Sources: https://cloud.google.com/logging/docs/alerting/log-based-alerts,
 * https://cloud.google.com/monitoring/alerts/doc-variables
 */
import type { Context } from "../api.ts";
import { timestamp } from "../clock.ts";
import { own } from "../json.ts";
import { compileLoggingQuery } from "../loggingQuery.ts";
import type { AlertPolicy, LogEntry, Notification, NotificationChannel } from "../state.ts";
import { compileExtractor } from "./labelExtractors.ts";

/** Notifies the channels of each policy of the project that matches the log entry. */
export function notifyOf(context: Context, projectId: string, entry: LogEntry): Notification[] {
  const { state } = context;
  const policies = [...state.alertPolicies.values()].filter(({ name }) => name.startsWith(`projects/${projectId}/`));
  return policies.flatMap((policy) => {
    const labels = matchedLabels(policy, entry);
    if (labels === undefined || isLimited(context, policy, labels)) return [];
    const sent = (policy.notificationChannels ?? [])
      .map((name) => state.notificationChannels.get(name))
      .filter((channel) => channel !== undefined && isFunctioning(channel))
      .map((channel) => notification(context, policy, channel as NotificationChannel, entry, labels));
    state.notifications.push(...sent);
    return sent;
  });
}

/** The values of the label extractors; undefined if the policy does not match. */
function matchedLabels({ enabled, conditions }: AlertPolicy, entry: LogEntry): Record<string, string> | undefined {
  const { filter = "", labelExtractors = {} } = conditions[0]?.conditionMatchedLog ?? {};
  if (!enabled || filter === "" || !compileLoggingQuery(filter)(entry)) return undefined;
  const extractors = Object.entries(labelExtractors);
  return Object.fromEntries(extractors.map(([label, text]) => [label, compileExtractor(label, text)(entry)]));
}

/** At most one notification in each period, for each combination of extracted values (google/monitoring/v3/alert.proto). */
function isLimited({ state, clock }: Context, policy: AlertPolicy, labels: Record<string, string>): boolean {
  const period = Number.parseFloat(policy.alertStrategy?.notificationRateLimit?.period ?? "0s") * 1000;
  const key = JSON.stringify(labels);
  const last = state.notifications.findLast(
    (sent) => sent.policy === policy.name && JSON.stringify(sent.labels) === key,
  );
  return last !== undefined && clock.now() - Date.parse(last.time) < period;
}

function isFunctioning({ enabled, verificationStatus }: NotificationChannel): boolean {
  return enabled && verificationStatus !== "UNVERIFIED";
}

function notification(
  { clock }: Context,
  policy: AlertPolicy,
  channel: NotificationChannel,
  entry: LogEntry,
  labels: Record<string, string>,
): Notification {
  const { subject = "", content = "" } = policy.documentation ?? {};
  const fill = (text: string) => withVariables(text, policy, entry, labels);
  return {
    time: timestamp(clock.now()),
    policy: policy.name,
    policyDisplayName: policy.displayName ?? "",
    channel: channel.name,
    channelType: channel.type,
    to: channel.labels,
    subject: fill(subject),
    content: fill(content),
    labels,
    insertId: entry.insertId,
  };
}

/** Replaces the variables that a log-based policy has. Others stay as they are written. */
function withVariables(text: string, policy: AlertPolicy, entry: LogEntry, labels: Record<string, string>): string {
  const [condition] = policy.conditions;
  const variables: Record<string, string | undefined> = {
    "condition.display_name": condition?.displayName,
    "condition.name": condition?.name,
    "policy.display_name": policy.displayName,
    "policy.name": policy.name,
    "resource.type": entry.resource.type,
  };
  for (const [key, value] of Object.entries(labels)) variables[`log.extracted_label.${key}`] = value;
  for (const [key, value] of Object.entries(entry.resource.labels))
    for (const name of ["label", "labels"]) variables[`resource.${name}.${key}`] = value;
  for (const [key, value] of Object.entries(policy.userLabels ?? {})) variables[`policy.user_labels.${key}`] = value;
  return text.replace(/\$\{([\w.]+)\}/g, (written, name: string) => own(variables, name) ?? written);
}
