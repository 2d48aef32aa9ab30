import { refusal } from "./errors.ts";
import { hasUnknown, isProperties, unknownValue } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** The label that Pulumi's provider adds to each resource. */
const attribution = { "goog-pulumi-provisioned": "true" };

const map = { type: "map", computed: true } as const satisfies Partial<Field>;

/** The fields of a resource with labels: its own, all that it has, and those that Pulumi manages. */
export const labelFields: Fields = {
  labels: { attribute: "labels", type: "map", optional: true },
  effectiveLabels: { attribute: "effective_labels", ...map },
  pulumiLabels: { attribute: "terraform_labels", ...map },
};

/** The planned labels. Labels of others remain. Only a new resource gets the label of Pulumi's provider. */
export function decideLabels({ configuration }: Provider, inputs: Properties, planned: Properties): Properties {
  const [setting] = configuration.labelSettings;
  if (setting !== undefined) throw new Error(refusal(`The stand-in for the gcp plugin does not take gcp:${setting}`));
  // Like the real plugin, also those of which the program ignores the changes.
  const { labels = null } = inputs;
  if (hasUnknown(labels)) return { effectiveLabels: unknownValue, pulumiLabels: unknownValue };
  const managed = labelsOf(planned["pulumiLabels"]);
  const all = labelsOf(planned["effectiveLabels"]);
  const isAttributed = planned["pulumiLabels"] === unknownValue || Object.keys(attribution).some((name) => name in all);
  const pulumiLabels = { ...(isAttributed && attribution), ...labelsOf(labels) };
  const kept = Object.entries(all).filter(([name]) => !(name in managed));
  return { effectiveLabels: { ...Object.fromEntries(kept), ...pulumiLabels }, pulumiLabels };
}

/** The labels that were read: all of them, and those of the state that still exist. */
export function readLabels({ labels, pulumiLabels }: Properties, found: Value | undefined): Properties {
  const all = labelsOf(found);
  const among = (known: Value | undefined): Properties =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name in labelsOf(known)));
  return { labels: among(labels), effectiveLabels: all, pulumiLabels: among(pulumiLabels) };
}

function labelsOf(value: Value | undefined): Properties {
  return isProperties(value) ? value : {};
}
