/**
 * The subscriptions of the Cloud Support API, v2, which publish the events of an organization's cases.
 *
 * An organization can have several: the API lists them in pages and filters them by topic, and documents no limit.
 *
 * Source: google/cloud/support/v2/support_event_subscription_service.proto;
 * https://docs.cloud.google.com/support/docs/reference/rest/v2/supportEventSubscriptions
 */
import { apiBaseUrl } from "./endpoint.ts";
import { shapeError } from "./error.ts";
import { allPages } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface SupportEventSubscription {
  /** `organizations/NUMBER/supportEventSubscriptions/ID`. */
  readonly name: string;
  /** `projects/P/topics/T`. */
  readonly pubSubTopic: string;
  readonly state?: "WORKING" | "FAILING" | "DELETED";
  /** Why it is failing, such as `TOPIC_NOT_FOUND`; empty or absent if it is not. */
  readonly failureReason?: string;
}

export interface SupportEventsApi {
  /**
   * The subscriptions that are not deleted.
   * @param parent `organizations/NUMBER`.
   */
  listSubscriptions(parent: string): Promise<SupportEventSubscription[]>;
  /** Also finds a deleted subscription, until Google purges it. */
  getSubscription(name: string): Promise<SupportEventSubscription>;
}

export function supportEventsApi(transport: Transport): SupportEventsApi {
  const { cloudSupportCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("cloudsupport", "v2", universeDomain, cloudSupportCustomEndpoint);
  return {
    listSubscriptions: (parent) =>
      allPages(
        transport,
        { baseUrl, path: `${parent}/supportEventSubscriptions`, project: undefined },
        "supportEventSubscriptions",
      ),
    getSubscription: async (name) => {
      const found: SupportEventSubscription = await transport.request({
        method: "GET",
        baseUrl,
        path: name,
        project: undefined,
      });
      if (typeof (found as Partial<SupportEventSubscription>).name === "string") return found;
      throw shapeError(`GET ${name}`, "a subscription with its name", found);
    },
  };
}
