/** Who is alerted: notification channels, and the recipients of an alert policy. */
import { alertPolicyType, channelType } from "../../components/internal.ts";
import { creates, kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import { addressLeaves, externalKinds } from "./organization.ts";
import type { Domains, Answer } from "./organization.ts";
import { capitalized, code, compose, listed, own, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { withPaths } from "./paths.ts";
import { placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { becomes, propertyChanges, unexplained, withUnknown, withUnlisted } from "./properties.ts";
import { knownText, valueOf } from "./values.ts";

export interface Recipient {
  /** The same for one recipient before and after the update. Undefined if the preview does not show it. */
  readonly key: string | undefined;
  readonly phrase: Phrase;
  /** Whether its channel is created by the same update, which then reports the recipient's domain. */
  readonly isNew: boolean;
  readonly address: string | undefined;
  /** Whether it may be an e-mail address that the preview does not show. Two channels can have the same address. */
  readonly mayBeAnyone: boolean;
}

interface Channel {
  readonly isEmail: boolean;
  /** Undefined if it is hidden, or no e-mail channel. */
  readonly address: string | undefined;
  readonly isOn: boolean;
  readonly phrase: Phrase;
  readonly place: Place;
}

function channelOf({ name }: Step, state: State | undefined): Channel | undefined {
  if (state === undefined) return undefined;
  const { type, labels, enabled, project } = state.inputs;
  const isEmail = type === "email";
  const property = (labels as Record<string, unknown> | null | undefined)?.["email_address"];
  const email = valueOf(labels).kind === "known" || property !== undefined ? property : labels;
  return {
    isEmail,
    address: isEmail ? knownText(email) : undefined,
    isOn: enabled !== false,
    phrase: isEmail
      ? shown(email, name.slice(name.lastIndexOf("/") + 1))
      : compose`a channel of the type ${shown(type, "type")}`,
    place: placeOf(project, name, "project"),
  };
}

/**
 * The recipients of an alert policy in one of its states. A preview has the names of the channels, which it does not know for new
 * channels: these are the ones next to the policy that the update creates.
 *
 * @param steps All of the preview, also for unchanged channels.
 */
export function recipientsOf(policy: Step, when: "before" | "after", steps: readonly Step[]): Recipient[] {
  const property = policy[when]?.inputs["notificationChannels"];
  if (property === undefined || property === null) return [];
  const elements: readonly unknown[] = Array.isArray(property) ? property : [property];
  const hidden = elements.filter((element) => knownText(element) === undefined);
  const channels = steps.filter(({ type }) => type === channelType);
  const created = channels.filter((channel) => isCreatedFor(policy, channel));
  const areCreated = when === "after" && Array.isArray(property) && created.length === hidden.length;
  const known = [
    ...elements.flatMap((element) => {
      const name = knownText(element);
      if (name === undefined) return [];
      const step = channels.find(({ before }) => nameOf(before) === name);
      return [recipientOf(step, step?.[when] ?? step?.before, name)];
    }),
    ...(areCreated ? created.map((step) => ({ ...recipientOf(step, step.after, step.urn), isNew: true })) : []),
  ];
  return [
    // Neither the order of the steps nor that of the numbers of channels is the same in each preview.
    ...known.sort((one, other) => (one.key < other.key ? -1 : 1)),
    ...(areCreated || hidden.length === 0
      ? []
      : [
          {
            key: undefined,
            phrase: own(
              `recipients that are ${valueOf(hidden[0]).kind === "secret" ? "a secret" : "known after the update"}`,
            ),
            isNew: false,
            address: undefined,
            mayBeAnyone: true,
          },
        ]),
  ];
}

function recipientOf(
  step: Step | undefined,
  state: State | undefined,
  name: string,
): Recipient & { readonly key: string } {
  const channel = step && channelOf(step, state);
  return {
    key: channel?.address ?? name,
    phrase: channel?.address === undefined ? code(name) : channel.phrase,
    isNew: false,
    address: channel?.address,
    mayBeAnyone: channel === undefined || (channel.isEmail && channel.address === undefined),
  };
}

function nameOf(state: State | undefined): string | undefined {
  return knownText(state?.outputs["name"]) ?? state?.id;
}

function isCreatedFor(policy: Step, { op, after }: Step): boolean {
  if (!creates({ op })) return false;
  return after?.parent === policy.after?.parent && after?.inputs["project"] === policy.after?.inputs["project"];
}

const nested = ["labels"];
const known = ["project", "type", "displayName", "enabled"];

/** @param domains The domains that may be the organization's. */
export function channelChange(step: Step, steps: readonly Step[], domains: Domains): Change | undefined {
  if (step.type !== channelType) return undefined;
  const before = channelOf(step, step.before);
  const after = channelOf(step, step.after);
  const isUnexplained = step.op === "update" && propertyChanges(step).length === 0;
  const isGained =
    creates(step) ||
    (step.op === "update" && (after?.address === undefined || after.address !== before?.address) && !isUnexplained);
  const leaves: Answer = isGained ? addressLeaves(after?.address, domains) : "no";
  const external = externalKinds(leaves);
  const removal = removalOf(step, before, after, steps);
  const change: Change = {
    group: "alerts",
    operation: step.op,
    kinds: [...external.kinds, ...(removal === "no" ? [] : (["alert-removal"] as const)), ...kindsOf(step)],
    perhaps: [...external.perhaps, ...(removal === "perhaps" ? (["alert-removal"] as const) : [])],
    place: (after ?? before)?.place.resourceName,
    urns: [step.urn],
    sentence: capitalized(sentence(step, before, after)),
  };
  const ofEmail = (after ?? before)?.isEmail ? ["labels", "labels.email_address"] : [];
  return withUnlisted(
    isUnexplained ? { ...change, kinds: withUnknown(change.kinds) } : change,
    withPaths(step, nested),
    [...known, ...ofEmail],
  );
}

function removalOf(
  step: Step,
  before: Channel | undefined,
  after: Channel | undefined,
  steps: readonly Step[],
): Answer {
  if (before === undefined || stays(step) || !["update", "replace", "delete"].includes(step.op)) return "no";
  const isKept = step.op === "update" || step.op === "replace";
  if (isKept && (after === undefined || (before.isOn && !after.isOn))) return "yes";
  const loss = isKept && after !== undefined ? lossOf(before, after) : "perhaps";
  if (step.op === "update") return loss;
  // A policy of another stack may also use the channel, by the name that it has had.
  return isReportedByPolicy(step, before, steps) ? "no" : loss === "no" ? "perhaps" : loss;
}

/** Whether somebody is no longer alerted through the channel. */
function lossOf(before: Channel, after: Channel): Answer {
  if (before.place.resourceName !== after.place.resourceName) return "yes";
  if (before.address === after.address) return "no";
  return before.address === undefined || after.address === undefined ? "perhaps" : "yes";
}

/** Whether the step of an alert policy shows who is no longer alerted, since it has or had the channel. */
function isReportedByPolicy(step: Step, { address }: Channel, steps: readonly Step[]): boolean {
  const name = nameOf(step.before);
  return steps.some(
    (policy) =>
      policy.type === alertPolicyType &&
      ["update", "replace", "delete"].includes(policy.op) &&
      recipientsOf(policy, "before", steps).some(({ key }) => key === name || key === address),
  );
}

function sentence(step: Step, before: Channel | undefined, after: Channel | undefined): Phrase {
  const channel = after ?? before;
  if (channel === undefined) return [];
  const { phrase } = channel;
  const where = compose`for alerts of ${channel.place.phrase}`;
  if (step.op === "delete" && stays(step))
    return compose`${phrase} stays a notification channel ${where}, but the stack no longer manages it.`;
  if (step.op === "delete") return compose`${phrase} is no longer a notification channel ${where}.`;
  if (step.op === "import")
    return compose`${phrase} is a notification channel ${where} already, and the stack takes it over.`;
  if (step.op === "replace" && before !== undefined && after !== undefined)
    return compose`${replaced(before, after, where)}.`;
  const again = step.drifted ? own(" again (it was removed outside of Pulumi)") : [];
  if (before === undefined || after === undefined)
    return compose`A notification channel ${where} is created for ${phrase}${again}${isOff(channel)}.`;
  const changes = [
    ...(before.address === after.address && before.isEmail === after.isEmail
      ? []
      : [compose`${before.phrase} is no longer alerted through a notification channel ${where}, but ${phrase} is`]),
    ...(before.isOn === after.isOn
      ? []
      : [compose`the notification channel ${phrase} ${where} is switched ${own(after.isOn ? "on" : "off")}`]),
    ...propertyChanges(step)
      .filter(({ name }) => ["project", "displayName"].includes(name))
      .map((one) => compose`the notification channel ${phrase} ${where} is changed: ${becomes(one)}`),
  ];
  if (changes.length > 0) return compose`${listed(changes)}.`;
  return propertyChanges(step).length > 0
    ? compose`The notification channel ${phrase} ${where} changes.`
    : compose`The notification channel ${phrase} ${where} ${unexplained}.`;
}

function replaced(before: Channel, after: Channel, where: Phrase): Phrase {
  const { phrase } = after;
  if (!after.isOn)
    return compose`the notification channel ${before.phrase} for alerts of ${before.place.phrase} is replaced by one that is switched off`;
  if (before.isEmail === after.isEmail && lossOf(before, after) === "no")
    return compose`the notification channel ${phrase} ${where} is replaced, and an alert policy that still uses the former one no longer alerts ${phrase}`;
  const former = compose`for alerts of ${before.place.phrase}`;
  return compose`${before.phrase} is no longer alerted through a notification channel ${former}, but ${phrase} is through another one ${where}`;
}

function isOff({ isOn }: Channel): Phrase {
  return isOn ? [] : own(", which is switched off");
}
