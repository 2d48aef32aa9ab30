/** Support events: topics and subscriptions that exist, that do not, or that fail. */
import { eventGaps, fullTopicName, goneSubscriptionRemedy } from "../../../components/internal.ts";
import { supportEvents } from "../../../guide/index.ts";
import { formatPath } from "../../../onboarding/index.ts";
import { quoted, resourceFlag } from "../../shell.ts";
import type { StatesReading } from "../../stack/states.ts";
import type { Finding } from "../finding.ts";
import type { PlaceReadings } from "../readGoogle.ts";
import { newAt, refusalsHere, stacksWith } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { adoptCommand, deleteSubscriptionCommand, remedyForExisting } from "../remedies.ts";

/** By the same code as in the preview. */
export function supportEventFindings(all: Readings): Finding[] {
  const { stack, states, google } = all;
  const key = `${stack.project}:${formatPath(["organization", "supportEvents"])}`;
  return google.places.flatMap((readings) => {
    const { resource, topic } = readings.place;
    const refused = refusalsHere(readings, all).flatMap((refusal): Finding[] => {
      if (refusal.kind === "topic-exists")
        return [
          {
            id: refusal.kind,
            level: refusal.level,
            where: resource,
            what: `The topic ${refusal.topic} exists already, outside of the stack: pulumi up fails.`,
            remedy: remedyForExisting(
              `leave out ${key}, or write another name into ${key}.topic`,
              stacksWith(readings, states, ({ kind, thing }) => kind === "topic" && thing === refusal.topic),
              `or, if no other stack has that topic and could delete it, ${refusal.topic} to use it${refusal.isBare ? `; or import it: ${adoptCommand(stack.name)}` : ""}`,
            ),
          },
        ];
      if (refusal.kind === "topic-not-found")
        return [
          {
            id: refusal.kind,
            level: refusal.level,
            where: resource,
            what: `The topic ${refusal.topic} does not exist: pulumi up fails.`,
            remedy: `write ${topic?.topic ?? ""} into ${key}.topic to create it, or a name that gcloud pubsub topics list ${resourceFlag(resource)} shows`,
          },
        ];
      if (refusal.kind === "subscription-exists")
        return [
          {
            id: refusal.kind,
            level: refusal.level,
            where: resource,
            what: `${refusal.subscription} already publishes the support events to ${refusal.topic}, outside of the stack: pulumi up fails, since a second one would publish each event twice.`,
            remedy: remedyForExisting(
              `leave out ${key}`,
              stacksWith(readings, states, ({ kind, thing }) => kind === "subscription" && thing === refusal.topic),
              `or, if no other stack has that subscription, import it: ${adoptCommand(stack.name)}, or delete it: ${deleteSubscriptionCommand(refusal.subscription)}`,
            ),
          },
        ];
      return [];
    });
    return [...refused, ...ownTopic(readings, states, key), ...deployedFindings(readings, states)];
  });
}

/** The topic that the stack has created, and that the config uses as an existing one. */
function ownTopic({ place: { resource, topic } }: PlaceReadings, { managed }: StatesReading, key: string): Finding[] {
  if (topic?.isExisting !== true) return [];
  const name = fullTopicName(resource, topic.topic);
  if (!managed.some(({ kind, thing }) => kind === "topic" && thing === name)) return [];
  return [
    {
      id: "own-resource",
      level: "error",
      where: resource,
      what: `This stack has created ${name}, and would delete it if it used it as an existing topic: pulumi up fails.`,
      remedy: `write ${topic.topic} into ${key}.topic`,
    },
  ];
}

/** What the stack has, and what an update without changes leaves as it is. */
function deployedFindings(readings: PlaceReadings, states: StatesReading): Finding[] {
  const { place, subscriptions } = readings;
  const gaps = eventGaps(readings);
  const { resource, topic, subscription } = place;
  const isNew = newAt(readings, states);
  const refresh = "run pulumi up --refresh";
  const findings: Finding[] = [];
  if (topic !== undefined && isNew.topic === undefined && gaps.includes("topic-gone")) {
    const name = fullTopicName(resource, topic.topic);
    findings.push({
      id: "topic-gone",
      level: "warning",
      where: resource,
      what: `The topic ${name} was deleted outside of Pulumi: nobody gets the support events.`,
      remedy: topic.isExisting
        ? `create it again with gcloud pubsub topics create ${quoted(topic.topic)} ${resourceFlag(resource)}, then ${refresh}, which grants Google to publish to it`
        : `${refresh}, which creates it again; create its subscriptions again too`,
    });
  }
  const isGrantDeployed = states.managed.some(
    ({ kind, thing }) => kind === "publisher" && topic !== undefined && thing === fullTopicName(resource, topic.topic),
  );
  if (topic !== undefined && isGrantDeployed && gaps.includes("publisher-gone"))
    findings.push({
      id: "publisher-gone",
      level: "warning",
      where: resource,
      what: `The grant of ${supportEvents.publisherRole} to ${supportEvents.publisher} on ${fullTopicName(resource, topic.topic)} was removed outside of Pulumi: Google cannot publish the support events.`,
      remedy: `${refresh}, which creates it again`,
    });
  const own = states.managed.find(({ kind, thing }) => kind === "subscription" && thing === subscription);
  const isListed = subscriptions?.value?.some(
    ({ name, pubSubTopic }) => pubSubTopic === subscription || name.endsWith(`/${own?.id ?? ""}`),
  );
  if (subscription !== undefined && isNew.subscription === undefined && isListed === false)
    findings.push({
      id: "subscription-gone",
      level: "warning",
      where: resource,
      what: `The subscription of the support events to ${subscription} was deleted outside of Pulumi: nobody gets the events, and an update that changes or deletes it fails.`,
      remedy: `${goneSubscriptionRemedy(resource, own?.id ?? "ID")}; to delete it with the stack or from the config, run pulumi state remove '${own?.urn ?? "URN"}' first`,
    });
  const failing = subscriptions?.value?.find((one) => one.pubSubTopic === subscription && one.state === "FAILING");
  if (failing !== undefined && isNew.subscription === undefined)
    findings.push({
      id: "subscription-failing",
      level: "warning",
      where: resource,
      what: `${failing.name} does not publish the support events to ${failing.pubSubTopic}${failing.failureReason ? ` (${failing.failureReason})` : ""}.`,
      remedy: `if the topic or the grant of ${supportEvents.publisherRole} to ${supportEvents.publisher} is missing, ${refresh}, which creates them again; the state of the subscription changes with the next event`,
    });
  return findings;
}
