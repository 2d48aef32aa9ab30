/** The test case, or a real one (guide row G4). */
import { isSupportCaseType } from "../../components/supportCase/types.ts";
import { caseLanguages, casePriorities } from "../../guide/index.ts";
import { kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import { code, listed, own, say, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { knownText, knownTexts, valueOf } from "./values.ts";

/** What tells one life of the case from the next: it is nothing by itself. */
export function isLifeOfCase({ type, urn }: Step): boolean {
  return type === "pulumi:index:Stash" && urn.includes("customer-care:index:TestSupportCase$");
}

/** Why there must be another case, by the property that changes, but for what `becomes` says. */
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

export function caseChange(step: Step): Change | undefined {
  if (!isSupportCaseType(step.type)) return undefined;
  const state = step.after ?? step.before;
  const place = placeOf(state?.inputs["parent"], step.name);
  return {
    group: "testCase",
    operation: step.op,
    kinds: kindsOfCase(step),
    perhaps: isHidden(step.after) ? ["real-case"] : [],
    place: place.resourceName,
    urns: [step.urn],
    sentence: say`${sentence(step, place.phrase)}${consoleOf.cases(place)}.`,
  };
}

const isReal = (state: State | undefined) => state?.inputs["testCase"] === false;

/** Whether the preview does not tell if it is a real one: then it may be. */
const isHidden = (state: State | undefined) => valueOf(state?.inputs["testCase"]).kind !== "known";

/** Whether the step closes a case that is open. */
function closes(step: Step): boolean {
  const isOpen = step.before !== undefined && caseState(step.before) !== "CLOSED";
  if (!isOpen || stays(step)) return false;
  return ["delete", "replace"].includes(step.op) || step.after?.inputs["keepOpen"] === false;
}

function kindsOfCase(step: Step): ChangeKindName[] {
  const isMade = ["create", "replace"].includes(step.op);
  return [
    ...(isMade && (isReal(step.after) || isHidden(step.after)) ? (["real-case"] as const) : []),
    ...(closes(step) ? (["case-close"] as const) : []),
    // The API has no way to delete a case.
    ...kindsOf(step).filter((kind) => kind !== "delete"),
  ];
}

function sentence(step: Step, where: Phrase): Phrase {
  const { before, after } = step;
  if (before !== undefined && (after === undefined || step.op === "delete")) return ending(step, before, where);
  if (after === undefined) return say`The case for ${where} changes`;
  if (before !== undefined && step.op === "replace") return another(step, before, after, where);
  if (before !== undefined) return say`${called(before)} for ${where} ${listed(differences(step, before, after))}`;
  return made(after, where, own(step.drifted ? " again, since the one before is gone" : ""));
}

/** A case that is to be made. */
function made(state: State, where: Phrase, how: Phrase): Phrase {
  const { inputs } = state;
  const { kind, agent } = isHidden(state)
    ? {
        kind: "The case",
        agent: ", and a support agent may get it: the preview does not tell whether it is a test case",
      }
    : isReal(state)
      ? { kind: "The real case", agent: ", and a support agent gets it" }
      : { kind: "The test case", agent: "" };
  const end = inputs["keepOpen"] === true ? "It stays open until it is destroyed" : "It is closed once created";
  return say`${own(kind)} ${shown(inputs["displayName"], "its title")} is created for ${where}${how}${own(agent)}: priority ${priority(inputs["priority"])}, by ${shown(inputs["channel"], "its channel")}, in ${language(inputs["language"])}. ${own(end)}`;
}

function ending(step: Step, before: State, where: Phrase): Phrase {
  if (stays(step)) return say`${called(before)} for ${where} is no longer managed, and stays as it is`;
  if (closes(step)) return say`${called(before)} for ${where} is closed, since the stack no longer has it`;
  return say`${called(before)} for ${where} leaves the state; it stays, closed`;
}

function another(step: Step, before: State, after: State, where: Phrase): Phrase {
  const known = step.replaceReasons.map((reason) => {
    if (reason === "testCase") return own(becomes(after));
    return Object.hasOwn(reasons, reason) ? own(reasons[reason] ?? reason) : code(reason);
  });
  const why = known.length === 0 ? [] : say`, since ${listed(known)}`;
  const old = closes(step) ? say`${called(before)} is closed` : say`${called(before)} stays, closed`;
  return say`${old}, and another one takes its place${why}. ${made(after, where, [])}`;
}

function becomes(after: State): string {
  if (isHidden(after)) return "it may become a real one";
  return isReal(after) ? "it becomes a real one" : "it becomes a test case";
}

function differences(step: Step, before: State, after: State): Phrase[] {
  const from = { ...before.inputs, ...before.outputs };
  const to = after.inputs;
  const subscribers = {
    before: knownTexts(from["subscriberEmailAddresses"]),
    after: knownTexts(to["subscriberEmailAddresses"]),
  };
  const added = subscribers.after.filter((address) => !subscribers.before.includes(address));
  const removed = subscribers.before.filter((address) => !subscribers.after.includes(address));
  const { displayName: title } = to;
  const phrases = [
    ...(closes(step) ? [own("is closed")] : []),
    ...(from["keepOpen"] !== true && to["keepOpen"] === true ? [own("stays open until it is destroyed")] : []),
    ...(from["displayName"] === title ? [] : [say`gets the title ${shown(title, "its title")}`]),
    ...(from["priority"] === to["priority"]
      ? []
      : [say`gets priority ${priority(to["priority"])} instead of ${shown(from["priority"], "its priority")}`]),
    ...(added.length > 0 ? [say`is also written to ${listed(added.map(code))}`] : []),
    ...(removed.length > 0 ? [say`is no longer written to ${listed(removed.map(code))}`] : []),
  ];
  return phrases.length === 0 ? [own("is written anew in the state alone")] : phrases;
}

/** A case that is there, with its state. */
function called(state: State): Phrase {
  const kind = isReal(state) ? "The real case" : isHidden(state) ? "The case" : "The test case";
  const name = knownText(state.outputs["name"]);
  const at = caseState(state);
  return say`${own(kind)}${name === undefined ? [] : say` ${code(name)}`}${at === undefined ? [] : say` (${code(at)})`}`;
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
