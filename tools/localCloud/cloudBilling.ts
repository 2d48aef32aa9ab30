/**
 * Cloud Billing v1: the billing of a project, and the caller's permissions on an account.
 * https://cloud.google.com/billing/docs/reference/rest/v1/projects
 */
import { z } from "zod";
import { authorize, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { failedPrecondition } from "./errors.ts";
import { parseMessage } from "./message.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import { testIamPermissions } from "./resourceIam.ts";
import type { BillingAccount, Project } from "./state.ts";

const service = "cloudbilling.googleapis.com";

const billingInfoRequest = z.object({
  billingAccountName: z.union([z.literal(""), z.string().startsWith("billingAccounts/")]).default(""),
});

/** Billing is enabled if the project has an open account. */
function billingInfo(call: Call, { projectId, billingAccountName }: Project): object {
  return {
    name: `projects/${projectId}/billingInfo`,
    projectId,
    billingAccountName,
    billingEnabled: call.context.state.billingAccounts.get(billingAccountName)?.open ?? false,
  };
}

function updateBillingInfo(call: Call): object {
  const name = variable(call, "name");
  const { billingAccountName } = parseMessage(billingInfoRequest, call.body, "project_billing_info");
  if (billingAccountName === "") {
    const project = authorize(call, "resourcemanager.projects.deleteBillingAssignment", name) as Project;
    project.billingAccountName = "";
    return billingInfo(call, project);
  }
  const project = authorize(call, "resourcemanager.projects.createBillingAssignment", name) as Project;
  const account = authorize(call, "billing.resourceAssociations.create", billingAccountName) as BillingAccount;
  if (!account.open) throw failedPrecondition(`The billing account ${account.name} is closed.`);
  project.billingAccountName = account.name;
  return billingInfo(call, project);
}

export const cloudBilling: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.billing.v1",
  prefix: "cloudbilling",
  access: "quotaProject",
  methods: [
    {
      rpc: "CloudBilling.GetProjectBillingInfo",
      handle: (call) =>
        billingInfo(call, authorize(call, "resourcemanager.projects.get", variable(call, "name")) as Project),
    },
    {
      rpc: "CloudBilling.UpdateProjectBillingInfo",
      handle: updateBillingInfo,
    },
    {
      rpc: "CloudBilling.TestIamPermissions",
      handle: (call) => testIamPermissions(call, variable(call, "resource")),
    },
  ],
};
