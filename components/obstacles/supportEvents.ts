/** What the events of support cases need, and what Google would reject of them. */
import { supportEvents, updatePermissions } from "../../guide/index.ts";
import type { ResourceName, ServiceName } from "../../guide/index.ts";
import type { SupportEventsModel } from "../../onboarding/index.ts";
import { isOutOfSight } from "../../google/index.ts";
import type { Answer, SupportEventSubscription, Topic } from "../../google/index.ts";
import type { Need } from "./need.ts";

/** The topic of a project to which events are published. */
export interface WantedTopic {
  /** Its name in the project. */
  readonly topic: string;
  /** Whether the topic exists, and is only used. */
  readonly isExisting: boolean;
}

/** The part of what an update would create at a place that is for events. */
export interface WantedEvents {
  /** For a project. */
  readonly topic?: WantedTopic | undefined;
  /** For an organization: the full name of the topic that it subscribes. */
  readonly subscription?: string | undefined;
}

export interface EventFacts {
  readonly topic?: Answer<Topic> | undefined;
  readonly subscriptions?: Answer<readonly SupportEventSubscription[]> | undefined;
}

export type EventRefusal =
  | { readonly kind: "topic-exists"; readonly topic: string; readonly isBare: boolean }
  | { readonly kind: "topic-not-found"; readonly topic: string }
  | { readonly kind: "subscription-exists"; readonly topic: string; readonly subscription: string }
  | { readonly kind: "support-unreachable"; readonly reason: string };

/** The label that Pulumi's provider adds to new resources. */
export const pulumiLabel = "goog-pulumi-provisioned";

/** Whether the topic has only a name, as the program creates it. Any other topic belongs to somebody else, and is not imported. */
export function isBareTopic(topic: Topic): boolean {
  const { labels = {}, kmsKeyName, messageRetentionDuration, schemaSettings, ingestionDataSourceSettings } = topic;
  const settings = [kmsKeyName, messageRetentionDuration, schemaSettings, ingestionDataSourceSettings];
  const others = Object.keys(labels).filter((label) => label !== pulumiLabel);
  const { messageTransforms = [] } = topic;
  return [...settings, ...others, ...messageTransforms].every((one) => one === undefined || one === "");
}

export const fullTopicName = (resource: ResourceName, topic: string) => `${resource}/topics/${topic}`;

/**
 * What support events need at a place.
 *
 * @param organization Its resource name; undefined if it is not known.
 */
export function eventsAt(
  resource: ResourceName,
  organization: ResourceName | undefined,
  { project, topic, existingIn }: SupportEventsModel,
): WantedEvents & { readonly services: readonly ServiceName[] } {
  const ofTopic = `projects/${project}`;
  const isExisting = existingIn !== undefined;
  return {
    services: resource === ofTopic && !isExisting ? [supportEvents.service] : [],
    topic: resource === ofTopic ? { topic, isExisting } : undefined,
    subscription: resource === organization ? fullTopicName(ofTopic, topic) : undefined,
  };
}

const { createTopic, changeTopic, grantOnTopic, subscribeEvents, seeOrganization } = updatePermissions;

/**
 * The role of an existing topic can be granted on the topic itself, which the permissions of its project do not show. So nothing
 * is certainly missing.
 */
const topicNeed = ({ isExisting }: WantedTopic): Need => {
  const parts = isExisting ? [grantOnTopic] : [createTopic, changeTopic, grantOnTopic];
  return {
    ...grantOnTopic,
    part: "topic",
    purpose: isExisting ? "let Cloud Support publish to the topic" : "create the topic for support events",
    permissions: parts.flatMap(({ permissions }) => permissions).sort(),
    later: (isExisting ? grantOnTopic : changeTopic).permissions,
  };
};

/** The permissions are not documented. So a missing one alone is only a warning. */
const subscriptionNeeds: readonly Need[] = [subscribeEvents, seeOrganization].map((needed) => ({
  ...needed,
  part: "subscription",
  purpose: "subscribe to support events",
  later: needed.permissions,
}));

export function needsOfEvents({ topic, subscription }: WantedEvents): readonly Need[] {
  return [...(topic === undefined ? [] : [topicNeed(topic)]), ...(subscription === undefined ? [] : subscriptionNeeds)];
}

/** Whether Google denies the caller even to list the subscriptions, so that a missing permission is certain. */
export function areSubscriptionsDenied({ subscriptions }: EventFacts): boolean {
  return subscriptions?.error !== undefined && isOutOfSight(subscriptions.error);
}

/** @param isLackingPermission Whether a missing permission explains that Google denies the subscriptions. */
export function eventRefusals(
  { resource, topic, subscription }: WantedEvents & { readonly resource: ResourceName },
  facts: EventFacts,
  isLackingPermission: boolean,
): EventRefusal[] {
  const ofTopic = topic === undefined ? [] : topicRefusals(fullTopicName(resource, topic.topic), topic, facts);
  const denied = areSubscriptionsDenied(facts) && !isLackingPermission;
  const same = facts.subscriptions?.value?.find((one) => one.pubSubTopic === subscription);
  return [
    ...ofTopic,
    ...(denied ? [{ kind: "support-unreachable" as const, reason: facts.subscriptions?.error?.message ?? "" }] : []),
    ...(same === undefined
      ? []
      : [{ kind: "subscription-exists" as const, topic: same.pubSubTopic, subscription: same.name }]),
  ];
}

function topicRefusals(topic: string, { isExisting }: WantedTopic, { topic: found }: EventFacts): EventRefusal[] {
  if (!isExisting) {
    return found?.value === undefined ? [] : [{ kind: "topic-exists", topic, isBare: isBareTopic(found.value) }];
  }
  return found?.error?.status === 404 ? [{ kind: "topic-not-found", topic }] : [];
}
