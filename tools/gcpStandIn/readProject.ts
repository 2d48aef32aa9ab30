import { goneOrThrow } from "./errors.ts";
import { googleApiError, rephrase } from "./googleApiError.ts";
import { retry } from "./retry.ts";
import { isProperties } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

/** A project in the API's reply. */
export function fetchProject({ apis, clock }: Provider, projectId: string, timeout: number): Promise<Properties> {
  const path = `v1/projects/${encodeURIComponent(projectId)}`;
  return retry(() => apis.client({ api: "resourceManager", method: "GET", path }), { clock, timeout });
}

/** The billing of a project in the API's reply. */
export function fetchBillingInfo({ apis, clock }: Provider, projectId: string, timeout: number): Promise<Properties> {
  const path = `v1/projects/${projectId}/billingInfo`;
  return retry(() => apis.client({ api: "cloudBilling", method: "GET", path }), { clock, timeout });
}

/** A project; undefined if it does not exist. */
export async function readProject(
  provider: Provider,
  projectId: string,
  timeout: number,
): Promise<Properties | undefined> {
  try {
    return await fetchProject(provider, projectId, timeout);
  } catch (error) {
    const found = googleApiError(error);
    if (found?.code === 403 && found.apiMessage.includes("caller does not have permission")) {
      const name = JSON.stringify(projectId);
      throw new Error(`the user does not have permission to access Project ${name} or it may not exist`, {
        cause: error,
      });
    }
    return goneOrThrow(error, `Project ${JSON.stringify(projectId)}`);
  }
}

/** The billing account of a project; undefined if there is none, or if the API is disabled. */
export async function readBillingAccount(
  provider: Provider,
  projectId: string,
  timeout: number,
): Promise<string | undefined> {
  const project = `projects/${projectId}`;
  let info: Properties;
  try {
    info = await fetchBillingInfo(provider, projectId, timeout);
  } catch (error) {
    const found = googleApiError(error);
    if (found?.code === 403 && found.reasons.includes("accessNotConfigured")) return undefined;
    throw rephrase(`Error reading billing account for project ${JSON.stringify(project)}: `, error);
  }
  const { billingAccountName } = info;
  if (typeof billingAccountName !== "string" || billingAccountName === "") return undefined;
  const prefix = "billingAccounts/";
  if (billingAccountName.startsWith(prefix)) return billingAccountName.slice(prefix.length);
  throw new Error(
    `Error parsing billing account for project ${JSON.stringify(project)}. ` +
      `Expected value to begin with 'billingAccounts/' but got ${billingAccountName}`,
  );
}

/** The folder or organization of a project. */
export function readParent(parent: Properties[string] | undefined): Properties {
  if (!isProperties(parent)) return {};
  const id = parent["id"] ?? "";
  if (parent["type"] === "organization") return { orgId: id, folderId: "" };
  return parent["type"] === "folder" ? { orgId: "", folderId: id } : {};
}
