/** The project or organization of a case, which may be deleted before the case is closed. */
import { GoogleError } from "../../google/index.ts";
import { messageOf } from "./partialFailure.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Whether the case was denied because its project is deleted: Google denies what is not there. A case that is denied
 * although its project is there is still somebody's open case.
 *
 * @throws what says so, where the case is denied and its project can be seen
 */
export async function isGoneWithItsParent(
  error: unknown,
  name: string,
  { resourceManager }: Pick<Surroundings, "resourceManager">,
): Promise<boolean> {
  if (!(error instanceof GoogleError) || error.status !== 403) return false;
  const [, collection = "", id = ""] = /^(projects|organizations)\/([^/]+)\//.exec(name) ?? [];
  if (!(await isVisible(collection, id, resourceManager))) return true;
  throw new Error(
    `case ${name} may still be open, and could not be closed, although its ${collection.replace(/s$/, "")} is there: ` +
      `${messageOf(error)}; grant the role Tech Support Editor there, or close the case in the console and run ` +
      "`pulumi state delete` on this resource",
    { cause: error },
  );
}

async function isVisible(
  collection: string,
  id: string,
  resourceManager: Surroundings["resourceManager"],
): Promise<boolean> {
  try {
    if (collection === "organizations") await resourceManager.getOrganization(id);
    else return (await resourceManager.getProject(id)).state === "ACTIVE";
    return true;
  } catch (error) {
    if (error instanceof GoogleError && (error.status === 403 || error.status === 404)) return isDisabled(error);
    throw error;
  }
}

/** Nothing is known of the project where the API that would tell is disabled. */
function isDisabled({ reason }: GoogleError): boolean {
  return reason === "SERVICE_DISABLED";
}
