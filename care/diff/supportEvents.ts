/** Support events: the events of all support cases of an organization, published to a Pub/Sub topic. */
import { componentTypes, subscriptionType, topicGrantType, topicType } from "../../components/internal.ts";
import { supportEvents } from "../../guide/index.ts";
import { creates, kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import { externalKinds } from "./organization.ts";
import type { Answer } from "./organization.ts";
import { compose, own, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { addsOwnLabel, labelled, propertyChanges, unexplained, withUnknown, withUnlisted } from "./properties.ts";
import { parseUrn } from "./urn.ts";
import { knownText } from "./values.ts";

/**
 * The change; undefined if it is not about support events.
 *
 * @param steps All of the preview.
 */
export function supportEventChange(step: Step, steps: readonly Step[]): Change | undefined {
  if (step.type === subscriptionType) return subscriptionChange(step);
  if (step.type === topicGrantType) return publisherChange(step);
  return step.type === topicType && isForEvents(step, steps) ? topicChange(step) : undefined;
}

function subscriptionChange(step: Step): Change {
  const placeIn = (state: State | undefined) => placeOf(state?.inputs["organization"], step.name, "organization");
  const topicIn = (state: State | undefined) => shown(state?.inputs["pubSubTopic"], "topic");
  const { before, after } = step;
  const state = after ?? before;
  const place = placeIn(state);
  const eventsIn = (where: Place) => compose`he events of all support cases of ${where.phrase}`;
  const events = eventsIn(place);
  const to = topicIn(state);
  const isSame = knownText(before?.inputs["pubSubTopic"]) === knownText(after?.inputs["pubSubTopic"]);
  const isMoved = placeIn(before).resourceName !== place.resourceName;
  const instead = compose`T${events} are published to ${to} instead of ${topicIn(before)}.`;
  const words: Words = {
    create: compose`T${events} are published to ${to}${again(step, "subscription")}.`,
    import: compose`T${events} are published to ${to} already, and the stack takes the subscription over.`,
    retain: compose`T${events} are still published to ${to}, but the stack no longer manages the subscription.`,
    delete: compose`T${events} are no longer published to ${to}.`,
    replace: isMoved
      ? compose`T${eventsIn(placeIn(before))} are no longer published to ${topicIn(before)}, and t${events} are published to ${to}.`
      : isSame
        ? compose`The subscription to t${events} is replaced, and still publishes them to ${to}.`
        : instead,
    update: isSame ? compose`The subscription to t${events} ${changed(step)}.` : instead,
  };
  const getsTopic =
    creates(step) || (step.op === "update" && propertyChanges(step).some(({ name }) => name === "pubSubTopic"));
  // A preview does not show who owns the topic's project.
  return changeOf(step, ["organization", "pubSubTopic"], words, place, ["organization"], getsTopic ? "perhaps" : "no");
}

function topicChange(step: Step): Change {
  const state = step.after ?? step.before;
  const place = placeOf(state?.inputs["project"], step.name, "project");
  const topic = compose`topic ${shown(state?.inputs["name"], step.name)} for support events`;
  const words: Words = {
    create: compose`The ${topic} is created in ${place.phrase}${again(step, "topic")}.`,
    import: compose`The ${topic} exists in ${place.phrase} already, and the stack takes it over.`,
    retain: compose`The ${topic} stays in ${place.phrase}, but the stack no longer manages it.`,
    delete: compose`The ${topic} is deleted in ${place.phrase}, and its subscriptions no longer get the events.`,
    replace: compose`The ${topic} is replaced in ${place.phrase}, and the subscriptions of the former topic no longer get the events.`,
    update: compose`The ${topic} in ${place.phrase} ${changed(step)}.`,
  };
  return changeOf(step, ["project", "name"], words, place);
}

/** Undefined if it is a grant to somebody else. */
function publisherChange(step: Step): Change | undefined {
  const isPublisher = (state: State | undefined) =>
    state?.inputs["member"] === supportEvents.publisher && state.inputs["role"] === supportEvents.publisherRole;
  const states = [step.before, step.after].filter((state) => state !== undefined);
  if (!states.every(isPublisher)) return undefined;
  const topicIn = (state: State | undefined) => {
    const { topic, project } = state?.inputs ?? {};
    return compose`topic ${shown(topic, "topic")} of ${placeOf(project, step.name, "project").phrase}`;
  };
  const state = step.after ?? step.before;
  const place = placeOf(state?.inputs["project"], step.name, "project");
  const words: Words = {
    create: compose`Google is allowed to publish support events to the ${topicIn(state)}${again(step, "grant")}.`,
    import: compose`Google is already allowed to publish support events to the ${topicIn(state)}, and the stack takes the grant over.`,
    retain: compose`Google is still allowed to publish support events to the ${topicIn(state)}, but the stack no longer manages the grant.`,
    delete: compose`Google is no longer allowed to publish support events to the ${topicIn(state)}.`,
    replace: compose`Google is no longer allowed to publish support events to the ${topicIn(step.before)}, but to the ${topicIn(state)}.`,
    update: compose`The grant that allows Google to publish support events to the ${topicIn(state)} ${changed(step)}.`,
  };
  return changeOf(step, ["project", "topic", "role", "member"], words, place);
}

/** The topic of the component, or the one that a subscription of the preview names. */
function isForEvents({ urn, before, after }: Step, steps: readonly Step[]): boolean {
  if (parseUrn(urn).types.includes(componentTypes.supportEvents)) return true;
  const names = [before, after].map((state) => {
    const { project, name } = state?.inputs ?? {};
    return `projects/${knownText(project) ?? ""}/topics/${knownText(name) ?? ""}`;
  });
  return steps
    .filter(({ type }) => type === subscriptionType)
    .flatMap((step) => [step.before, step.after])
    .some((state) => names.includes(knownText(state?.inputs["pubSubTopic"]) ?? ""));
}

type Words = Readonly<Record<"create" | "import" | "retain" | "delete" | "replace" | "update", Phrase>>;

function changeOf(
  step: Step,
  known: readonly string[],
  words: Words,
  place: Place,
  more: readonly ChangeKindName[] = [],
  leaves: Answer = "no",
): Change {
  const isUnexplained = step.op === "update" && propertyChanges(step).length === 0 && !addsOwnLabel(step);
  const removal = removalOf(step, known);
  const external = externalKinds(leaves);
  const kinds = [
    ...external.kinds,
    ...(removal === "no" ? [] : (["alert-removal"] as const)),
    ...more,
    ...kindsOf(step),
  ];
  return withUnlisted(
    {
      group: "alerts",
      operation: step.op,
      kinds: isUnexplained ? withUnknown(kinds) : kinds,
      perhaps: [...external.perhaps, ...(removal === "perhaps" ? (["alert-removal"] as const) : [])],
      place: place.resourceName,
      urns: [step.urn],
      sentence: words[step.op === "delete" && stays(step) ? "retain" : (step.op as keyof Words)],
    },
    step,
    known,
  );
}

/** Whether events no longer arrive where they did: each of these properties is part of the way. */
function removalOf(step: Step, properties: readonly string[]): Answer {
  if (stays(step) || !["update", "replace", "delete"].includes(step.op)) return "no";
  if (step.op === "delete") return "yes";
  const changes = propertyChanges(step).filter(({ name }) => properties.includes(name));
  if (changes.length === 0) return "no";
  const isHidden = changes.every(({ before, after }) =>
    [before, after].some((value) => knownText(value) === undefined),
  );
  return isHidden ? "perhaps" : "yes";
}

function again({ drifted }: Step, what: string): Phrase {
  return drifted ? own(` again (the ${what} was removed outside of Pulumi)`) : [];
}

function changed(step: Step): Phrase {
  if (addsOwnLabel(step)) return labelled;
  return propertyChanges(step).length === 0 ? unexplained : own("changes");
}
