/** Looks for the cases of a resource, and chooses the one that it goes on with: docs/explanation/supportCase.md has the table. */
import type { Case, SupportApi } from "../../google/index.ts";
import {
  formOf,
  isLeftBehind,
  isMadeOf,
  isOfAnotherLife,
  isOfLife,
  isOpen,
  isOwn,
  lifeIn,
  lifeQuery,
  ownerIn,
  ownerQuery,
} from "./own.ts";
import type { Form, Remembered } from "./own.ts";
import { isAdopted } from "./properties.ts";
import type { FormerLife, MadeCaseInputs, SupportCaseInputs } from "./properties.ts";
import { getCase, wasDeletedWithParent } from "./read.ts";
import type { Dependencies } from "./write.ts";

export interface Choice {
  /** The case to go on with. Without one, a case is made. */
  readonly kept: Case | undefined;
  /** The other open ones of this life, which are closed: no resource has two. */
  readonly surplus: readonly Case[];
}

/** One with a case to go on with. */
export type MadeChoice = Choice & { readonly kept: Case };

export function chooseCase(found: readonly Case[], inputs: MadeCaseInputs): Choice {
  const own = found.filter((one) => isOwn(one, inputs));
  const open = own.filter(isOpen);
  // Closed in this life: made, then closed, then not recorded. One that is to stay open cannot be had of it.
  const closed = inputs.keepOpen ? undefined : own.filter((one) => !isOpen(one)).sort(byAge)[0];
  const kept = [...open].sort(byAge)[0] ?? closed;
  return { kept, surplus: open.filter((one) => one !== kept) };
}

