/**
 * Cloud Billing v1: the accounts, the billing of a project, and the caller's permissions on an account.
 * https://cloud.google.com/billing/docs/reference/rest/v1/projects
 */
import { z } from "zod";
import { authorize, hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { failedPrecondition, invalidArgument } from "./errors.ts";
import { parseMessage } from "./message.ts";
import { page } from "./paging.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import { testIamPermissions } from "./resourceIam.ts";
import type { BillingAccount, Project } from "./state.ts";

const service = "cloudbilling.googleapis.com";

const pageSizes = { default: 100, max: 100 };

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

function accountMessage({ name, displayName, open, parent }: BillingAccount): object {
  return { name, displayName, open, parent, masterBillingAccount: "" };
}

function accountNamed(call: Call, permission: string): BillingAccount {
  return authorize(call, permission, variable(call, "name")) as BillingAccount;
}

/** The accounts that the caller may view, optionally those of an organization. */
function listBillingAccounts(call: Call): object {
  const wanted = variable(call, "parent") || call.query.text("parent");
  const filter = call.query.text("filter");
  // The only field that the reference supports. No account is a subaccount.
  const ofMaster = /^master_billing_account\s*=\s*"?billingAccounts\/[\w-]+"?$/.test(filter);
  if (filter !== "" && !ofMaster) throw invalidArgument("filter", `${filter} is not supported`);
  const found = [...call.context.state.billingAccounts.values()].filter(
    (account) =>
      !ofMaster &&
      (wanted === "" || account.parent === wanted) &&
      hasPermission(call.context, call.principal, "billing.accounts.get", account),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { billingAccounts: items.map(accountMessage), nextPageToken };
}

function listProjects(call: Call): object {
  const { name } = accountNamed(call, "billing.resourceAssociations.list");
  const found = [...call.context.state.projects.values()].filter((project) => project.billingAccountName === name);
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { projectBillingInfo: items.map((project) => billingInfo(call, project)), nextPageToken };
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
    { rpc: "CloudBilling.ListBillingAccounts", handle: listBillingAccounts },
    {
      rpc: "CloudBilling.GetBillingAccount",
      handle: (call) => accountMessage(accountNamed(call, "billing.accounts.get")),
    },
    { rpc: "CloudBilling.ListProjectBillingInfo", handle: listProjects },
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
