/**
 * Each thing in Google Cloud has one name in the state. If the state has the thing under another name, the resource takes over
 * that entry with an alias. If that is not possible, the update fails, because deleting the other name would delete the thing.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { alertPolicyType, channelType, contactType } from "./gcpTypes.ts";
import { formerState, inProject, isFromPackage, isMovedHere, nameIn, currentThing, typeIn } from "./formerState.ts";
import type { FormerState, ThingIndex } from "./formerState.ts";
import { lateUserError } from "../onboarding/index.ts";
import { valueOf } from "./outputs.ts";
import { operationOf, printsAdvice } from "./operation.ts";
import { plainResources } from "./plainResources.ts";
import type { PlainResource } from "./plainResources.ts";
import { isSameProject } from "./propagation.ts";
import type { RunContext } from "./run.ts";
import { withSection } from "../text/index.ts";
import { heldTwice, warnOfDuplicates } from "./heldTwice.ts";
import type { Holder } from "./heldTwice.ts";
import { contactExistsMessage } from "./otherStacks.ts";
import { thingsIn } from "./wanted.ts";
import type { WantedPlace } from "./wanted.ts";

/** A resource that may not be created yet. */
export interface Named {
  readonly name: string;
  readonly type: string;
  readonly parent: pulumi.Resource | undefined;
}

interface Risk {
  readonly holder: Holder;
  readonly urn: pulumi.URN;
  readonly thing: string;
}

const newNames = () => ({
  holders: new Map<string, Holder[]>(),
  /** The names whose state entry a resource with another name takes over. */
  taken: new Map<pulumi.URN, Holder>(),
  /** Things that the state also has under another name, and that deleting that name would delete. */
  risks: [] as Risk[],
});

type Names = ReturnType<typeof newNames>;

/** An alias without effect. */
const ownName: pulumi.Alias = {};

/** Problems with names in the state, by URN, for operations that may leave the resource out. */
export const problemsOfNames = () => new Map<pulumi.URN, string>();

/** @throws RunError if the operation does not leave the resource out */
function rejectName(run: RunContext, urn: pulumi.URN, problem: string): pulumi.Alias {
  if (operationOf(run) === "whole") throw lateUserError(problem, "formerName");
  run.shared(problemsOfNames).set(urn, withSection(problem, "formerName"));
  return ownName;
}

/**
 * The things that resources of this run have.
 *
 * @param root The stack's resource, if this process has it.
 */
export async function thingsOfRun(
  run: RunContext,
  root: pulumi.Resource | undefined,
): Promise<ReadonlySet<string | undefined>> {
  const holders = [...run.shared(newNames).holders.values()].flat();
  const own = await Promise.all(holders.map(({ thing }) => thing.catch(() => undefined)));
  // Without an alias, such a resource is a loss of its own.
  const plain = root === undefined ? [] : plainResources(root).map(({ things }) => things());
  return new Set([...own, ...(await Promise.all(plain)).flat()]);
}

/** The URNs of the components' resources of a type. */
export async function urnsOfRun(run: RunContext, type: string): Promise<pulumi.URN[]> {
  const holders = [...run.shared(newNames).holders.values()].flat().filter((holder) => holder.type === type);
  const urns = await Promise.all(holders.map(({ name, parent }) => valueOf(pulumi.createUrn(name, type, parent))));
  return urns.filter((urn) => urn !== undefined);
}

/** The aliases with which the resource takes over the state entry of its thing. */
export function formerNames(
  run: RunContext,
  { name, type, parent }: Named,
  thing: pulumi.Output<string>,
): pulumi.Output<pulumi.Alias>[] {
  if (run.isMocked) return [];
  const { holders } = run.shared(newNames);
  const known = valueOf(thing);
  const holder = { name, type, parent, thing: known, shown: shownOf(thing, known) };
  const key = keyOf(type, name);
  holders.set(key, [...(holders.get(key) ?? []), holder]);
  return [pulumi.output(formerName(run, holder)) as pulumi.Output<pulumi.Alias>];
}

async function shownOf(thing: pulumi.Output<string>, known: Promise<string | undefined>): Promise<string> {
  const words = (await known) ?? "";
  return (await pulumi.isSecret(thing)) ? withoutSecret(words) : words;
}