/** The oldest first. Two updates at once must choose the same one, also of two that were made in the same moment. */
export function byAge(one: Case, other: Case): number {
  const time = Date.parse(one.createTime) - Date.parse(other.createTime);
  if (time !== 0 && !Number.isNaN(time)) return time;
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

/** How long the search may lag behind, and how often one looks meanwhile, in milliseconds. */
export const searchLag = { longest: 30_000, every: 2500 };

/**
 * The resource's own cases of this life. The search lags behind, for how long nobody says; the list does not, as far as is
 * known, but has to go through all the cases of the parent: without the closed ones, it is short.
 *
 * Either may show an open case as it was before its last change, so that an escalation would be asked for twice: each of
 * its own is read once more. Those of others are left out before, whatever they quote.
 *
 * @param listed Which of the parent's cases are listed.
 * @param seen Gets the names of all that were shown, those that are gone as well.
 */
export async function findOwnCases(
  form: Form | Remembered,
  api: SupportApi,
  listed: "none" | "open" | "all",
  seen?: Set<string>,
): Promise<Case[]> {
  const found = new Map<string, Case>();
  const searched = await api.searchCases(form.parent, lifeQuery(form.marker));
  const all = listed === "none" ? [] : await api.listCases(form.parent, listed === "open" ? "state=OPEN" : "");
  for (const one of [...searched, ...all]) if (isOwn(one, form)) found.set(one.name, one);
  for (const { name, state } of found.values()) {
    seen?.add(name);
    if (state === "CLOSED") continue;
    const now = await getCase(api, name);
    if (now === undefined) found.delete(name);
    else found.set(name, now);
  }
  return [...found.values()];
}

/** The open ones of this life beside the one that is in the state: an update that was killed, or one at the same time, left them. */
export async function findLeftovers(name: string, form: Form, api: SupportApi): Promise<Case[]> {
  return (await findOwnCases(form, api, "open")).filter((one) => one.name !== name && isOpen(one));
}

/**
 * What killed updates have left open, each as this resource's own or not: nothing is written to a case that is not known to be
 * made of what its life remembers.
 */
export interface LeftBehind {
  readonly own: readonly Case[];
  readonly others: readonly Case[];
}

/** Whether an error comes of a place that is gone, with all its cases. */
export type IsGone = (error: unknown, parent: string) => Promise<boolean>;

/** The cases of the lives in the state that has none of theirs, but for the case that this resource goes on with. */
export async function findLeftBehind(inputs: SupportCaseInputs, api: SupportApi, isGone: IsGone): Promise<LeftBehind> {
  const own: Case[] = [];
  const others: Case[] = [];
  const made = isAdopted(inputs) ? undefined : inputs;
  const isLeftAlone = (one: Case) =>
    isAdopted(inputs)
      ? isAdoptedOne(one, inputs.adopt)
      : isOwn(one, inputs) || (inputs.ignoreCases ?? []).includes(one.name);
  for (const life of inputs.formerLives ?? []) {
    // A case of today's life that is made of what is asked for is the one to go on with.
    const isToday = lifeIn(life.marker) === lifeIn(inputs.marker);
    if (isToday && (made === undefined || formOf(life) === undefined || isMadeOf(life, made))) continue;
    const found = await findOfLife(life, made && { ...made, ...life }, api, isGone);
    own.push(...found.own.filter((one) => !isLeftAlone(one)));
    others.push(...found.others.filter((one) => !isLeftAlone(one)));
  }
  return { own, others };
}

/** @param form What a case is taken to be made of where the life does not remember it. */
export async function findOfLife(
  life: FormerLife,
  form: Form | undefined,
  api: SupportApi,
  isGone: IsGone,
): Promise<LeftBehind> {
  const remembered = formOf(life);
  const own = remembered ?? form;
  try {
    const found = own === undefined ? [] : await findOwnCases(own, api, "open");
    const listed = await api.listCases(life.parent, "state=OPEN");
    return {
      own: found.filter(isOpen),
      others: listed.filter(
        (one) => (own === undefined || !isOwn(one, own)) && isLeftBehind(one, life.marker, remembered),
      ),
    };
  } catch (error) {
    if (await isGone(error, life.parent)) return { own: [], others: [] };
    throw error;
  }
}

/** The names of the open cases that a killed update may have left in the life. */
export async function casesOfLife(
  life: FormerLife,
  dependencies: Pick<Dependencies, "api" | "resourceManager">,
): Promise<string[]> {
  const { own, others } = await findOfLife(life, undefined, dependencies.api, (error, parent) =>
    wasDeletedWithParent(error, `${parent}/cases`, dependencies),
  );
  return [...new Set([...own, ...others].map(({ name }) => name))];
}

/** A project may be named by its number. */
function isAdoptedOne({ name }: Case, adopt: string): boolean {
  return name === adopt || (/^projects\/\d+\//.test(adopt) && name.split("/").at(-1) === adopt.split("/").at(-1));
}

/** Why no case is made while one of a former life is open that the config no longer has the words of, and the ways on. */
export function leftBehindProblem(cases: readonly Case[], inputs: SupportCaseInputs): string {
  const names = cases.map(({ name }) => name).join(", ");
  const it = cases.length === 1 ? "it" : "them";
  return (
    `${names} ${cases.length === 1 ? "was" : "were"} created by an update of this stack that did not end, and ` +
    `${cases.length === 1 ? "is" : "are"} still open. Close ${it}` +
    (isAdopted(inputs) ? "" : `, or write ignoreCases: [${names}] in the test case to leave ${it} open`)
  );
}

/** Looks until the search's lag has passed: the case of this resource that was made a moment ago, if one was. */
export async function findLateCase(
  inputs: MadeCaseInputs,
  { api, sleep, say }: Dependencies,
  why: string,
): Promise<MadeChoice | undefined> {
  say(`${why}; looking for it for ${String(searchLag.longest / 1000)} s, as Google's search lags behind`);
  for (let waited = 0; waited < searchLag.longest; waited += searchLag.every) {
    await sleep(searchLag.every);
    // One that is closed already is in the list, at the latest when it is looked for first.
    const found = await findOwnCases(inputs, api, waited === 0 ? "all" : "open");
    const { kept, surplus } = chooseCase(found, inputs);
    if (kept !== undefined) return { kept, surplus };
    if (waited > 0 && waited % 10_000 === 0) say(`still looking, ${String(waited / 1000)} s so far`);
  }
  return undefined;
}

/** The open cases that bear this resource's name in another life, but for those that the config leaves alone. */
export async function findCasesOfAnotherLife(inputs: MadeCaseInputs, api: SupportApi): Promise<Case[]> {
  const { parent, marker, owner = ownerIn(marker), ignoreCases = [], formerLives = [] } = inputs;
  const searched = await api.searchCases(parent, ownerQuery(owner));
  const found = new Map([...searched, ...(await api.listCases(parent, "state=OPEN"))].map((one) => [one.name, one]));
  // What this stack's own updates have left is looked for by itself.
  const isLeft = (one: Case) => formerLives.some((life) => isOfLife(one, life.marker));
  const isOther = (one: Case) => isOfAnotherLife(one, inputs, owner) && !isLeft(one);
  const others = [...found.values()].filter((one) => isOther(one) && !ignoreCases.includes(one.name));
  // The search may show one as open that was closed a moment ago.
  const now = await Promise.all(others.map(({ name }) => getCase(api, name)));
  return now.filter((one) => one !== undefined).filter(isOther);
}

/** Why no case is made beside those of another life, and the ways on. */
export function anotherLifeProblem(cases: readonly Case[]): string {
  // A real case is a person's: it is no case to manage, or to close, from here.
  const tests = cases.filter(({ testCase }) => testCase === true);
  const real = cases.filter((one) => !tests.includes(one));
  const list = (some: readonly Case[]) => some.map(({ name }) => name).join(", ");
  const [first] = tests;
  const [it, theRest] = [cases, tests].map(({ length }) => (length === 1 ? "it" : "them"));
  return [
    `${list(cases)} ${cases.length === 1 ? "is open and bears" : "are open and bear"} this stack's name, but this state did not make ` +
      `${it ?? ""}: the state was lost, or another backend has a stack of the same name`,
    ...(real.length === 0
      ? []
      : [
          `${list(real)} ${real.length === 1 ? "is a real case" : "are real cases"} that Google's support team works on, and may be a person's: do not close ${real.length === 1 ? "it" : "them"} from here`,
        ]),
    (first === undefined
      ? "Write "
      : `Write adopt: ${first.name} in the test case to manage it here, close ${theRest ?? ""}, or write `) +
      `ignoreCases: [${list(cases)}] to leave ${it ?? ""} to whoever made ${it ?? ""} and create another`,
  ].join(". ");
}
