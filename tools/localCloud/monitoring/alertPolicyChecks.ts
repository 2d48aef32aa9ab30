/**
 * What Monitoring refuses in an alert policy. The texts of a missing condition type, of several conditions, of a rate limit, of a
 * channel's name and of a missing channel are Google's: google-api-nodejs-client#3114, terraform-infra-common#352 and #384,
 * provider-upjet-gcp#498, terraform-provider-google#25878.
 *
 * Source: google/monitoring/v3/alert.proto
 */
import type { Call } from "../api.ts";
import { ApiError, invalidField, missingField } from "../errors.ts";
import { compileLoggingQuery } from "../loggingQuery.ts";
import type { NewAlertCondition, NewAlertPolicy } from "../state.ts";
import { compileExtractor } from "./labelExtractors.ts";
import { checkLength, checkUserLabels } from "./records.ts";

const most = { conditions: 6, channels: 16, contentBytes: 10_240 };

const conditionTypes = [
  "conditionAbsent",
  "conditionMatchedLog",
  "conditionMonitoringQueryLanguage",
  "conditionPrometheusQueryLanguage",
  "conditionSql",
  "conditionThreshold",
] as const;

export function checkAlertPolicy(call: Call, projectId: string, policy: NewAlertPolicy): void {
  if ((policy.displayName ?? "") === "") throw missingField("alert_policy.display_name");
  checkLength("alert_policy.display_name", policy.displayName, 512);
  if ((policy.combiner ?? "COMBINE_UNSPECIFIED") === "COMBINE_UNSPECIFIED") throw missingField("alert_policy.combiner");
  checkConditions(policy);
  checkStrategy(policy);
  checkDocumentation(policy);
  checkChannels(call, projectId, policy);
  checkUserLabels("alert_policy.user_labels", policy.userLabels);
}

function checkConditions({ conditions }: NewAlertPolicy): void {
  if (conditions.length === 0) throw missingField("alert_policy.conditions");
  if (conditions.length > most.conditions)
    throw invalidField("alert_policy.conditions", String(conditions.length), `at most ${most.conditions} conditions`);
  for (const [index, condition] of conditions.entries()) {
    const field = `alert_policy.conditions[${index}]`;
    const types = conditionTypes.filter((type) => condition[type] !== undefined);
    if (types.length === 0)
      throw invalidField(
        `${field}.condition_case`,
        "0",
        'Condition subtype (e.g. "condition_absent","condition_threshold", etc.) is absent or unknown.',
      );
    if (types.length > 1) throw invalidField(`${field}.condition_case`, types.join(), "only one type of condition");
    checkLogMatch(field, condition);
  }
  if (conditions.length > 1 && conditions.some(({ conditionMatchedLog }) => conditionMatchedLog !== undefined))
    throw new ApiError(
      "INVALID_ARGUMENT",
      "Alert policies with a log matching condition can only have a single condition.",
    );
}

function checkLogMatch(field: string, { conditionMatchedLog: match }: NewAlertCondition): void {
  if (match === undefined) return;
  const { filter = "", labelExtractors = {} } = match;
  if (filter.trim() === "") throw missingField(`${field}.condition_matched_log.filter`);
  compileLoggingQuery(filter);
  for (const [label, extractor] of Object.entries(labelExtractors)) compileExtractor(label, extractor);
}

/** Only log-based policies can have a rate limit, and they need one. */
function checkStrategy({ conditions, alertStrategy }: NewAlertPolicy): void {
  const isLogBased = conditions.some(({ conditionMatchedLog }) => conditionMatchedLog !== undefined);
  const period = alertStrategy?.notificationRateLimit?.period;
  const field = "alertStrategy.notificationRateLimit";
  if (isLogBased && period === undefined)
    throw invalidField(field, "", "log-based alert policies must specify a notification rate limit");
  if (!isLogBased && alertStrategy?.notificationRateLimit !== undefined)
    throw invalidField(
      field,
      `period { seconds: ${(period ?? "0s").replace(/s$/, "")} }`,
      "only log-based alert policies may specify a notification rate limit",
    );
}

function checkDocumentation({ documentation }: NewAlertPolicy): void {
  const field = "alert_policy.documentation";
  const { content = "", mimeType = "", links = [] } = documentation ?? {};
  // google/monitoring/v3/alert.proto
  if (!["", "text/markdown"].includes(mimeType))
    throw invalidField(`${field}.mime_type`, mimeType, "only text/markdown is supported");
  checkLength(`${field}.content`, content, 8192);
  if (Buffer.byteLength(content) > most.contentBytes)
    throw invalidField(`${field}.content`, content.slice(0, 40), `at most ${most.contentBytes} bytes`);
  for (const [index, link] of links.entries()) {
    const { displayName = "", url = "" } = link;
    if (displayName === "") throw missingField(`${field}.links[${index}].display_name`);
    checkLength(`${field}.links[${index}].display_name`, displayName, 63);
    checkLength(`${field}.links[${index}].url`, url, 2083);
  }
}

/** The channels must exist in the project of the policy. */
function checkChannels(call: Call, projectId: string, policy: NewAlertPolicy): void {
  const names = policy.notificationChannels ?? [];
  const field = "alert_policy.notification_channels";
  if (names.length > most.channels)
    throw invalidField(field, String(names.length), `at most ${most.channels} notification channels`);
  const { notificationChannels, projects } = call.context.state;
  policy.notificationChannels = names.map((name) => {
    const [, project = "", id = ""] = /^projects\/([^/]+)\/notificationChannels\/([^/]+)$/.exec(name) ?? [];
    if (id === "")
      throw new ApiError(
        "INVALID_ARGUMENT",
        `Name must begin with 'projects/{project_id}/notificationChannels/{channel_id}', got: ${name}`,
      );
    const isHere = project === projectId || project === projects.get(projectId)?.projectNumber;
    const canonical = `projects/${projectId}/notificationChannels/${id}`;
    if (!isHere || !notificationChannels.has(canonical))
      throw new ApiError("NOT_FOUND", `Notification channel not found: ${name}`);
    return canonical;
  });
}