function withoutSecret(thing: string): string {
  return `${thing.split(" ", 2).join(" ")} that is a secret`;
}

/**
 * A note on Google's error for a second contact: the state has the first one under another name, or somebody else
 * created it.
 */
export async function conflictNote(run: RunContext, urn: pulumi.URN): Promise<string | undefined> {
  const names = run.shared(newNames);
  const risk = names.risks.find((one) => one.urn === urn);
  const loss = risk === undefined ? undefined : (await lossOf(run, risk))?.message;
  const [holder] = names.holders.get(keyOf(typeIn(urn), nameIn(urn))) ?? [];
  if (loss !== undefined || holder === undefined) return loss;
  // A resource that depends on this one is not registered before Google's error has been handled.
  const [twice] = await Promise.race([heldTwice(run, pulumi.runtime.getStackResource(), [holder]), sleep(30_000, [])]);
  if (twice !== undefined) return twice.message;
  return `${holder.name}: ${await contactExistsMessage(await holder.shown)}`;
}

/** A resource of the state that had the thing, or perhaps had it. */
interface Match {
  readonly urn: pulumi.URN;
  /** The thing, with the project by its number or its ID, as in the state. */
  readonly thing: string;
  /** The number and the ID of projects that may be the same, because neither can be read. */
  readonly unread?: readonly [number: string, id: string];
}

/** For a project, its number and its ID are equivalent. */
async function matchesOf(run: RunContext, state: ThingIndex, thing: string): Promise<readonly Match[]> {
  const { project, isNumber } = inProject(thing);
  const matches = (other: string) => state.urnsOf(other).map((urn) => ({ urn, thing: other }));
  const alike = await Promise.all(
    state.alikeInProjects(thing).map(async (other): Promise<readonly Match[]> => {
      const another = inProject(other).project;
      const unread = isNumber ? ([project, another] as const) : ([another, project] as const);
      const isSame = await isSameProject(run, ...unread);
      if (isSame === undefined) return matches(other).map((one) => ({ ...one, unread }));
      return isSame ? matches(other) : [];
    }),
  );
  return [...matches(thing), ...alike.flat()];
}

/** The resources that had the thing. */
export async function urnsOf(run: RunContext, state: ThingIndex, thing: string): Promise<readonly pulumi.URN[]> {
  return (await matchesOf(run, state, thing)).flatMap(({ urn, unread }) => (unread === undefined ? [urn] : []));
}

/** The state, in which a wanted thing is also that of a resource with the project's number instead of its ID. */
export async function stateFor(run: RunContext, places: readonly WantedPlace[]): Promise<FormerState> {
  const state = await formerState(run);
  const things = places.flatMap(({ wanted }) => thingsIn(wanted));
  const byNumber = things.filter((thing) => state.alikeInProjects(thing).length > 0);
  const found = new Map(
    await Promise.all(byNumber.map(async (thing) => [thing, await urnsOf(run, state, thing)] as const)),
  );
  return { ...state, urnsOf: (thing) => found.get(thing) ?? state.urnsOf(thing) };
}

