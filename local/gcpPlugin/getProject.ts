import { minute } from "./clock.ts";
import { goneOrThrow } from "./errors.ts";
import { googleApiError, rephrase } from "./googleApiError.ts";
import { textArgument } from "./invokedFunction.ts";
import { retry } from "./retry.ts";
import { isProperties, textOf } from "./values.ts";

import type { InvokedFunction } from "./invokedFunction.ts";
import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

const timeout = 20 * minute;

/** `gcp:organizations/getProject:getProject`: a project and its billing account. */
export const getProject: InvokedFunction = {
  arguments: ["projectId"],
  results: [
    "autoCreateNetwork",
    "billingAccount",
    "deletionPolicy",
    "effectiveLabels",
    "folderId",
    "labels",
    "name",
    "number",
    "orgId",
    "pulumiLabels",
    "tags",
  ],
  invoke: async (provider, args) => {
    const projectId = textArgument(args, "projectId") ?? provider.configuration.project;
    if (projectId === undefined) {
      throw new Error(
        "no project value set. `project_id` must be set at the resource level, " +
          "or a default `project` value must be specified on the provider",
      );
    }
    const id = `projects/${projectId}`;
    const found = await read(provider, projectId);
    if (found?.["lifecycleState"] !== "ACTIVE") throw new Error(`${id} not found or not in ACTIVE state`);
    const billingAccount = await readBillingAccount(provider, projectId);
    const labels = isProperties(found["labels"]) ? found["labels"] : {};
    return {
      id,
      projectId,
      name: found["name"] ?? "",
      number: textOf(found["projectNumber"] ?? 0),
      deletionPolicy: provider.configuration.deletionPolicy ?? "PREVENT",
      labels,
      effectiveLabels: labels,
      pulumiLabels: labels,
      ...readParent(found["parent"]),
      ...(billingAccount === undefined ? {} : { billingAccount }),
    };
  },
};

async function read(provider: Provider, projectId: string): Promise<Properties | undefined> {
  const path = `v1/projects/${encodeURIComponent(projectId)}`;
  try {
    const ask = (): Promise<Properties> => provider.apis.client({ api: "resourceManager", method: "GET", path });
    return await retry(ask, { clock: provider.clock, timeout });
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

async function readBillingAccount(provider: Provider, projectId: string): Promise<string | undefined> {
  const project = `projects/${projectId}`;
  const path = `v1/${project}/billingInfo`;
  let info: Properties;
  try {
    const ask = (): Promise<Properties> => provider.apis.client({ api: "cloudBilling", method: "GET", path });
    info = await retry(ask, { clock: provider.clock, timeout });
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

function readParent(parent: Properties[string] | undefined): Properties {
  if (!isProperties(parent)) return {};
  const id = parent["id"] ?? "";
  if (parent["type"] === "organization") return { orgId: id, folderId: "" };
  return parent["type"] === "folder" ? { orgId: "", folderId: id } : {};
}
