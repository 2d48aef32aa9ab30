import { refusal } from "./errors.ts";
import { isProperties, textOf, unknownValue } from "./values.ts";

import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

const text = { type: "string", optional: true } as const;
const refused = { optional: true, refused: true } as const;

/** The conditions that the stand-in does not have. */
const otherConditions = {
  conditionAbsent: "condition_absent",
  conditionMonitoringQueryLanguage: "condition_monitoring_query_language",
  conditionPrometheusQueryLanguage: "condition_prometheus_query_language",
  conditionSql: "condition_sql",
  conditionThreshold: "condition_threshold",
};

const condition: Fields = {
  ...Object.fromEntries(
    Object.entries(otherConditions).map(([name, attribute]): [string, Field] => [
      name,
      { attribute, type: "block", ...refused },
    ]),
  ),
  conditionMatchedLog: {
    attribute: "condition_matched_log",
    type: "block",
    optional: true,
    fields: {
      filter: { attribute: "filter", type: "string", required: true },
      labelExtractors: { attribute: "label_extractors", type: "map", optional: true },
    },
  },
  displayName: { attribute: "display_name", type: "string", required: true },
  name: { attribute: "name", type: "string", computed: true },
};

const alertStrategy: Fields = {
  autoClose: { attribute: "auto_close", ...text },
  notificationChannelStrategies: { attribute: "notification_channel_strategy", type: "blocks", ...refused },
  notificationPrompts: { attribute: "notification_prompts", type: "strings", ...refused },
  notificationRateLimit: {
    attribute: "notification_rate_limit",
    type: "block",
    optional: true,
    fields: { period: { attribute: "period", ...text } },
  },
};

const documentation: Fields = {
  content: { attribute: "content", ...text },
  links: { attribute: "links", type: "blocks", ...refused },
  mimeType: { attribute: "mime_type", ...text, default: "text/markdown" },
  subject: { attribute: "subject", ...text },
};

/** The fields of an alert policy, in the order in which missing ones are reported. */
export const alertPolicyFields: Fields = {
  alertStrategy: { attribute: "alert_strategy", type: "block", optional: true, fields: alertStrategy },
  combiner: {
    attribute: "combiner",
    type: "string",
    required: true,
    validate: oneOf("combiner", ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"]),
  },
  conditions: { attribute: "conditions", type: "blocks", required: true, fields: condition },
  displayName: { attribute: "display_name", type: "string", required: true },
  documentation: {
    attribute: "documentation",
    type: "block",
    optional: true,
    fields: documentation,
    // The real plugin reports a missing field for each of them.
    refused: (value) => isProperties(value) && !Object.keys(documentation).some((name) => name in value),
  },
  enabled: { attribute: "enabled", type: "boolean", optional: true, default: true },
  notificationChannels: { attribute: "notification_channels", type: "strings", optional: true },
  severity: { attribute: "severity", ...text, validate: oneOf("severity", ["CRITICAL", "ERROR", "WARNING", ""]) },
  userLabels: { attribute: "user_labels", type: "map", optional: true },
  creationRecords: {
    attribute: "creation_record",
    type: "blocks",
    computed: true,
    fields: {
      mutateTime: { attribute: "mutate_time", type: "string", computed: true },
      mutatedBy: { attribute: "mutated_by", type: "string", computed: true },
    },
  },
  name: { attribute: "name", type: "string", computed: true },
};

function oneOf(attribute: string, values: readonly string[]) {
  return (value: string): string | undefined => {
    if (value === unknownValue || values.includes(value)) return undefined;
    const known = values.map((one) => JSON.stringify(one)).join(" ");
    return `expected ${attribute} to be one of [${known}], got ${value}`;
  };
}

/** The values of a policy in the API. */
export function readAlertPolicy(found: Properties): Properties {
  const { creationRecord = null } = found;
  return {
    alertStrategy: readStrategy(found["alertStrategy"]),
    combiner: textOf(found["combiner"]),
    conditions: list(found["conditions"]).map(readCondition),
    creationRecords: [pick(creationRecord, ["mutateTime", "mutatedBy"])],
    displayName: textOf(found["displayName"]),
    documentation: readDocumentation(found["documentation"]),
    enabled: found["enabled"] ?? null,
    name: textOf(found["name"]),
    notificationChannels: list(found["notificationChannels"]),
    severity: textOf(found["severity"]),
    userLabels: found["userLabels"] ?? {},
  };
}

function readCondition(found: Value): Properties {
  const given = isProperties(found) ? found : {};
  for (const type of Object.keys(otherConditions)) if (type in given) throw notSupported(type);
  const { conditionMatchedLog: match = null } = given;
  const absent = Object.fromEntries(Object.keys(otherConditions).map((type) => [type, null]));
  return {
    ...absent,
    ...pick(given, ["displayName", "name"]),
    conditionMatchedLog: isProperties(match)
      ? { filter: textOf(match["filter"]), labelExtractors: match["labelExtractors"] ?? {} }
      : null,
  };
}

function readStrategy(found: Value | undefined): Value {
  if (!isProperties(found)) return null;
  if (list(found["notificationChannelStrategy"]).length > 0) throw notSupported("notificationChannelStrategies");
  const { notificationRateLimit: limit = null } = found;
  return {
    autoClose: textOf(found["autoClose"]),
    notificationChannelStrategies: [],
    notificationPrompts: list(found["notificationPrompts"]),
    notificationRateLimit: isProperties(limit) ? pick(limit, ["period"]) : null,
  };
}

function readDocumentation(found: Value | undefined): Value {
  if (!isProperties(found)) return null;
  if (list(found["links"]).length > 0) throw notSupported("links");
  return { ...pick(found, ["content", "mimeType", "subject"]), links: [] };
}

function notSupported(what: string): Error {
  return new Error(refusal(`The stand-in for the gcp plugin reads no alert policy with ${what}`));
}

function pick(found: Value, names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, textOf(isProperties(found) ? found[name] : null)]));
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}
