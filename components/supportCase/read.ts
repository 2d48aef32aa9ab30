/** Reads a case; and whether its project or organization, which may be deleted before the case is closed, is there. */
import { GoogleError } from "../../google/index.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import { fieldsOf, outputsOf } from "./properties.ts";
import type { SupportCaseOutputs } from "./properties.ts";
import { messageOf } from "./write.ts";
import type { Dependencies } from "./write.ts";

/** What is true of the case; undefined where it is gone. What was added to it stays known, so that it is not added again. */
export async function readCase(
  name: string,
  properties: SupportCaseOutputs,
  { api }: Dependencies,
): Promise<SupportCaseOutputs | undefined> {
  const found = await getCase(api, name);
  if (found === undefined) return undefined;
  const { comments = [], attachments = [], escalated = false } = properties;
  return {
    ...outputsOf(properties, found),
    // An older state stays one until an update brings it up to today's.
    version: properties.version,
    ...fieldsOf(found, properties),
    comments,
    attachments,
    escalated: escalated || found.escalated === true,
  };
}

/** The case; undefined where it is not there. */
export async function getCase(api: SupportApi, name: string): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Whether the case was denied because its project is deleted: Google denies what is not there. A case that is denied
 * although its project is there is still somebody's open case.
 *
 * @throws what says so, where the case is denied and its project can be seen
 */
export async function wasDeletedWithParent(
  error: unknown,
  name: string,
  { resourceManager }: Pick<Dependencies, "resourceManager">,
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
  resourceManager: Dependencies["resourceManager"],
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
