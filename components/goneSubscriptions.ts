/**
 * Subscriptions to support events in the state that somebody has deleted outside of Pulumi. A change of one fails in an update, so
 * the preview reports it; failingDeletions.ts does for a deletion. A topic is not looked up, because the config can only replace it.
 */
import type * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, supportEventsApi } from "../google/index.ts";
import { subscriptionThing } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { callerOf } from "./googleSettings.ts";
import { goneSubscriptionRemedy } from "./obstacles/refusals.ts";

/**
 * @param component The one that has the subscription. Its credentials are used.
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
  if (found === undefined || found.some((one) => idOf(one.name) === idOf(name))) return undefined;
  return `${subscriptionThing(organization, String(pubSubTopic))} was deleted outside of Pulumi; ${goneSubscriptionRemedy(organization, name)}`;
}

/** The provider has the ID alone as the name. */
const idOf = (name: string) => name.split("/").at(-1);
