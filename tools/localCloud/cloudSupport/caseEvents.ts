/**
 * Publishes the events of cases to the topics of the organization's subscriptions. Google does not document the content of its
 * messages, so these contain only the name and the state of the case.
 *
 * Source: google/cloud/support/v2/support_event_subscription.proto
 */
import { hasPermission } from "../api.ts";
import type { Context } from "../api.ts";
import { findResource, organizationOf } from "../hierarchy.ts";
import { publish } from "../pubsub.ts";
import type { Principal, SupportCase, SupportEventSubscription, Topic } from "../state.ts";

/** The service account of Google that publishes. */
const publisher: Principal = {
  principal: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
  displayName: "Cloud Support",
};

/** Publishes a new or changed case. While messages cannot be published to its topic, a subscription is failing. */
export function publishCase(context: Context, { name, parent, state, updateTime }: SupportCase): void {
  const resource = findResource(context.state, parent);
  const organization = resource && organizationOf(context.state, resource);
  if (organization === undefined) return;
  const data = Buffer.from(JSON.stringify({ name, state, updateTime })).toString("base64");
  for (const subscription of context.state.supportEventSubscriptions.values()) {
    if (!subscription.name.startsWith(`${organization.name}/`) || subscription.state === "DELETED") continue;
    const failureReason = reasonOf(context, subscription);
    subscription.state = failureReason === "" ? "WORKING" : "FAILING";
    subscription.failureReason = failureReason;
    if (failureReason === "") publish(context, subscription.pubSubTopic, [{ data }]);
  }
}

/** Why nothing can be published; an empty text if it can. */
function reasonOf(context: Context, { pubSubTopic }: SupportEventSubscription): string {
  const topic = findResource(context.state, pubSubTopic) as Topic | undefined;
  if (topic === undefined) return "TOPIC_NOT_FOUND";
  return hasPermission(context, publisher, "pubsub.topics.publish", topic) ? "" : "PERMISSION_DENIED";
}
