/** Looks for the cases of a resource. */
import { GoogleError } from "../../google/index.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import { chooseCase } from "./choice.ts";
import type { MadeChoice } from "./choice.ts";
import { lifeQuery, ownerIn, ownerQuery } from "./marker.ts";
import { isLeftBehind, isOfAnotherLife, isOpen, isOwn } from "./own.ts";
import type { Form } from "./own.ts";
import type { MadeCaseInputs } from "./properties.ts";
import type { Surroundings } from "./surroundings.ts";

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
  form: Form,
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

/** What former lives have left open, each as this resource's own or not: nothing is written to one whose words differ. */
export interface LeftBehind {
  readonly own: readonly Case[];
  readonly others: readonly Case[];
}

/** @param isGone Whether an error comes of a place that is gone, with all its cases. */
export async function findLeftBehind(
  inputs: MadeCaseInputs,
  api: SupportApi,
  isGone: (error: unknown, parent: string) => Promise<boolean>,
): Promise<LeftBehind> {
  const { formerLives = [], ignoreCases = [], owner = ownerIn(inputs.marker) } = inputs;
  const own = new Map<string, Case>();
  const others = new Map<string, Case>();
  for (const life of formerLives)
    try {
      const form = { ...inputs, ...life };
      for (const one of await findOwnCases(form, api, "open")) if (isOpen(one)) own.set(one.name, one);
      for (const one of await api.listCases(life.parent, "state=OPEN"))
        if (!isOwn(one, form) && isLeftBehind(one, life.marker, owner)) others.set(one.name, one);
    } catch (error) {
      if (!(await isGone(error, life.parent))) throw error;
    }
  return { own: [...own.values()], others: [...others.values()].filter(({ name }) => !ignoreCases.includes(name)) };
}

/** Why no case is made while one of a former life is open that the config no longer has the words of, and the ways on. */
export function leftBehindProblem(cases: readonly Case[]): string {
  const names = cases.map(({ name }) => name).join(", ");
  return (
    `${names} ${cases.length === 1 ? "was" : "were"} created by an update of this stack that did not end, and ` +
    `${cases.length === 1 ? "is" : "are"} still open. Close ${cases.length === 1 ? "it" : "them"}, or write ignoreCases: [${names}] in the test case to leave ` +
    `${cases.length === 1 ? "it" : "them"} open`
  );
}

/** Looks until the search's lag has passed: the case of this resource that was made a moment ago, if one was. */
export async function findLateCase(
  inputs: MadeCaseInputs,
  { api, sleep, say }: Surroundings,
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
  const { parent, marker, owner = ownerIn(marker), ignoreCases = [] } = inputs;
  const searched = await api.searchCases(parent, ownerQuery(owner));
  const found = new Map([...searched, ...(await api.listCases(parent, "state=OPEN"))].map((one) => [one.name, one]));
  const isOther = (one: Case) => isOfAnotherLife(one, inputs, owner);
  const others = [...found.values()].filter((one) => isOther(one) && !ignoreCases.includes(one.name));
  // The search may show one as open that was closed a moment ago.
  const now = await Promise.all(others.map(({ name }) => getCase(api, name)));
  return now.filter((one) => one !== undefined).filter(isOther);
}

/** Why no case is made beside those of another life, and the ways on. */
export function anotherLifeProblem(cases: readonly Case[]): string {
  // A real case is a person's: it is no case to manage, or to close, from here.
  const first = cases.find(({ testCase }) => testCase === true);
  const names = cases.map(({ name }) => name).join(", ");
  return (
    `${names} ${cases.length === 1 ? "is open and bears" : "are open and bear"} this stack's name, but this state did not make ` +
    `${cases.length === 1 ? "it" : "them"}: the state was lost, or another backend has a stack of the same name. ` +
    (first === undefined
      ? "Write "
      : `Write adopt: ${first.name} in the test case to manage it here, close it, or write `) +
    `ignoreCases: [${names}] to leave it to whoever made it and create another`
  );
}

/** The case; undefined where it is not there. */
export async function getCase(api: SupportApi, name: string): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}
