/** What keeps the events of support cases from their topic. `care doctor` and `care report` share these rules. */
import type { Answer, Policy, Topic } from "../../google/index.ts";
import { supportEvents } from "../../guide/index.ts";
import { servicesOff } from "./goneAlerts.ts";
import { isGranted } from "./refusals.ts";

/** What was read of the topic and its project. Absent facts were not requested. */
export interface FoundTopic {
  readonly enabledServices?: Answer<readonly string[]> | undefined;
  readonly topic?: Answer<Topic> | undefined;
  readonly topicPolicy?: Answer<Policy> | undefined;
  /** The policy of the topic's project. */
  readonly policy?: Answer<Policy> | undefined;
}

export type EventGap = "service-disabled" | "topic-gone" | "publisher-gone";

/** A fact that could not be read never counts as a gap. */
export function eventGaps(found: FoundTopic): EventGap[] {
  const { enabledServices, topic, topicPolicy, policy } = found;
  const { service } = supportEvents;
  const isPublisherGone = topicPolicy?.value !== undefined && !isPublisher(topicPolicy) && !isPublisher(policy);
  return [
    ...(servicesOff([service], enabledServices?.value).length > 0 ? (["service-disabled"] as const) : []),
    ...(topic?.error?.status === 404 ? (["topic-gone"] as const) : []),
    ...(isPublisherGone ? (["publisher-gone"] as const) : []),
  ];
}

/** Whether the policy lets Google publish. */
export const isPublisher = (policy: Answer<Policy> | undefined): boolean =>
  isGranted(policy?.value, supportEvents.publisherRole, supportEvents.publisher);
