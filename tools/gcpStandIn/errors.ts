import { hasCode, wrap } from "./googleApiError.ts";
import type { State } from "./resourceType.ts";
import type { Properties } from "./values.ts";

/** Nothing, when an error says that a resource is gone; throws it, with words that name the resource, otherwise. */
export function goneOrThrow(error: unknown, resource: string): undefined {
  if (hasCode(error, 404)) return undefined;
  throw wrap(`Error when reading or editing ${resource}: `, error);
}

/** A resource that was made or changed, but not to the end: the engine keeps it, and tries again with the next update. */
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

/** An error that tells what it left: what was half made, or what a change that failed did not touch. */
export class StateError extends Error {
  readonly state: State;

  constructor(message: string, state: State) {
    super(message);
    this.name = "StateError";
    this.state = state;
  }
}

/** The version of the plugin that this one stands in for. */
export const version = "9.35.0";

/** What the stand-in says of anything that it has not been taught: a guess could differ from the real plugin. */
export function refusal(what: string): string {
  return `${what}. The real plugin is needed for it: pulumi plugin install resource gcp ${version}`;
}
