/** The test case, or a real one (guide row G4 test case). */
import { isSupportCaseType } from "../../components/internal.ts";
import type { AdoptedCaseInputs, MadeCaseInputs } from "../../components/internal.ts";
import { caseLanguages, casePriorities } from "../../guide/index.ts";
import { additionsOf, sendsText } from "./caseAdditions.ts";
import type { Addition } from "./caseAdditions.ts";
import { creates, kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import type { Domains } from "./organization.ts";
import { code, listed, own, compose, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { becomes, propertyChanges, unexplained, withUnknown, withUnlisted } from "./properties.ts";
import { knownText, knownTexts, valueOf } from "./values.ts";

/**
 * Each property of a case, by the effect of its change: `fixed` creates another case, an `addition` is described by
 * caseAdditions.ts, `described` by the sentences below, and `state` changes nothing at Google.
 * A property that `follows` from others is reported only if nothing else is.
 */
const meanings: Readonly<
  Record<keyof MadeCaseInputs | keyof AdoptedCaseInputs, "fixed" | "addition" | "described" | "state" | "follows">
> = {
  adopt: "described",
  parent: "fixed",
  classification: "fixed",
  description: "fixed",
  errorMessage: "fixed",
  businessImpact: "fixed",
  vmInstances: "fixed",
  thirdPartyAuthorization: "fixed",
  channel: "fixed",
  language: "fixed",
  timeZone: "fixed",
  testCase: "fixed",
  displayName: "described",
  priority: "described",
  subscriberEmailAddresses: "addition",
  comments: "addition",
  attachments: "addition",
  escalation: "addition",
  keepOpen: "described",
  closeOnDestroy: "described",
  version: "state",
  marker: "state",
  owner: "state",
  leftOut: "follows",
  takenOut: "follows",
  ignoreCases: "state",
  isFirstAttempt: "state",
  formerLives: "state",
  urns: "state",
};

export const caseProperties = Object.keys(meanings);

/** Why another case is needed, by the changed property, except for the reasons of `becomesKind`. */
const reasons: Readonly<Record<string, string>> = {
  parent: "its place changes",
  classification: "its classification changes",
  description: "its description changes",
  errorMessage: "its error message changes",
  businessImpact: "its business impact changes",
  vmInstances: "its VM instances change",
  thirdPartyAuthorization: "its third-party authorization changes",
  channel: "its channel changes",
  language: "its language changes",
  timeZone: "its time zone changes",
  keepOpen: "a closed case cannot be opened again",
};

/** @param domains The domains that may be the organization's. */
export function caseChange(step: Step, domains: Domains): Change | undefined {
  if (!isSupportCaseType(step.type)) return undefined;
  const state = step.after ?? step.before;
  const place = placeOf(state?.inputs["parent"], step.name);
  const additions = additionsOf(step, domains);
  const { kinds, perhaps } = kindsOfCase(step, additions);
  const { phrase, isExplained } = sentence(step, place.phrase, additions);
  const change: Change = {
    group: "testCase",
    operation: step.op,
    kinds: isExplained ? kinds : withUnknown(kinds),
    perhaps,
    place: place.resourceName,
    urns: [step.urn],
    sentence: compose`${phrase}${consoleOf.cases(place)}.`,
  };
  return withUnlisted(change, step, caseProperties);
}

const isReal = (state: State | undefined) => state?.inputs["testCase"] === false;

/** Whether the preview hides if it is a real case: then it may be. */
const isHidden = (state: State | undefined) => valueOf(state?.inputs["testCase"]).kind !== "known";

/** A case that exists already, and is not created. */
const isAdopted = (state: State | undefined) => (state?.inputs["adopt"] ?? "") !== "";

/** Whether the step closes an open case, or may close it. */
function closes(step: Step): boolean {
  const { before, after, op } = step;
  const isOpen = before !== undefined && caseState(before) !== "CLOSED";
  if (!isOpen || stays(step)) return false;
  if (["delete", "replace"].includes(op))
    return !isAdopted(before) || ![undefined, null, false].includes(before.inputs["closeOnDestroy"] as never);
  return after !== undefined && !isAdopted(after) && after.inputs["keepOpen"] !== true;
}

/** Whether a test case may become a real one. */
function mayBecomeReal({ before, after }: Step): boolean {
  if (before?.inputs["testCase"] === after?.inputs["testCase"] && !isHidden(after)) return false;
  return isReal(after) || isHidden(after);
}

function kindsOfCase(
  step: Step,
  additions: readonly Addition[],
): Pick<Change, "kinds"> & { perhaps: ChangeKindName[] } {
  const { before, after, op } = step;
  // A preview does not show whether an adopted case is a test case. The API cannot reopen a case.
  const closesReal = closes(step) && (isReal(before) || isHidden(before) || isAdopted(before));
  const isCreated = creates({ op }) && !isAdopted(after);
  const becomesReal = op === "update" && mayBecomeReal(step);
  const perhapsReal = (isCreated || becomesReal) && isHidden(after);
  const isExternal =
    ((isCreated || becomesReal) && isReal(after)) ||
    sendsText(step) ||
    additions.some(({ leaves }) => leaves === "yes");
  const perhapsExternal = !isExternal && (perhapsReal || additions.some(({ leaves }) => leaves === "perhaps"));
  return {
    kinds: [
      ...(isExternal || perhapsExternal ? (["external"] as const) : []),
      ...((isCreated || becomesReal) && (isReal(after) || perhapsReal) ? (["real-case"] as const) : []),
      ...(closesReal ? (["real-case-close"] as const) : []),
      ...(closes(step) ? (["case-close"] as const) : []),
      // The API has no way to delete a case.
      ...kindsOf(step).filter((kind) => kind !== "delete"),
    ],
    perhaps: [
      ...(perhapsReal ? (["real-case"] as const) : []),
      ...(closesReal && !isReal(before) ? (["real-case-close"] as const) : []),
      ...(perhapsExternal ? (["external"] as const) : []),
    ],
  };
}

interface Sentence {
  readonly phrase: Phrase;
  /** Whether it explains the step. */
  readonly isExplained: boolean;
}

function sentence(step: Step, where: Phrase, additions: readonly Addition[]): Sentence {
  const { before, after } = step;
  const explained = (phrase: Phrase) => ({ phrase, isExplained: true });
  if (before !== undefined && (after === undefined || step.op === "delete"))
    return explained(deletionSentence(step, before, where));
  if (after === undefined) return { phrase: compose`The case for ${where} changes`, isExplained: false };
  if (before !== undefined && step.op === "replace")
    return explained(replacementSentence(step, before, after, where, additions));
  if (before !== undefined) {
    const phrases = [...differences(step, before, after), ...additions.map(({ phrase }) => phrase)];
    const isExplained = phrases.length > 0;
    return {
      phrase: compose`${caseWords(before)} for ${where} ${isExplained ? listed(phrases) : unexplained}`,
      isExplained,
    };
  }
  if (step.op === "import")
    return explained(compose`${caseWords(after)} for ${where} exists already, and the stack takes it over`);
  const how = own(step.drifted ? " again, since the previous one is gone" : "");
  return explained(creationSentence(after, where, how, additions));
}

/** A case that the update creates or takes over. */
function creationSentence(state: State, where: Phrase, how: Phrase, additions: readonly Addition[]): Phrase {
  const { inputs } = state;
  const also = additions.length === 0 ? [] : compose`. It ${listed(additions.map(({ phrase }) => phrase))}`;
  if (isAdopted(state)) {
    const fields = propertyChanges({ op: "create", after: state } as Step)
      .filter(({ name }) => ["displayName", "priority"].includes(name))
      .map(becomes);
    const end =
      inputs["closeOnDestroy"] === true
        ? "is closed when it leaves the stack"
        : "is left unchanged when it leaves the stack";
    return compose`The case ${shown(inputs["adopt"], "adopt")} is taken over for ${where}${how}, and ${own(end)}${fields.length === 0 ? [] : compose`; ${listed(fields)}`}${also}`;
  }
  const { kind, agent } = isHidden(state)
    ? {
        kind: "The case",
        agent: ", and a support agent may get it: the preview does not show whether it is a test case",
      }
    : isReal(state)
      ? { kind: "The real case", agent: ", and a support agent gets it" }
      : { kind: "The test case", agent: "" };
  const end = inputs["keepOpen"] === true ? "It stays open until it is destroyed" : "It is closed once created";
  return compose`${own(kind)} ${shown(inputs["displayName"], "its title")} is created for ${where}${how}${own(agent)}: priority ${priority(inputs["priority"])}, by ${shown(inputs["channel"], "its channel")}, in ${language(inputs["language"])}. ${own(end)}${also}`;
}

function deletionSentence(step: Step, before: State, where: Phrase): Phrase {
  if (stays(step)) return compose`${caseWords(before)} for ${where} is no longer managed, and is not changed`;
  if (closes(step)) return compose`${caseWords(before)} for ${where} is closed, since the stack no longer has it`;
  return compose`${caseWords(before)} for ${where} leaves the state; it stays, ${own(caseState(before) === "CLOSED" ? "closed" : "open")}`;
}

function replacementSentence(
  step: Step,
  before: State,
  after: State,
  where: Phrase,
  additions: readonly Addition[],
): Phrase {
  const known = step.replaceReasons.map((reason) => {
    if (reason === "testCase") return own(becomesKind(after));
    if (reason === "adopt") return own("the stack takes over another case");
    return Object.hasOwn(reasons, reason) ? own(reasons[reason] ?? reason) : code(reason);
  });
  const why = known.length === 0 ? [] : compose`, since ${listed(known)}`;
  const old = closes(step)
    ? compose`${caseWords(before)} is closed`
    : compose`${caseWords(before)} stays, ${own(caseState(before) === "CLOSED" ? "closed" : "open")}`;
  return compose`${old}, and another one takes its place${why}. ${creationSentence(after, where, [], additions)}`;
}

function becomesKind(after: State): string {
  if (isHidden(after)) return "it may become a real one";
  return isReal(after) ? "it becomes a real one" : "it becomes a test case";
}

/** The effects of an update on the case and on its record, except additions. */
function differences(step: Step, before: State, after: State): Phrase[] {
  const from = { ...before.inputs, ...before.outputs };
  const to = after.inputs;
  const { displayName: title } = to;
  const changed = propertyChanges(step).filter(({ name }) => Object.hasOwn(meanings, name));
  const changesOf = (meaning: string) =>
    changed.filter(({ name }) => meanings[name as keyof typeof meanings] === meaning);
  // An adopted case has no form; omitted values are not changed.
  const isForm = !isAdopted(before) && !isAdopted(after);
  const isConfigured = (name: string) => isForm || (to[name] !== undefined && to[name] !== null);
  const adopted = changesOf("described").filter(({ name }) => name === "adopt");
  const closed = changesOf("described").filter(({ name }) => name === "closeOnDestroy");
  const phrases = [
    ...(closes(step) ? [own("is closed")] : []),
    ...(from["keepOpen"] !== true && to["keepOpen"] === true ? [own("stays open until it is destroyed")] : []),
    ...(from["keepOpen"] === true && to["keepOpen"] !== true && !closes(step) ? [own("is no longer kept open")] : []),
    ...(!isConfigured("displayName") || from["displayName"] === title
      ? []
      : [compose`gets the title ${shown(title, "its title")}`]),
    ...(!isConfigured("priority") || from["priority"] === to["priority"]
      ? []
      : [compose`gets priority ${priority(to["priority"])} instead of ${shown(from["priority"], "its priority")}`]),
    ...adopted.map((change) => compose`changes how the stack manages it: ${becomes(change)}`),
    ...closed.map(({ after: value }) =>
      value === true
        ? own("is from now on closed when it leaves the stack")
        : value === false || value === undefined
          ? own("is from now on left unchanged when it leaves the stack")
          : own("may from now on be closed when it leaves the stack"),
    ),
    ...(mayBecomeReal(step)
      ? [own(`${isReal(after) ? "becomes" : "may become"} a real one, which a support agent gets`)]
      : []),
    ...changesOf("fixed")
      .filter((change) => isForm || (change.after !== undefined && change.after !== null))
      .map((change) => compose`changes its form: ${becomes(change)}`),
    ...removedSubscribers(from, to),
  ];
  // The omitted fields follow from those that are reported.
  const inState = [...changesOf("state"), ...(phrases.length === 0 ? changesOf("follows") : [])];
  if (inState.length > 0) phrases.push(compose`changes in the state: ${listed(inState.map(becomes))}`);
  return phrases;
}

function removedSubscribers(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): Phrase[] {
  const { subscriberEmailAddresses: asked } = to;
  if (!Array.isArray(asked)) return [];
  const removed = knownTexts(from["subscriberEmailAddresses"]).filter(
    (address) => !knownTexts(asked).includes(address),
  );
  return removed.length === 0 ? [] : [compose`is no longer written to ${listed(removed.map(code))}`];
}

/** An existing case, with its state. */
function caseWords(state: State): Phrase {
  const kind = isReal(state) ? "The real case" : isHidden(state) || isAdopted(state) ? "The case" : "The test case";
  const name = knownText(state.outputs["name"]) ?? knownText(state.inputs["adopt"]);
  const at = caseState(state);
  return compose`${own(kind)}${name === undefined ? [] : compose` ${code(name)}`}${at === undefined ? [] : compose` (${code(at)})`}`;
}

function caseState({ outputs }: State): string | undefined {
  return knownText(outputs["state"]);
}

function priority(property: unknown): Phrase {
  const text = knownText(property) ?? "";
  return Object.hasOwn(casePriorities, text)
    ? own(casePriorities[text as keyof typeof casePriorities].displayName.replace(/: (.*)$/, " ($1)"))
    : shown(property, "its priority");
}

function language(property: unknown): Phrase {
  const text = knownText(property) ?? "";
  return Object.hasOwn(caseLanguages, text)
    ? own(caseLanguages[text as keyof typeof caseLanguages].displayName)
    : shown(property, "its language");
}
