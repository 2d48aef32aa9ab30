import { refusal } from "./errors.ts";
import { isProperties, unknownValue } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** What Pulumi's provider puts on each resource that it makes. */
const attribution = { "goog-pulumi-provisioned": "true" };

const map = { type: "map", computed: true } as const satisfies Partial<Field>;

/** The fields of a resource with labels; a program can give none here. */
export const labelFields: Fields = {
  labels: { attribute: "labels", type: "map", optional: true, refused: true },
  effectiveLabels: { attribute: "effective_labels", ...map },
  pulumiLabels: { attribute: "terraform_labels", ...map },
};

/** The labels of what is planned: what is there already keeps its own. */
export function decideLabels({ configuration }: Provider, planned: Properties): Properties {
  const [setting] = configuration.labelSettings;
  if (setting !== undefined) throw new Error(refusal(`The stand-in for the gcp plugin does not take gcp:${setting}`));
  if (planned["pulumiLabels"] !== unknownValue) return {};
  return { effectiveLabels: attribution, pulumiLabels: attribution };
}

/** The labels as they are read: all of them, and of those of the state what is still there. */
export function readLabels({ pulumiLabels }: Properties, found: Value | undefined): Properties {
  const all = isProperties(found) ? found : {};
  const known = isProperties(pulumiLabels) ? pulumiLabels : {};
  const kept = Object.entries(all).filter(([name]) => name in known);
  return { labels: {}, effectiveLabels: all, pulumiLabels: Object.fromEntries(kept) };
}
