import { minute } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy } from "./deletionPolicy.ts";
import { monitoringOperations, partOf } from "./monitoring.ts";
import { decideProject, projectField } from "./ownProject.ts";
import { isProperties, same, textOf, withoutEmpty } from "./values.ts";

import type { ResourceType } from "./resourceType.ts";
import type { Properties, Value } from "./values.ts";

const text = { type: "string", optional: true } as const;
const map = { type: "map", optional: true } as const;

/** The fields of the API. */
const sent = ["description", "displayName", "enabled", "labels", "type", "userLabels"];

/** The texts of a reply. */
const texts = ["description", "displayName", "name", "type", "verificationStatus"];

/** The labels that contain secrets. */
const secretLabels = ["auth_token", "password", "service_key"];

/**
 * `gcp:monitoring/notificationChannel:NotificationChannel`: where alerts are sent. The stand-in takes no secrets, so that none
 * can reach a log or a state.
 */
export const notificationChannel: ResourceType = {
  fields: {
    type: { attribute: "type", type: "string", required: true },
    description: { attribute: "description", ...text },
    displayName: { attribute: "display_name", ...text },
    enabled: { attribute: "enabled", type: "boolean", optional: true, default: true },
    forceDelete: { attribute: "force_delete", type: "boolean", optional: true },
    labels: { attribute: "labels", ...map, refused: hasSecrets, secret: true },
    sensitiveLabels: {
      attribute: "sensitive_labels",
      type: "block",
      optional: true,
      refused: true,
      secret: true,
    },
    userLabels: { attribute: "user_labels", ...map },
    project: projectField,
    deletionPolicy,
    name: { attribute: "name", type: "string", computed: true },
    verificationStatus: { attribute: "verification_status", type: "string", computed: true },
  },
  timeouts: { create: 20 * minute, update: 20 * minute, delete: 20 * minute },
  decide: (provider, inputs, planned) => ({
    ...decideDeletionPolicy(provider, inputs),
    ...decideProject(provider, inputs, planned),
    ...((inputs["forceDelete"] ?? null) === null && { forceDelete: false }),
  }),
  ...monitoringOperations({
    name: "NotificationChannel",
    collection: "notificationChannels",
    bodyOf,
    updateOf: (values, planned) =>
      ["forceDelete", ...sent].every((name) => same(partOf(values[name]), partOf(planned[name]))) ? undefined : {},
    deletionOf: (values) => ({ query: { force: String(values["forceDelete"] === true) } }),
    read: (found, values) => ({
      ...Object.fromEntries(texts.map((name) => [name, textOf(found[name])])),
      enabled: found["enabled"] ?? null,
      forceDelete: values["forceDelete"] ?? false,
      labels: found["labels"] ?? {},
      userLabels: found["userLabels"] ?? {},
    }),
  }),
};

function hasSecrets(labels: Value): boolean {
  return isProperties(labels) && secretLabels.some((label) => label in labels);
}

/** The real plugin always sends labels. */
function bodyOf(planned: Properties): Properties {
  const fields = Object.fromEntries(sent.map((name) => [name, partOf(planned[name])]));
  return { ...withoutEmpty(fields), labels: planned["labels"] ?? {} };
}
