import { refusal } from "./errors.ts";
import { isProperties, unknownValue } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** The label that Pulumi's provider adds to each resource. */
const attribution = { "goog-pulumi-provisioned": "true" };

const map = { type: "map", computed: true } as const satisfies Partial<Field>;

/** The fields of a resource with labels. The stand-in accepts no labels from a program. */
export const labelFields: Fields = {
  labels: { attribute: "labels", type: "map", optional: true, refused: true },
  effectiveLabels: { attribute: "effective_labels", ...map },
  pulumiLabels: { attribute: "terraform_labels", ...map },
};

/** The planned labels. An existing resource keeps its labels. */
export function decideLabels({ configuration }: Provider, planned: Properties): Properties {
  const [setting] = configuration.labelSettings;
  if (setting !== undefined) throw new Error(refusal(`The stand-in for the gcp plugin does not take gcp:${setting}`));
  if (planned["pulumiLabels"] !== unknownValue) return {};
  return { effectiveLabels: attribution, pulumiLabels: attribution };
}

/** The labels that were read: all of them, and those of the state that still exist. */
export function readLabels({ pulumiLabels }: Properties, found: Value | undefined): Properties {
  const all = isProperties(found) ? found : {};
  const known = isProperties(pulumiLabels) ? pulumiLabels : {};
  const kept = Object.entries(all).filter(([name]) => name in known);
  return { labels: {}, effectiveLabels: all, pulumiLabels: Object.fromEntries(kept) };
}
