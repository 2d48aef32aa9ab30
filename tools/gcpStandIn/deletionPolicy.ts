import { unknownValue } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Field } from "./schema.ts";
import type { Properties } from "./values.ts";

/** What becomes of a resource that the program gives up: `DELETE`, `PREVENT` or `ABANDON`. */
export const deletionPolicy: Field = { attribute: "deletion_policy", type: "string", optional: true, computed: true };

/** What a plan says of it where the provider's configuration, or else the type, has a policy. */
export function decideDeletionPolicy({ configuration }: Provider, inputs: Properties, ofType = "DELETE"): Properties {
  const { deletionPolicy: given = null } = inputs;
  if (given === null) return { deletionPolicy: configuration.deletionPolicy ?? ofType };
  return given === "" ? { deletionPolicy: unknownValue } : {};
}

/** The policy in a state, or what it is where there is none. */
export function readDeletionPolicy({ configuration }: Provider, values: Properties, ofType = "DELETE"): Properties {
  return { deletionPolicy: values["deletionPolicy"] ?? configuration.deletionPolicy ?? ofType };
}

/** Whether a resource is given up without being deleted; an error, which names it, when even that is prevented. */
export function isAbandoned({ deletionPolicy: policy }: Properties, name: string): boolean {
  if (policy === "PREVENT") {
    throw new Error(`cannot destroy ${name} without setting deletion_policy="DELETE" and running \`terraform apply\``);
  }
  return policy === "ABANDON";
}