async function formerName(run: RunContext, holder: Holder): Promise<pulumi.Alias | pulumi.URN> {
  const { name, type, parent } = holder;
  const names = run.shared(newNames);
  const thing = await holder.thing;
  if (thing === undefined) return ownName;
  const state = await formerState(run);
  const urn = (await valueOf(pulumi.createUrn(name, type, parent))) ?? "";
  const taker = names.taken.get(urn);
  if (taker !== undefined && taker !== holder)
    return rejectName(
      run,
      urn,
      `${taker.name} and ${name}: ${taker.name} now has ${await taker.shown}, which is ${urn} in the state. Configure it in only one of the two places`,
    );
  const matches = (await matchesOf(run, state, thing)).filter((other) => other.urn !== urn);
  const others = matches.flatMap((other) => (other.unread === undefined ? [other.urn] : []));
  const risk = { holder, urn, thing };
  const isAtRisk = matches.length > 0 || (await matchesOf(run, state.bindings, thing)).length > 0;
  if (isAtRisk && !isReplaceable(type)) names.risks.push(risk);
  if (others.length === 0) return ownName;
  if (state.thingOf(urn) === thing) return ownName;
  const free = others.filter(
    (other) =>
      (isFromPackage(other) || isMovedHere(other, holder)) &&
      !names.taken.has(other) &&
      holdersOf(names, other, holder).length === 0,
  );
  const [first] = free;
  if (first !== undefined && !state.has(urn)) {
    names.taken.set(first, holder);
    return first;
  }
  if (isReplaceable(type)) return ownName;
  // The engine looks up a resource's own name first, and ignores aliases if the state has that name.
  if (first !== undefined) return rejectName(run, urn, await lossMessage(state, risk, first, true));
  for (const other of others) {
    const [another] = holdersOf(names, other, holder);
    // Waiting for another component's thing could deadlock.
    const isAnotherThing = another?.parent === parent && (await another?.thing) !== thing;
    if (another !== undefined && type === contactType)
      return rejectName(
        run,
        urn,
        `${name}: ${await holder.shown} is in the state as ${other}, and the program still has that name. If both have the contact, remove it from one of the two. Otherwise, it has moved. ${remedy(state, risk, other, false)}`,
      );
    if (another !== undefined && isAnotherThing)
      return rejectName(run, urn, await lossMessage(state, risk, other, false));
  }
  return ownName;
}

/** The other holders with the name of a URN. */
function holdersOf({ holders }: Names, urn: pulumi.URN, except: Holder): Holder[] {
  return (holders.get(keyOf(typeIn(urn), nameIn(urn))) ?? []).filter((holder) => holder !== except);
}

/** What an update would lose. */
interface Loss {
  readonly message: string;
  /** The resource in the state whose deletion loses it. */
  readonly deleted: pulumi.URN;
}

/** @param root The stack's resource, if this process has it. */
export async function lossesOfNames(run: RunContext, root: pulumi.Resource | undefined) {
  const own = await Promise.all(run.shared(newNames).risks.map((risk) => lossOf(run, risk)));
  const plain = root === undefined ? [] : await lossesOfPlainResources(run, root);
  const holders = [...run.shared(newNames).holders.values()].flat();
  const twice = await heldTwice(run, root, holders);
  if (printsAdvice(run)) await warnOfDuplicates(run, root, holders);
  return [
    ...[...own, ...plain].flatMap((one) => (one === undefined ? [] : [{ ...one, section: "formerName" as const }])),
    ...twice.map((one) => ({ ...one, section: "refusal" as const })),
  ];
}

async function lossOf(run: RunContext, risk: Risk): Promise<Loss | undefined> {
  const { taken } = run.shared(newNames);
  const state = await formerState(run);
  const { urn, thing } = risk;
  for (const match of await matchesOf(run, state, thing)) {
    const { urn: other, unread } = match;
    if (other === urn || taken.has(other)) continue;
    const now = await currentThing(other);
    if (now !== undefined && now.thing === state.thingOf(other)) continue;
    const own = now === undefined && typeIn(urn) === contactType ? await currentThing(urn) : undefined;
    // The program itself has an alias from one to the other.
    if (own?.id !== undefined && own.id === state.idOf(other)) continue;
    const { name, shown } = risk.holder;
    const message =
      unread === undefined ? await lossMessage(state, risk, other, false) : unreadText(name, await shown, match);
    return { message, deleted: other };
  }
  return lossFromBinding(run, risk, state);
}

/** A binding or a policy that the program no longer has, or that no longer has the grant, removes the grant in the end. */
async function lossFromBinding(
  run: RunContext,
  { holder: { name, shown }, thing }: Risk,
  state: FormerState,
): Promise<Loss | undefined> {
  for (const match of await matchesOf(run, state.bindings, thing)) {
    const { urn: other, unread } = match;
    const now = await currentThing(other);
    if (now?.things.includes(match.thing)) continue;
    if (unread !== undefined) return { message: unreadText(name, await shown, match), deleted: other };
    const whatToDo =
      now === undefined
        ? withoutState(other)
        : `Keep the member in ${nameIn(other)}, which sets all members of the role, and remove it here`;
    return { message: lossText(name, await shown, other, whatToDo), deleted: other };
  }
  return undefined;
}

