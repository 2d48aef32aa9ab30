import { second } from "./clock.ts";
import { messageOf, rephrase } from "./googleApiError.ts";
import { fetchBillingInfo } from "./readProject.ts";
import { retry } from "./retry.ts";
import { textOf } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Timeouts } from "./resourceType.ts";
import type { Properties } from "./values.ts";

const permission = "billing.resourceAssociations.create";
const readings = 3;

/** Checks that the caller can use a billing account, before the project is created. */
export async function checkBillingPermission({ apis }: Provider, account: string): Promise<void> {
  const name = `billingAccounts/${account}`;
  const words = "failed pre-requisites: ";
  const body = { permissions: [permission] };
  const path = `v1/${name}:testIamPermissions`;
  const { permissions } = await apis
    .client({ api: "cloudBilling", method: "POST", path, body })
    .catch((error: unknown) => {
      throw rephrase(`${words}failed to check permissions on billing account ${JSON.stringify(name)}: `, error);
    });
  if (Array.isArray(permissions) && permissions.includes(permission)) return;
  throw new Error(`${words}missing permission on ${JSON.stringify(name)}: ${permission}`);
}

/** An error of the request that sets the billing account. The project then has none. */
export class BillingError extends Error {}

/** Sets or removes a project's billing account, and waits until reads return it. */
export async function setBillingAccount(
  provider: Provider,
  projectId: string,
  account: string,
  { update, read = update }: Timeouts,
): Promise<void> {
  const { apis, clock } = provider;
  const project = JSON.stringify(`projects/${projectId}`);
  const body: Properties = account === "" ? {} : { billingAccountName: `billingAccounts/${account}` };
  const path = `v1/projects/${projectId}/billingInfo`;
  const set = () => apis.client({ api: "cloudBilling", method: "PUT", path, body });
  await retry(set, { clock, timeout: update }).catch((error: unknown) => {
    const words = `Error setting billing account ${JSON.stringify(account)} for project ${project}: `;
    throw new BillingError(words + messageOf(error));
  });
  let found = "";
  for (let reading = 0; reading < readings; reading++) {
    const info = await fetchBillingInfo(provider, projectId, read).catch((error: unknown) => {
      throw rephrase(`Error getting billing info for project ${project}: `, error);
    });
    found = textOf(info["billingAccountName"]).replace(/^billingAccounts\//, "");
    if (found === account) return;
    await clock.sleep(3 * second);
  }
  const words = "Timed out waiting for billing account to return correct value.";
  throw new Error(`${words}  Waiting for ${account}, got ${found}.`);
}
