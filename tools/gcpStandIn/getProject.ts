import { minute } from "./clock.ts";
import { textArgument } from "./invokedFunction.ts";
import { readBillingAccount, readParent, readProject } from "./readProject.ts";
import { isProperties, textOf } from "./values.ts";

import type { InvokedFunction } from "./invokedFunction.ts";

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
    const found = await readProject(provider, projectId, timeout);
    if (found?.["lifecycleState"] !== "ACTIVE") throw new Error(`${id} not found or not in ACTIVE state`);
    const billingAccount = await readBillingAccount(provider, projectId, timeout);
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
