import { createRequire } from "node:module";
import { hasCode, wrap } from "./googleApiError.ts";
import type { State } from "./resourceType.ts";
import type { Properties } from "./values.ts";

/** Returns if the error means that a resource does not exist. @throws Error with the resource otherwise */
export function goneOrThrow(error: unknown, resource: string): undefined {
  if (hasCode(error, 404)) return undefined;
  throw wrap(`Error when reading or editing ${resource}: `, error);
}

/** A partially created or updated resource. The engine keeps it, and retries in the next update. */
export class InitError extends Error {
  readonly id: string;
  readonly properties: Properties;

  constructor(reason: string, id: string, properties: Properties) {
    super(reason);
    this.name = "InitError";
    this.id = id;
    this.properties = properties;
  }
}

/** An error with the state that a failed operation left. */
export class StateError extends Error {
  readonly state: State;

  constructor(message: string, state: State) {
    super(message);
    this.name = "StateError";
    this.state = state;
  }
}

/** The version of the real plugin that it replaces: the one that the installed `@pulumi/gcp` requires. */
export const { version } = createRequire(import.meta.url)("@pulumi/gcp/package.json") as { version: string };

/** The error for anything that the stand-in does not support, because a guess could differ from the real plugin. */
export function refusal(what: string): string {
  return `${what}. The real plugin is needed for it: pulumi plugin install resource gcp ${version}`;
}
