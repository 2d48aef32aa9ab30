/** Incident alerts: who is alerted about which incidents, where (guide row G6). */
import { alertPolicyType } from "../../components/internal.ts";
import { isServiceHealthFilter } from "../../guide/index.ts";
import { incidentFilterOf, isNarrower, lists } from "./alertFilter.ts";
import type { IncidentFilter } from "./alertFilter.ts";
import { recipientsOf } from "./alertChannels.ts";
import type { Recipient } from "./alertChannels.ts";
import { kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import { addressLeaves, externalKinds, anyLeaves } from "./organization.ts";
import type { Domains, Answer } from "./organization.ts";
import { capitalized, code, compose, listed, own, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { withPaths } from "./paths.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { becomes, propertyChanges, unexplained, withUnknown, withUnlistedChanges } from "./properties.ts";
import type { PropertyChange } from "./properties.ts";
import { knownText, valueOf } from "./values.ts";

interface Policy {
  readonly place: Place;
  /** Undefined if the preview hides it. */
  readonly isOn: boolean | undefined;
  /** Undefined if it is hidden, or has more than the config can express. */
  readonly filter: IncidentFilter | undefined;
  /** Who is alerted: nobody if it is switched off. */
  readonly recipients: readonly Recipient[];
}

const nested = ["conditions", "alertStrategy", "documentation", "notificationChannels"];

const filterPath = "conditions[0].conditionMatchedLog.filter";
const periodPath = "alertStrategy.notificationRateLimit.period";

/** The text of the alerts. */
const isText =
  /^(displayName|conditions\[0\]\.displayName|documentation\.(content|subject|mimeType)|documentation)$|^conditions\[0\]\.conditionMatchedLog\.labelExtractors(\.|$)/;

/**
 * The change; undefined if it is not about Service Health.
 *
 * @param steps All of the preview.
 * @param domains The domains that may be the organization's.
 */
export function alertChange(given: Step, steps: readonly Step[], domains: Domains): Change | undefined {
  if (given.type !== alertPolicyType) return undefined;
  const step = withPaths(given, nested);
  if (![step.before, step.after].some((state) => isServiceHealthFilter(knownText(state?.inputs[filterPath]))))
    return undefined;
  const before = policyOf(given, "before", steps);
  const after = policyOf(given, "after", steps);
  const policy = after ?? before;
  if (policy === undefined) return undefined;
  const changes = propertyChanges(step);
  const isUnexplained = step.op === "update" && changes.length === 0;
  const effect = effectOf(step, before, after, changes);
  const external = externalKinds(
    anyLeaves(effect.gained.filter(({ isNew }) => !isNew).map(({ address }) => addressLeaves(address, domains))),
  );
  const change: Change = {
    group: "alerts",
    operation: step.op,
    kinds: [...external.kinds, ...(effect.removal === "no" ? [] : (["alert-removal"] as const)), ...kindsOf(step)],
    perhaps: [...external.perhaps, ...(effect.removal === "perhaps" ? (["alert-removal"] as const) : [])],
    place: policy.place.resourceName,
    urns: [step.urn],
    sentence: capitalized(compose`${sentence(step, before, after, effect)}${consoleOf.serviceHealth(policy.place)}.`),
  };
  return withUnlistedChanges(
    isUnexplained ? { ...change, kinds: withUnknown(change.kinds) } : change,
    changes.filter(({ name }) => !isKnown(name, step, before, after)),
  );
}

function policyOf(step: Step, when: "before" | "after", steps: readonly Step[]): Policy | undefined {
  const state = step[when];
  if (state === undefined) return undefined;
  const { enabled, project } = state.inputs;
  const isOn = valueOf(enabled).kind === "known" ? enabled !== false : undefined;
  return {
    place: placeOf(project, step.name, "project"),
    isOn,
    filter: filterOf(state),
    recipients: isOn === false ? [] : recipientsOf(step, when, steps),
  };
}

function filterOf(state: State): IncidentFilter | undefined {
  const { inputs } = withPaths({ before: state } as Step, ["conditions"]).before ?? state;
  return incidentFilterOf(inputs[filterPath]);
}

function isKnown(name: string, step: Step, before: Policy | undefined, after: Policy | undefined): boolean {
  if (name === filterPath) return [before, after].every((policy) => policy === undefined || policy.filter);
  if (name === "combiner")
    return [step.before, step.after].every((state) => [undefined, "OR"].includes(state?.inputs[name] as never));
  if (["project", "enabled", periodPath, "alertStrategy.autoClose"].includes(name)) return true;
  return isText.test(name) || /^notificationChannels(\[\d+\])?$/.test(name);
}

interface Effect {
  readonly gained: readonly Recipient[];
  readonly lost: readonly Recipient[];
  /** Those of whom the preview does not show whether they are still alerted, perhaps through another channel. */
  readonly perhapsLost: readonly Recipient[];
  readonly removal: Answer;
  readonly changes: readonly PropertyChange[];
}

function effectOf(
  step: Step,
  before: Policy | undefined,
  after: Policy | undefined,
  changes: readonly PropertyChange[],
): Effect {
  const [from, to] = [before?.recipients ?? [], after?.recipients ?? []];
  const none = { gained: [], lost: [], perhapsLost: [], removal: "no", changes } as const;
  if (step.op === "create") return { ...none, gained: to };
  if (step.op === "import" || stays(step)) return none;
  if (step.op === "delete") return { ...none, lost: from, removal: from.length > 0 ? "yes" : "no" };
  const isMoved = JSON.stringify(before?.place.phrase) !== JSON.stringify(after?.place.phrase);
  const keys = (all: readonly Recipient[]) => all.map(({ key }) => key);
  const allLost = isMoved ? from : from.filter(({ key }) => key === undefined || !keys(to).includes(key));
  const gained = isMoved ? to : to.filter(({ key }) => key === undefined || !keys(from).includes(key));
  const isUnknown = after?.isOn === undefined;
  const [perhapsLost, lost] = split(allLost, (one) => isUnknown || one.key === undefined || mayBeAmong(one, gained));
  const mayBeLess = from.length > 0 && changes.some(({ name }) => name === filterPath);
  const isKnown = before?.filter !== undefined && after?.filter !== undefined;
  const isSure = lost.length > 0 || (mayBeLess && isKnown && isNarrower(before.filter, after.filter));
  const isPerhaps = (mayBeLess && !isKnown) || ((isUnknown || perhapsLost.length > 0) && changes.length > 0);
  // A hidden list that stays hidden shows nobody who is lost.
  const staysHidden = step.op === "update" && !changes.some(({ name }) => /^(enabled|notificationChannels)/.test(name));
  return {
    gained,
    ...(staysHidden ? { lost: [], perhapsLost: [] } : { lost, perhapsLost }),
    removal: isSure ? "yes" : isPerhaps ? "perhaps" : "no",
    changes,
  };
}

function split<Element>(all: readonly Element[], isFirst: (one: Element) => boolean): [Element[], Element[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

/** Whether it may be one of the others, as a channel whose address the preview does not show. */
function mayBeAmong(one: Recipient, others: readonly Recipient[]): boolean {
  const isAddress = ({ address, mayBeAnyone }: Recipient) => address !== undefined || mayBeAnyone;
  return isAddress(one) && others.some((other) => isAddress(other) && (one.mayBeAnyone || other.mayBeAnyone));
}

function sentence(step: Step, before: Policy | undefined, after: Policy | undefined, effect: Effect): Phrase {
  const policy = after ?? before;
  if (policy === undefined) return [];
  const where = compose`incidents of ${policy.place.phrase}`;
  const which = policy.filter === undefined ? [] : compose`: ${filterWords(policy.filter)}`;
  const all = policy.recipients;
  if (step.op === "delete" && stays(step))
    return compose`${are(all, "still")} alerted about ${where}, but the stack no longer manages the alert policy`;
  if (step.op === "delete")
    return all.length === 0
      ? compose`the alert policy for ${where} is removed; it alerted nobody`
      : compose`${are(all, "no longer")} alerted about ${where}`;
  if (step.op === "import")
    return compose`${are(all, "already")} alerted about ${where}, and the stack takes the alert policy over${which}`;
  if (step.op === "replace" && before !== undefined)
    return compose`${are(before.recipients, "no longer")} alerted about incidents of ${before.place.phrase} by an alert policy that is replaced, and ${are(all, "now")} alerted about ${where}${which}`;
  if (step.op === "update" && before !== undefined && after !== undefined)
    return updateSentence(before, after, effect, where);
  const again = step.drifted ? own(" again (the alert policy was removed outside of Pulumi)") : [];
  const why =
    all.length > 0
      ? []
      : own(
          policy.isOn === false
            ? ", because the alert policy is switched off"
            : ", because the alert policy has no notification channel",
        );
  return compose`${are(all, "now")} alerted about ${where}${again}${why}${which}`;
}

function updateSentence(
  before: Policy,
  after: Policy,
  { gained, lost, perhapsLost, changes }: Effect,
  where: Phrase,
): Phrase {
  const isOff = before.isOn !== false && after.isOn === false;
  const isNobody = after.recipients.length === 0;
  const why = isOff ? own(", because the alert policy is switched off") : isNobody ? own(", and nobody else is") : [];
  const people = [
    ...(lost.length > 0
      ? [compose`${are(lost, "no longer")} alerted about ${where}${perhapsLost.length > 0 ? [] : why}`]
      : []),
    ...(perhapsLost.length > 0 ? [compose`${are(perhapsLost, "perhaps no longer")} alerted about ${where}${why}`] : []),
    ...(lost.length === 0 && perhapsLost.length === 0 && isOff
      ? [compose`the alert policy for ${where} is switched off; it alerted nobody`]
      : []),
    ...(gained.length > 0 ? [compose`${are(gained, "now")} alerted about ${where}`] : []),
  ];
  const filter = before.filter && after.filter ? filterDifferences(before.filter, after.filter) : [];
  const rest = [
    ...(filter.length > 0 ? [compose`are now about ${listed(filter)}`] : []),
    ...(changes.some(({ name }) => isText.test(name)) ? [own("have another text")] : []),
    ...changes
      .filter(({ name }) => name === periodPath)
      .map(
        (one) =>
          compose`come at most once in ${shown(one.after, "a time")} with the same text, instead of ${shown(one.before, "a time")}`,
      ),
    ...changes
      .filter(
        ({ name }) =>
          ["project", "alertStrategy.autoClose"].includes(name) ||
          (name === "enabled" && !isOff && gained.length === 0),
      )
      .map((one) => compose`change: ${becomes(one)}`),
  ];
  const all = [...people, ...(rest.length > 0 ? [compose`the alerts about ${where} ${listed(rest)}`] : [])];
  if (all.length > 0) return listed(all);
  return changes.length > 0
    ? compose`the alerts about ${where} change`
    : compose`the alert policy for ${where} ${unexplained}`;
}

/** `a and b are no longer`, or `nobody is`. */
function are(recipients: readonly Recipient[], how: string): Phrase {
  if (recipients.length === 0) return own("nobody is");
  return compose`${listed(recipients.map(({ phrase }) => phrase))} ${own(recipients.length === 1 ? `is ${how}` : `are ${how}`)}`;
}

function filterWords(filter: IncidentFilter): Phrase {
  return listed([
    updateWords(filter),
    ...lists.filter((list) => filter[list].length > 0).map((list) => listWords(filter, list)),
  ]);
}

function filterDifferences(before: IncidentFilter, after: IncidentFilter): Phrase[] {
  return [
    ...(before.onlyNew === after.onlyNew ? [] : [compose`${updateWords(after)} instead of ${updateWords(before)}`]),
    ...lists
      .filter((list) => before[list].join("\n") !== after[list].join("\n"))
      .map((list) => compose`${listWords(after, list)} instead of ${listWords(before, list)}`),
  ];
}

function updateWords({ onlyNew }: IncidentFilter): Phrase {
  return own(onlyNew ? "new incidents only" : "all updates");
}

function listWords(filter: IncidentFilter, list: (typeof lists)[number]): Phrase {
  const values = filter[list];
  const [one, several] = {
    products: ["the product", "the products"],
    locations: ["the location", "the locations"],
    relevance: ["the relevance", "the relevance"],
  }[list];
  if (values.length === 0)
    return own({ products: "all products", locations: "all locations", relevance: "any relevance" }[list]);
  return compose`${own(values.length === 1 ? (one ?? "") : (several ?? ""))} ${listed(values.map(code))}`;
}
