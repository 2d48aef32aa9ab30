import { textOf, unknownValue } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Field } from "./schema.ts";
import type { Properties } from "./values.ts";

/** The project of a resource. */
export const projectField: Field = {
  attribute: "project",
  type: "string",
  optional: true,
  computed: true,
  forceNew: true,
};

/** The planned project if only the provider's configuration has one. */
export function decideProject({ configuration }: Provider, inputs: Properties, planned: Properties): Properties {
  const { project = null } = inputs;
  if (project !== "" && (planned["project"] !== unknownValue || project === unknownValue)) return {};
  if (configuration.project === undefined) {
    throw new Error("Failed to retrieve project, pid: , err: project: required field is not set");
  }
  return { project: configuration.project };
}

/** The project of a resource, or of the provider's configuration. */
export function projectOf({ configuration }: Provider, { project }: Properties): string {
  const given = textOf(project) === "" ? configuration.project : textOf(project);
  if (given === undefined) throw new Error("project: required field is not set");
  return given;
}
