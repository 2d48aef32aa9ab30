/** Whether the topic and the subscription of support events exist as the program creates them. */
import { fullTopicName } from "../../components/internal.ts";
import type { Topic } from "../../google/index.ts";
import type { Found } from "./outcome.ts";
import type { PlaceReadings } from "./readCloud.ts";
import { nameImportId } from "./resources.ts";

export function topicOutcome({ place, topic }: PlaceReadings): Found {
  const found = topic?.value;
  if (found === undefined) return { status: "not-read" };
  if (found === null) return { status: "missing" };
  if (!isBare(found)) return { status: "topic-differs" };
  const id = fullTopicName(place.resource, place.topic?.topic ?? "");
  // An import leaves it out of the state, and the first update writes it there.
  const isLabelled = pulumiLabel in (found.labels ?? {});
  return isLabelled ? { status: "differs", id, differences: ["label"] } : { status: "found", id };
}

/** The label that Pulumi's provider adds to new resources. */
const pulumiLabel = "goog-pulumi-provisioned";

/** Whether it has nothing but its name, as the program creates it. */
function isBare(topic: Topic): boolean {
  const { labels = {}, kmsKeyName, messageRetentionDuration, schemaSettings, ingestionDataSourceSettings } = topic;
  const settings = [kmsKeyName, messageRetentionDuration, schemaSettings, ingestionDataSourceSettings];
  const others = Object.keys(labels).filter((label) => label !== pulumiLabel);
  const { messageTransforms = [] } = topic;
  return [...settings, ...others, ...messageTransforms].every((one) => one === undefined || one === "");
}

export function subscriptionOutcome({ place, subscriptions }: PlaceReadings): Found {
  const found = subscriptions?.value?.filter(({ pubSubTopic }) => pubSubTopic === place.subscription);
  if (found === undefined) return { status: "not-read" };
  const [one] = found;
  if (one === undefined) return { status: "missing" };
  if (found.length > 1) return { status: "several-exist", subscriptions: found.map(({ name }) => name) };
  return { status: "found", id: nameImportId(place.resource, one.name) };
}
