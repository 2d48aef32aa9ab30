import { minute } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { alertPolicyFields, readAlertPolicy } from "./alertPolicyFields.ts";
import { goneOrThrow } from "./errors.ts";
import { rephrase } from "./googleApiError.ts";
import { monitoringImport, sendToMonitoring } from "./monitoring.ts";
import { decideProject, projectField, projectOf } from "./ownProject.ts";
import { isProperties, same, textOf, withoutEmptyParts } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { Properties, Value } from "./values.ts";

/** The fields of the API, in the order of an update's mask. */
const sent = [
  ...["displayName", "combiner", "enabled", "conditions", "notificationChannels", "alertStrategy", "userLabels"],
  ...["severity", "documentation"],
];

/** `gcp:monitoring/alertPolicy:AlertPolicy`: who is notified of which log entries. The stand-in has no conditions on metrics. */
export const alertPolicy: ResourceType = {
  fields: { ...alertPolicyFields, project: projectField, deletionPolicy },
  timeouts: { create: 20 * minute, update: 20 * minute, delete: 20 * minute },
  decide: (provider, inputs, planned) => ({
    ...decideDeletionPolicy(provider, inputs),
    ...decideProject(provider, inputs, planned),
  }),
  create: async (provider, planned, timeouts) => {
    const project = projectOf(provider, planned);
    const request = { method: "POST", path: `v3/projects/${project}/alertPolicies`, body: bodyOf(planned) } as const;
    let made: Properties;
    try {
      made = await sendToMonitoring(provider, project, request, timeouts.create);
    } catch (error) {
      throw rephrase("Error creating AlertPolicy: ", error);
    }
    const name = textOf(made["name"]);
    return { id: name, values: { ...planned, name } };
  },
  read,
  update: async (provider, { id, values }, planned, timeouts) => {
    const changed = sent.filter((name) => !same(partOf(values[name]), partOf(planned[name])));
    if (changed.length === 0) return {};
    const query = { updateMask: changed.join() };
    const request = { method: "PATCH", path: `v3/${id}`, query, body: bodyOf(planned) } as const;
    try {
      await sendToMonitoring(provider, projectOf(provider, planned), request, timeouts.update);
    } catch (error) {
      throw rephrase(`Error updating AlertPolicy ${JSON.stringify(id)}: `, error);
    }
    return {};
  },
  delete: async (provider, { id, values }, timeouts) => {
    if (isAbandoned(values, "MonitoringAlertPolicy")) return;
    try {
      const request = { method: "DELETE", path: `v3/${id}` } as const;
      await sendToMonitoring(provider, projectOf(provider, values), request, timeouts.delete);
    } catch (error) {
      goneOrThrow(error, "AlertPolicy");
    }
  },
  import: monitoringImport,
};

function partOf(value: Value | undefined): Value {
  return withoutEmptyParts(value) ?? null;
}

function bodyOf(planned: Properties): Properties {
  const body = withoutEmptyParts(Object.fromEntries(sent.map((name) => [name, planned[name] ?? null])));
  return isProperties(body) ? body : {};
}

async function read(provider: Provider, { id, values }: State): Promise<State | undefined> {
  let found: Properties;
  try {
    const request = { method: "GET", path: `v3/${id}` } as const;
    found = await sendToMonitoring(provider, projectOf(provider, values), request, 5 * minute);
  } catch (error) {
    return goneOrThrow(error, `MonitoringAlertPolicy ${JSON.stringify(id)}`);
  }
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values),
      ...readAlertPolicy(found),
      project: projectOf(provider, values),
    },
  };
}
