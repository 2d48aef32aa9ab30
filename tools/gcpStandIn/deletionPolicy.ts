import { unknownValue } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Field } from "./schema.ts";
import type { Properties } from "./values.ts";

/** What happens to a resource that is removed from the program: `DELETE`, `PREVENT` or `ABANDON`. */
export const deletionPolicy: Field = { attribute: "deletion_policy", type: "string", optional: true, computed: true };

/** The planned policy: from the inputs, the provider's configuration or the type. */
export function decideDeletionPolicy({ configuration }: Provider, inputs: Properties, ofType = "DELETE"): Properties {
  const { deletionPolicy: given = null } = inputs;
  if (given === null) return { deletionPolicy: configuration.deletionPolicy ?? ofType };
  return given === "" ? { deletionPolicy: unknownValue } : {};
}

/** The policy in the state, or the default. */
export function readDeletionPolicy({ configuration }: Provider, values: Properties, ofType = "DELETE"): Properties {
  return { deletionPolicy: values["deletionPolicy"] ?? configuration.deletionPolicy ?? ofType };
}

/** Whether a resource is abandoned instead of deleted. @throws Error if the policy is PREVENT */
export function isAbandoned({ deletionPolicy: policy }: Properties, name: string): boolean {
  if (policy === "PREVENT") {
    throw new Error(`cannot destroy ${name} without setting deletion_policy="DELETE" and running \`terraform apply\``);
  }
  return policy === "ABANDON";
}
