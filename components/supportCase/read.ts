/** Reads a case, and whether its project or organization still exists. */
import { GoogleError } from "../../google/index.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import { fieldsOf, outputsOf } from "./properties.ts";
import type { SupportCaseOutputs } from "./properties.ts";
import { messageOf } from "./write.ts";
import type { Dependencies } from "./write.ts";

/**
 * The case's current outputs; undefined if it no longer exists. Keeps the recorded additions, so that they are not
 * added again.
 */
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
    // Only an update migrates an older state.
    version: properties.version,
    ...fieldsOf(found, properties),
    comments,
    attachments,
    escalated: escalated || found.escalated === true,
  };
}

/** The case; undefined if it does not exist. */
export async function getCase(api: SupportApi, name: string): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Whether access to the case was denied because its project was deleted. If the project still exists, the case may still be
 * open.
 *
 * @throws Error if access to the case is denied but the project is visible
 */
export async function wasDeletedWithParent(
  error: unknown,
  name: string,
  { resourceManager }: Pick<Dependencies, "resourceManager">,
): Promise<boolean> {
  if (!(error instanceof GoogleError) || error.status !== 403) return false;
  const [, collection = "", id = ""] = /^(projects|organizations)\/([^/]+)\//.exec(name) ?? [];
  if (!(await exists(collection, id, resourceManager))) return true;
  throw new Error(
    `case ${name} could not be closed and may still be open, because its ${collection.replace(/s$/, "")} still exists: ` +
      `${messageOf(error)}; ${remedyOf(error)}`,
    { cause: error },
  );
}

/** A destroy without the program uses the config of the last update, so the remedy is an environment variable. */
function remedyOf({ message, reason }: GoogleError): string {
  if (/requires a quota project/.test(message))
    return "set GOOGLE_CLOUD_QUOTA_PROJECT to the ID of a project for billing and quota, and run the command again";
  if (reason === "USER_PROJECT_DENIED")
    return "set GOOGLE_CLOUD_QUOTA_PROJECT to the ID of a project that the caller can use (or gcp:billingProject, if the config has it, with --run-program), and run the command again";
  return "grant the role Tech Support Editor there, or close the case in the console and run `pulumi state delete` on this resource";
}

async function exists(
  collection: string,
  id: string,
  resourceManager: Dependencies["resourceManager"],
): Promise<boolean> {
  try {
    if (collection === "organizations") await resourceManager.getOrganization(id);
    else return (await resourceManager.getProject(id)).state === "ACTIVE";
    return true;
  } catch (error) {
    if (error instanceof GoogleError && (error.status === 403 || error.status === 404)) return isUnanswered(error);
    throw error;
  }
}

/** Without the Resource Manager API or a quota project, it is not known whether the project exists. */
function isUnanswered({ reason }: GoogleError): boolean {
  return reason === "SERVICE_DISABLED" || reason === "USER_PROJECT_DENIED";
}
