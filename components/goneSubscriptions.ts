/**
 * Subscriptions to support events in the state that were deleted outside of Pulumi. An update that changes one fails, so the
 * preview reports it; for deletions, failingDeletions.ts does. Topics are not checked, because the config can only replace them.
 */
import type * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, idIn, supportEventsApi } from "../google/index.ts";
import { subscriptionThing } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { callerOf } from "./googleSettings.ts";
import { goneSubscriptionRemedy } from "./obstacles/refusals.ts";

/**
 * @param component The component of the subscription. Its credentials are used.
 * @param recorded The subscription in the state.
 * @returns The error; undefined if the subscription exists, or if that cannot be read.
 */
export async function goneSubscription(component: pulumi.Resource, recorded: Outputs): Promise<string | undefined> {
  const { name, organization: number, pubSubTopic } = recorded;
  if (typeof name !== "string" || typeof number !== "string") return undefined;
  const organization = `organizations/${number}`;
  const caller = await callerOf(component);
  if (caller === undefined) return undefined;
  const api = supportEventsApi(checkUpTransport(caller.settings));
  const { value: found } = await answer(() => api.listSubscriptions(organization));
  // The name in the provider's outputs is only the ID.
  if (found === undefined || found.some((one) => idIn(one.name) === idIn(name))) return undefined;
  return `${subscriptionThing(organization, String(pubSubTopic))} was deleted outside of Pulumi; ${goneSubscriptionRemedy(organization, name)}`;
}