/** The losses of resources that the program creates without a component: deleting a component's resource would delete their things. */
async function lossesOfPlainResources(run: RunContext, root: pulumi.Resource): Promise<Loss[]> {
  const plain = plainResources(root);
  if (plain.length === 0) return [];
  const { taken, risks } = run.shared(newNames);
  const state = await formerState(run);
  const isReported = (other: pulumi.URN, thing: string) =>
    taken.has(other) || risks.some((risk) => risk.thing === thing && risk.urn !== other);
  const losses = await Promise.all(
    plain.map(async (resource) => {
      const pairs = await Promise.all(
        (await resource.things()).map(async (thing) =>
          (await matchesOf(run, state, thing))
            .filter(({ urn }) => isFromPackage(urn) && !isReported(urn, thing))
            .map((match) => ({ match, thing })),
        ),
      );
      if (pairs.flat().length === 0) return [];
      const urn = (await valueOf(resource.urn)) ?? "";
      // The engine looks up a resource's own name first, and ignores aliases if the state has that name.
      const aliases = state.has(urn) ? [] : await resource.aliases();
      const found = await Promise.all(
        pairs.flat().map(async ({ match, thing }) => {
          const { urn: other } = match;
          if (aliases.includes(other) || (await currentThing(other))?.thing === state.thingOf(other)) return [];
          return [{ message: await plainLossMessage(state, resource, urn, thing, match), deleted: other }];
        }),
      );
      return found.flat();
    }),
  );
  return losses.flat();
}

async function plainLossMessage(
  state: FormerState,
  { name, type, isSecret }: PlainResource,
  urn: pulumi.URN,
  thing: string,
  match: Match,
): Promise<string> {
  const other = match.urn;
  const shown = (await isSecret()) ? withoutSecret(thing) : thing;
  if (match.unread !== undefined) return unreadText(name, shown, match);
  // In an update, the resource is already in the state under its own name, so an alias has no effect.
  const isNew = pulumi.runtime.isDryRun() && !state.has(urn);
  // With the project's number instead of its ID, an alias would replace the resource.
  const isAliased = isNew && type === typeIn(other) && state.thingOf(other) === thing;
  return lossText(name, shown, other, isAliased ? withAlias(name, other, "its options") : withoutState(other));
}

/** @param isFree Whether no resource of this run uses the other name. */
async function lossMessage(state: FormerState, risk: Risk, other: pulumi.URN, isFree: boolean): Promise<string> {
  return lossText(risk.holder.name, await risk.holder.shown, other, remedy(state, risk, other, isFree));
}

function lossText(name: string, shown: string, other: pulumi.URN, whatToDo: string): string {
  return `${name}: this update would delete ${shown}, which is in the state under another name: ${other}. ${whatToDo}`;
}

function unreadText(name: string, shown: string, { urn, unread: [number, id] = ["", ""] }: Match): string {
  return `${name}: this update would delete ${urn} of the project ${number}, which may be ${shown}, because neither the project ${number} nor ${id} can be read. Grant this caller resourcemanager.projects.get on the project, or run the command again later. If both are the same project, ${withoutState(urn).replace("Run", "run")}`;
}

const withAlias = (name: string, other: pulumi.URN, where: string) =>
  `Give ${name} the alias '${other}' for one update, in ${where}`;

const withoutState = (other: pulumi.URN) => `Run: pulumi state remove '${other}'`;

function remedy(
  state: FormerState,
  { holder: { name }, urn, thing }: Risk,
  other: pulumi.URN,
  isFree: boolean,
): string {
  const isKept = state.thingOf(urn) === thing;
  // After the rename, no resource of the program has that name, so the next run adds an alias.
  const renamed = isFree ? urn : other;
  if (!isKept && isFromPackage(other)) return `Run: pulumi state rename '${renamed}' '${nameIn(renamed)}/former'`;
  if (isKept || typeIn(urn) !== contactType) return withoutState(other);
  return withAlias(name, other, "transforms of its component");
}

/** Whether Google allows several of them, so that deleting another one loses nothing. */
function isReplaceable(type: string): boolean {
  return type.startsWith("customer-care:") || type === channelType || type === alertPolicyType;
}

function keyOf(type: string, name: string): string {
  return `${type}::${name}`;
}
