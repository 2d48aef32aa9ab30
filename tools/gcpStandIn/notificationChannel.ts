import { minute } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow } from "./errors.ts";
import { rephrase } from "./googleApiError.ts";
import { monitoringImport, sendToMonitoring } from "./monitoring.ts";
import { decideProject, projectField, projectOf } from "./ownProject.ts";
import { isProperties, same, textOf, withoutEmpty, withoutEmptyParts } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { Properties, Value } from "./values.ts";

const text = { type: "string", optional: true } as const;
const map = { type: "map", optional: true } as const;

/** The fields of the API. */
const sent = ["description", "displayName", "enabled", "labels", "type", "userLabels"];

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
  create: async (provider, planned, timeouts) => {
    const project = projectOf(provider, planned);
    const request = { method: "POST", path: `v3/projects/${project}/notificationChannels` } as const;
    let made: Properties;
    try {
      made = await sendToMonitoring(provider, project, { ...request, body: bodyOf(planned) }, timeouts.create);
    } catch (error) {
      throw rephrase("Error creating NotificationChannel: ", error);
    }
    const name = textOf(made["name"]);
    return { id: name, values: { ...planned, name } };
  },
  read,
  update: async (provider, { id, values }, planned, timeouts) => {
    if (["forceDelete", ...sent].every((name) => same(partOf(values[name]), partOf(planned[name])))) return {};
    const request = { method: "PATCH", path: `v3/${id}`, body: bodyOf(planned) } as const;
    try {
      await sendToMonitoring(provider, projectOf(provider, planned), request, timeouts.update);
    } catch (error) {
      throw rephrase(`Error updating NotificationChannel ${JSON.stringify(id)}: `, error);
    }
    return {};
  },
  delete: async (provider, { id, values }, timeouts) => {
    if (isAbandoned(values, "MonitoringNotificationChannel")) return;
    const query = { force: String(values["forceDelete"] === true) };
    try {
      const request = { method: "DELETE", path: `v3/${id}`, query } as const;
      await sendToMonitoring(provider, projectOf(provider, values), request, timeouts.delete);
    } catch (error) {
      goneOrThrow(error, "NotificationChannel");
    }
  },
  import: monitoringImport,
};

function hasSecrets(labels: Value): boolean {
  return isProperties(labels) && secretLabels.some((label) => label in labels);
}

function partOf(value: Value | undefined): Value {
  return withoutEmptyParts(value) ?? null;
}

/** The real plugin always sends labels. */
function bodyOf(planned: Properties): Properties {
  const fields = Object.fromEntries(sent.map((name) => [name, partOf(planned[name])]));
  return { ...withoutEmpty(fields), labels: planned["labels"] ?? {} };
}

async function read(provider: Provider, { id, values }: State): Promise<State | undefined> {
  let found: Properties;
  try {
    const request = { method: "GET", path: `v3/${id}` } as const;
    found = await sendToMonitoring(provider, projectOf(provider, values), request, 5 * minute);
  } catch (error) {
    return goneOrThrow(error, `MonitoringNotificationChannel ${JSON.stringify(id)}`);
  }
  const texts = ["description", "displayName", "name", "type", "verificationStatus"];
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values),
      ...Object.fromEntries(texts.map((name) => [name, textOf(found[name])])),
      enabled: found["enabled"] ?? null,
      forceDelete: values["forceDelete"] ?? false,
      labels: found["labels"] ?? {},
      userLabels: found["userLabels"] ?? {},
      project: projectOf(provider, values),
    },
  };
}
