/**
 * The Cloud Billing API, v1: whether a project's billing is enabled.
 *
 * Source: https://cloud.google.com/billing/docs/reference/rest/v1/projects
 */
import { apiBaseUrl } from "./endpoint.ts";
import type { Transport } from "./transport.ts";

/** The API omits empty and false values. */
export interface BillingInfo {
  /** `projects/ID/billingInfo`. */
  readonly name?: string;
  /** `billingAccounts/XXXXXX-XXXXXX-XXXXXX`; absent if the project has none. */
  readonly billingAccountName?: string;
  /** Whether the project has a billing account that is open. */
  readonly billingEnabled?: boolean;
}

export interface BillingApi {
  /** @param project The ID. Needs `resourcemanager.projects.get`. */
  getBillingInfo(project: string): Promise<BillingInfo>;
}

export function billingApi(transport: Transport): BillingApi {
  const { cloudBillingCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("cloudbilling", "v1", universeDomain, cloudBillingCustomEndpoint);
  return {
    getBillingInfo: (project) =>
      transport.request({ method: "GET", baseUrl, path: `projects/${project}/billingInfo`, project }),
  };
}
