import { minute } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy } from "./deletionPolicy.ts";
import { alertPolicyFields, readAlertPolicy } from "./alertPolicyFields.ts";
import { monitoringOperations, partOf } from "./monitoring.ts";
import { decideProject, projectField } from "./ownProject.ts";
import { isProperties, same, withoutEmptyParts } from "./values.ts";

import type { ResourceType } from "./resourceType.ts";
import type { Properties } from "./values.ts";

/** The fields of the API, in the order of an update's mask. */
const sent = [
  "displayName",
  "combiner",
  "enabled",
  "conditions",
  "notificationChannels",
  "alertStrategy",
  "userLabels",
  "severity",
  "documentation",
];

/** `gcp:monitoring/alertPolicy:AlertPolicy`: who is notified of which log entries. The stand-in has no conditions on metrics. */
export const alertPolicy: ResourceType = {
  fields: { ...alertPolicyFields, project: projectField, deletionPolicy },
  timeouts: { create: 20 * minute, update: 20 * minute, delete: 20 * minute },
  decide: (provider, inputs, planned) => ({
    ...decideDeletionPolicy(provider, inputs),
    ...decideProject(provider, inputs, planned),
  }),
  ...monitoringOperations({
    name: "AlertPolicy",
    collection: "alertPolicies",
    bodyOf,
    updateOf: (values, planned) => {
      const changed = sent.filter((name) => !same(partOf(values[name]), partOf(planned[name])));
      return changed.length === 0 ? undefined : { query: { updateMask: changed.join() } };
    },
    deletionOf: () => ({}),
    read: readAlertPolicy,
  }),
};

function bodyOf(planned: Properties): Properties {
  const body = withoutEmptyParts(Object.fromEntries(sent.map((name) => [name, planned[name] ?? null])));
  return isProperties(body) ? body : {};
}
