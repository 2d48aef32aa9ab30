/** The errors about support events. */
import { supportEvents } from "../guide/index.ts";
import { adoptCommands } from "./careCommands.ts";
import { alertPolicyThing, grantThing, subscriptionThing, topicThing } from "./formerState.ts";
import type { Wanted } from "./obstacles/needs.ts";
import type { Refusal } from "./obstacles/refusals.ts";
import type { EventRefusal } from "./obstacles/supportEvents.ts";
import { emptyWanted, thingsIn } from "./wanted.ts";

/** What a refusal finds in place, if another stack of the program may have it. */
export function existingThing(refusal: Refusal, { resource, topic }: Wanted): string | undefined {
  if (refusal.kind === "alerts-exist") return alertPolicyThing(resource);
  if (refusal.kind === "topic-exists") return topicThing(topic?.topic ?? "", resource);
  return refusal.kind === "subscription-exists" ? subscriptionThing(resource, refusal.topic) : undefined;
}

/**
 * @param stack The other stack of the program that has what exists, if it is known.
 * @returns The key of the problem at the place in the args, the error, and the resources that are not created.
 */
export function eventMessage(refusal: EventRefusal, wanted: Wanted, stack: string | undefined) {
  const { resource, topic, subscription } = wanted;
  const ofTopic = thingsIn({ ...emptyWanted(resource), topic });
  const ofSubscription = thingsIn({ ...emptyWanted(resource), subscription });
  const adopt = adoptCommands();
  const ofPlace = { key: [], things: topic === undefined ? ofSubscription : ofTopic };
  switch (refusal.kind) {
    case "topic-exists": {
      const thing = topicThing(topic?.topic ?? "", resource);
      return {
        key: ["topic"],
        things: [thing],
        message:
          stack === undefined
            ? `${thing} already exists and is not in this stack; write topic: ${refusal.topic} to use it as it is, or another name (it may belong to another stack, which deletes it when it no longer needs it)${refusal.isBare ? `; if nobody else needs it, ${adopt === undefined ? `delete it: gcloud pubsub topics delete ${refusal.topic}` : `run ${adopt}`}` : "; its labels or settings show that this program has not created it"}`
            : `${thing} already exists in the stack ${stack}; leave supportEvents out of one of the two configs, or write another name (with topic: ${refusal.topic}, this stack would use it, and ${stack} could delete it)`,
      };
    }
    case "topic-not-found":
      return {
        key: ["topic"],
        things: [grantThing(supportEvents.publisherRole, supportEvents.publisher, refusal.topic)],
        message: `the topic ${refusal.topic} does not exist; write the full name of an existing topic, or topic: ${topic?.topic ?? ""} to create it`,
      };
    case "subscription-exists":
      return {
        key: [],
        things: [subscriptionThing(resource, refusal.topic)],
        message:
          stack === undefined
            ? `${refusal.subscription} already publishes the support events of ${resource} to ${refusal.topic} and is not in this stack, and a second one would publish each event twice; leave supportEvents out if it may belong to another stack, or else ${adopt === undefined ? "" : `run ${adopt}, or `}delete it: ${deleteCommand(refusal.subscription)}`
            : `${refusal.subscription} already publishes the support events of ${resource} to ${refusal.topic} and is in the stack ${stack}, and a second one would publish each event twice; leave supportEvents out of one of the two configs, and update ${stack} first if it is to move here`,
      };
    case "support-unreachable":
      return {
        ...ofPlace,
        message: `Cloud Support does not list the subscriptions of ${resource} (${refusal.reason}); check that the organization has a plan with the Cloud Support API, or leave supportEvents out`,
      };
  }
}

function deleteCommand(subscription: string): string {
  const [, organization = "", , id = ""] = subscription.split("/");
  return `gcloud support support-event-subscriptions delete ${id} --organization=${organization}`;
}
