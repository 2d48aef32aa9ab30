import { hasCode, wrap } from "./googleApiError.ts";

/** Nothing, when an error says that a resource is gone; throws it, with words that name the resource, otherwise. */
export function goneOrThrow(error: unknown, resource: string): undefined {
  if (hasCode(error, 404)) return undefined;
  throw wrap(`Error when reading or editing ${resource}: `, error);
}
