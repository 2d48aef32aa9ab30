/**
 * Reads a case, or searches for the cases of a resource and chooses the one to continue with. docs/explanation/supportCase.md
 * has the rules.
 */
import { GoogleError, idIn } from "../../google/index.ts";
import type { Case, SupportApi } from "../../google/index.ts";
import {
  formOf,
  isLeftBehind,
  matchesFingerprint,
  isOfAnotherLife,
  isOfLife,
  isOpen,
  isOwn,
  lifeIn,
  lifeQuery,
  ownerIn,
  ownerQuery,
} from "./own.ts";
import type { Form, RecordedForm } from "./own.ts";
import { fieldsOf, isAdopted, outputsOf } from "./properties.ts";
import type { FormerLife, MadeCaseInputs, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { messageOf } from "./write.ts";
import type { Dependencies } from "./write.ts";

export interface Choice {
  /** The case to continue with. If undefined, a new case is created. */
  readonly kept: Case | undefined;
  /** The other open cases of this life. They are closed, so that the resource has only one. */
  readonly surplus: readonly Case[];
}

/** A choice with a case. */
export type ChosenCase = Choice & { readonly kept: Case };

export function chooseCase(found: readonly Case[], inputs: MadeCaseInputs): Choice {
  const own = found.filter((one) => isOwn(one, inputs));
  const open = own.filter(isOpen);
  // An interrupted update can have created and closed the case without recording it. With keepOpen, a closed case is of no use.
  const closed = inputs.keepOpen ? undefined : own.filter((one) => !isOpen(one)).sort(byAge)[0];
  const kept = [...open].sort(byAge)[0] ?? closed;
  return { kept, surplus: open.filter((one) => one !== kept) };
}

/** The oldest first, then by name, because concurrent updates must choose the same case. */
export function byAge(one: Case, other: Case): number {
  const time = Date.parse(one.createTime) - Date.parse(other.createTime);
  if (time !== 0 && !Number.isNaN(time)) return time;
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

/** The maximum delay of Google's search, and the interval between searches, in milliseconds. */
export const searchLag = { longest: 30_000, every: 2500 };

/**
 * The resource's own cases of this life. The search has an undocumented delay. The list seems to have none, but includes all
 * cases of the parent, so it usually excludes closed ones.
 *
 * Both can return an outdated version of an open case, which could lead to a second escalation. So each own case is read
 * again. Cases of others are filtered out before, even if they quote the marker.
 *
 * @param listed Which of the parent's cases to list.
 * @param seen Collects the names of all found cases, including deleted ones.
 */
export async function findOwnCases(
  form: Form | RecordedForm,
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

/** The open cases of this life except the one in the state. They come from interrupted or concurrent updates. */
export async function findLeftovers(name: string, form: Form, api: SupportApi): Promise<Case[]> {
  return (await findOwnCases(form, api, "open")).filter((one) => one.name !== name && isOpen(one));
}

/**
 * Cases that interrupted updates have left open. `own` are those that match their life's fingerprint. Nothing is ever written
 * to the others.
 */
export interface LeftBehind {
  readonly own: readonly Case[];
  readonly others: readonly Case[];
}

/** Whether the error means that the place was deleted, with all its cases. */
export type IsGone = (error: unknown, parent: string) => Promise<boolean>;

/** The cases of lives without a case in the state, except the case that this resource continues with. */
export async function findLeftBehind(inputs: SupportCaseInputs, api: SupportApi, isGone: IsGone): Promise<LeftBehind> {
  const own: Case[] = [];
  const others: Case[] = [];
  const made = isAdopted(inputs) ? undefined : inputs;
  const isKept = (one: Case) =>
    isAdopted(inputs)
      ? isAdoptedCase(one, inputs.adopt)
      : isOwn(one, inputs) || (inputs.ignoreCases ?? []).includes(one.name);
  for (const life of inputs.formerLives ?? []) {
    // A case of the current life that matches the inputs is the one to continue with.
    const isCurrent = lifeIn(life.marker) === lifeIn(inputs.marker);
    if (isCurrent && (made === undefined || formOf(life) === undefined || matchesFingerprint(life, made))) continue;
    const found = await findOfLife(life, made && { ...made, ...life }, api, isGone);
    own.push(...found.own.filter((one) => !isKept(one)));
    others.push(...found.others.filter((one) => !isKept(one)));
  }
  return { own, others };
}

/** @param form The form to compare with if the life has no fingerprint. */
async function findOfLife(
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

/** The names of the open cases that an interrupted update may have left in the life. */
export async function casesOfLife(
  life: FormerLife,
  dependencies: Pick<Dependencies, "api" | "resourceManager">,
): Promise<string[]> {
  const isGone: IsGone = async (error, parent) =>
    (await goneWithParent(error, `${parent}/cases`, dependencies)) === "deleted";
  const { own, others } = await findOfLife(life, undefined, dependencies.api, isGone);
  return [...new Set([...own, ...others].map(({ name }) => name))];
}

/** The name can contain the project's number. */
function isAdoptedCase({ name }: Case, adopt: string): boolean {
  return name === adopt || (/^projects\/\d+\//.test(adopt) && idIn(name) === idIn(adopt));
}

/** The error for open cases of a former life that no longer match the config. */
export function leftBehindProblem(cases: readonly Case[], inputs: SupportCaseInputs): string {
  const names = cases.map(({ name }) => name).join(", ");
  const it = cases.length === 1 ? "it" : "them";
  return (
    `${names} ${cases.length === 1 ? "was" : "were"} created by an interrupted update of this stack, and ` +
    `${cases.length === 1 ? "is" : "are"} still open. Close ${it}` +
    (isAdopted(inputs) ? "" : `, or write ignoreCases: [${names}] in the test case to leave ${it} open`)
  );
}

/** Searches until the search delay has passed for a case that was just created. */
export async function findLateCase(
  inputs: MadeCaseInputs,
  { api, sleep, log }: Dependencies,
  why: string,
): Promise<ChosenCase | undefined> {
  log(`${why}; looking for it for up to ${String(searchLag.longest / 1000)} s, because Google's search is delayed`);
  for (let waited = 0; waited < searchLag.longest; waited += searchLag.every) {
    await sleep(searchLag.every);
    // A case that is already closed is in the first list.
    const found = await findOwnCases(inputs, api, waited === 0 ? "all" : "open");
    const { kept, surplus } = chooseCase(found, inputs);
    if (kept !== undefined) return { kept, surplus };
    if (waited > 0 && waited % 10_000 === 0) log(`still looking, ${String(waited / 1000)} s so far`);
  }
  return undefined;
}

/** The open cases with this resource's name and another life, except those in `ignoreCases`. */
export async function findCasesOfAnotherLife(inputs: MadeCaseInputs, api: SupportApi): Promise<Case[]> {
  const { parent, marker, owner = ownerIn(marker), ignoreCases = [], formerLives = [] } = inputs;
  const searched = await api.searchCases(parent, ownerQuery(owner));
  const found = new Map([...searched, ...(await api.listCases(parent, "state=OPEN"))].map((one) => [one.name, one]));
  // findLeftBehind handles the cases of this stack's interrupted updates.
  const isLeft = (one: Case) => formerLives.some((life) => isOfLife(one, life.marker));
  const isOther = (one: Case) => isOfAnotherLife(one, inputs, owner) && !isLeft(one);
  const others = [...found.values()].filter((one) => isOther(one) && !ignoreCases.includes(one.name));
  // The search can still return a case as open that was just closed.
  const now = await Promise.all(others.map(({ name }) => getCase(api, name)));
  return now.filter((one) => one !== undefined).filter(isOther);
}

/** The error for open cases of another life. */
export function anotherLifeProblem(cases: readonly Case[]): string {
  // A real case probably belongs to a person, so do not suggest adopting or closing it.
  const tests = cases.filter(({ testCase }) => testCase === true);
  const real = cases.filter((one) => !tests.includes(one));
  const list = (some: readonly Case[]) => some.map(({ name }) => name).join(", ");
  const [first] = tests;
  const [it, theRest] = [cases, tests].map(({ length }) => (length === 1 ? "it" : "them"));
  return [
    `${list(cases)} ${cases.length === 1 ? "is open and has" : "are open and have"} this stack's name, but this state does not have ` +
      `${it ?? ""} as its own: the config had adopted ${it ?? ""}, the state was lost, or another backend has a stack of the same name`,
    ...(real.length === 0
      ? []
      : [
          `${list(real)} ${real.length === 1 ? "is a real case" : "are real cases"} that Google's support team works on, and may belong to a person: do not close ${real.length === 1 ? "it" : "them"} from here`,
        ]),
    (first === undefined
      ? "Write "
      : `Write adopt: ${first.name} in the test case to manage it here, close ${theRest ?? ""}, or write `) +
      `ignoreCases: [${list(cases)}] to leave ${it ?? ""} open and create another case`,
  ].join(". ");
}

/**
 * The case's current outputs; undefined if it no longer exists. Keeps the recorded additions, so that they are not
 * added again.
 */
export async function readCase(
  name: string,
  properties: SupportCaseOutputs,
  { api }: Dependencies,
): Promise<SupportCaseOutputs | undefined> {
  const found = await getCase(api, name);
  if (found === undefined) return undefined;
  const { comments = [], attachments = [], escalated = false } = properties;
  return {
    ...outputsOf(properties, found),
    // Only an update migrates an older state.
    version: properties.version,
    ...fieldsOf(found, properties),
    comments,
    attachments,
    escalated: escalated || found.escalated === true,
  };
}

/** The case; undefined if it does not exist. */
export async function getCase(api: SupportApi, name: string): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * The reason why a denied case counts as deleted. `hidden`: Google denies access to a project that it has deleted for good, and to
 * one that the caller cannot see, with the same reply.
 */
export type Gone = "deleted" | "hidden";

/**
 * Whether access to the case was denied because its project was deleted; undefined if the error has another cause.
 *
 * @throws Error if access to the case is denied but its place exists, because the case may still be open
 */
export async function goneWithParent(
  error: unknown,
  name: string,
  { resourceManager }: Pick<Dependencies, "resourceManager">,
): Promise<Gone | undefined> {
  if (!(error instanceof GoogleError) || error.status !== 403) return undefined;
  const [, collection = "", id = ""] = /^(projects|organizations)\/([^/]+)\//.exec(name) ?? [];
  const gone = await goneReason(collection, id, resourceManager);
  if (gone !== undefined) return gone;
  throw new Error(
    `case ${name} could not be closed and may still be open, because its ${collection.replace(/s$/, "")} still exists: ` +
      `${messageOf(error)}; ${remedyOf(error, collection)}`,
    { cause: error },
  );
}

/** A destroy without the program uses the config of the last update, so the remedy is an environment variable. */
function remedyOf({ message, reason }: GoogleError, collection: string): string {
  if (/requires a quota project/.test(message))
    return "set GOOGLE_CLOUD_QUOTA_PROJECT to the ID of a project for billing and quota, and run the command again";
  if (reason === "USER_PROJECT_DENIED")
    return "set GOOGLE_CLOUD_QUOTA_PROJECT to the ID of a project that the caller can use (or gcp:billingProject, if the config has it, with --run-program), and run the command again";
  const roles =
    collection === "organizations" ? "roles Tech Support Editor and Organization Viewer" : "role Tech Support Editor";
  return `grant the ${roles} there, or close the case in the console and run \`pulumi state delete\` on this resource`;
}

/** Undefined if the place exists, or if nothing is known about it. */
async function goneReason(
  collection: string,
  id: string,
  resourceManager: Dependencies["resourceManager"],
): Promise<Gone | undefined> {
  try {
    if (collection === "organizations") await resourceManager.getOrganization(id);
    else if ((await resourceManager.getProject(id)).state !== "ACTIVE") return "deleted";
    return undefined;
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    if (error.status === 404) return "deleted";
    if (error.status !== 403) throw error;
    // No API deletes an organization, so the caller has lost access to it.
    return collection === "organizations" || isUnanswered(error) ? undefined : "hidden";
  }
}

/** Without the Resource Manager API or a quota project, it is not known whether the project exists. */
function isUnanswered({ reason }: GoogleError): boolean {
  return reason === "SERVICE_DISABLED" || reason === "USER_PROJECT_DENIED";
}
