/**
 * One name in the state for each thing in Google Cloud. A resource whose thing the state has under another name takes that
 * state over, by an alias. Where that cannot be, the deletion of the other name is refused: it would take the thing away.
 */
import * as pulumi from "@pulumi/pulumi";
import { contactType } from "./gcpTypes.ts";
import { formerState, isOurs, nameIn, thingNow, typeIn } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import { lateUserError } from "../onboarding/index.ts";
import { lostCases } from "./lostCases.ts";
import { valueOf } from "./outputs.ts";
import { plainResources } from "./plainResources.ts";
import type { PlainResource } from "./plainResources.ts";
import { projectIdOf } from "./propagation.ts";
import type { RunContext } from "./run.ts";
import { existsAlready } from "./updateRefusals.ts";

/** A resource, which may not be made yet. */
export interface Named {
  readonly name: string;
  readonly type: string;
  readonly parent: pulumi.Resource | undefined;
}

interface Holder extends Named {
  /** What it has in Google Cloud, in the words of formerState.ts; undefined where that is not known yet. */
  readonly thing: Promise<string | undefined>;
  /** The same as an error may show it. */
  readonly shown: Promise<string>;
}

interface Risk {
  readonly holder: Holder;
  readonly urn: pulumi.URN;
  readonly thing: string;
}

const noNames = () => ({
  holders: new Map<string, Holder[]>(),
  /** The names whose state a resource of another name takes over. */
  taken: new Map<pulumi.URN, Holder>(),
  /** What the state has under another name too, and which that name's deletion would take away. */
  risks: [] as Risk[],
});

type Names = ReturnType<typeof noNames>;

/** A name of its own: it stands for no other resource. */
const ownName: pulumi.Alias = {};

/**
 * For the constructor of each component: refuses a deletion that would lose something. Which names this run deletes is known when all
 * of the program has run.
 */
export function refuseLosses(run: RunContext): void {
  if (!run.isMocked) run.the(watch);
}

/** Once in a run. */
function watch(run: RunContext): true {
  const [names, root] = [run.the(noNames), pulumi.runtime.getStackResource()];
  atEndOfProgram(async () => {
    const own = await Promise.all(names.risks.map((risk) => lossOf(run, risk)));
    const messages = [...own, ...(root === undefined ? [] : await lossesToPlain(run, root))];
    const losses = [...messages, ...(await lostCases(run))].filter((one) => one !== undefined);
    if (losses.length > 0) throw lateUserError([...new Set(losses)].join("\n"));
  });
  return true;
}

/** The aliases under which the resource goes on with what the state has of its thing. */
export function formerNames(
  run: RunContext,
  { name, type, parent }: Named,
  thing: pulumi.Output<string>,
): pulumi.Output<pulumi.Alias>[] {
  if (run.isMocked) return [];
  const { holders } = run.the(noNames);
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

/** What to add to Google's refusal of a second contact: the state has the first one under another name, or others have made it. */
export async function conflictNote(run: RunContext, urn: pulumi.URN): Promise<string | undefined> {
  const names = run.the(noNames);
  const risk = names.risks.find((one) => one.urn === urn);
  const loss = risk === undefined ? undefined : await lossOf(run, risk);
  const [holder] = names.holders.get(keyOf(typeIn(urn), nameIn(urn))) ?? [];
  return loss ?? (holder === undefined ? undefined : `${holder.name}: ${existsAlready(await holder.shown)}`);
}

async function formerName(run: RunContext, holder: Holder): Promise<pulumi.Alias | pulumi.URN> {
  const { name, type, parent } = holder;
  const names = run.the(noNames);
  const thing = await holder.thing;
  if (thing === undefined) return ownName;
  const state = await formerState(run);
  const urn = (await valueOf(pulumi.createUrn(name, type, parent))) ?? "";
  const taker = names.taken.get(urn);
  if (taker !== undefined && taker !== holder)
    throw lateUserError(
      `${taker.name} and ${name}: ${taker.name} has ${await taker.shown} now, which the state has as ${urn}. Write it in one of the two places only`,
    );
  const others = (await urnsOf(run, state, thing)).filter((other) => other !== urn);
  if (others.length === 0) return ownName;
  const risk = { holder, urn, thing };
  if (!isComponent(type)) names.risks.push(risk);
  if (state.thingOf(urn) === thing) return ownName;
  const free = others.filter(
    (other) => isOurs(other) && !names.taken.has(other) && holdersOf(names, other, holder).length === 0,
  );
  const [first] = free;
  if (first !== undefined && !state.has(urn)) {
    names.taken.set(first, holder);
    return first;
  }
  if (isComponent(type)) return ownName;
  // The engine looks for a resource's own name first: where the state has something else under it, no alias counts.
  if (first !== undefined) throw lateUserError(await loss(state, risk, first, true));
  for (const other of others) {
    const [another] = holdersOf(names, other, holder);
    // Its thing is waited for in the same component only: another one may wait for this.
    const isAnotherThing = another?.parent === parent && (await another?.thing) !== thing;
    if (another !== undefined && (type === contactType || isAnotherThing))
      throw lateUserError(await loss(state, risk, other, false));
  }
  return ownName;
}

/** The resources that had the thing; of a project, also under its number in place of its ID, and the other way round. */
async function urnsOf(run: RunContext, state: FormerState, thing: string): Promise<readonly pulumi.URN[]> {
  const [words, project] = inProject(thing);
  const others = state.things.filter((other) => {
    const [otherWords, otherProject] = inProject(other);
    return project !== "" && otherWords === words && isNumber(otherProject) !== isNumber(project);
  });
  const same = await Promise.all(
    others.map(async (other) => {
      const [, otherProject] = inProject(other);
      const [number, id] = isNumber(project) ? [project, otherProject] : [otherProject, project];
      return (await projectIdOf(run, number)) === id ? state.urnsOf(other) : [];
    }),
  );
  return [...state.urnsOf(thing), ...same.flat()];
}

/** `the grant of … on projects/shop-dev` → `the grant of … on ` and `shop-dev`. */
function inProject(thing: string): readonly [words: string, project: string] {
  const [, words = thing, project = ""] = /^(.* )projects\/([^/]+)$/.exec(thing) ?? [];
  return [words, project];
}

const isNumber = (project: string) => /^\d+$/.test(project);

/** Those of the name that the state has, but one. */
function holdersOf({ holders }: Names, urn: pulumi.URN, but: Holder): Holder[] {
  return (holders.get(keyOf(typeIn(urn), nameIn(urn))) ?? []).filter((holder) => holder !== but);
}

async function lossOf(run: RunContext, risk: Risk): Promise<string | undefined> {
  const { taken } = run.the(noNames);
  const state = await formerState(run);
  const { urn, thing } = risk;
  for (const other of await urnsOf(run, state, thing)) {
    if (other === urn || taken.has(other)) continue;
    const now = await thingNow(other);
    if (now !== undefined && now.thing === state.thingOf(other)) continue;
    const own = now === undefined && typeIn(urn) === contactType ? await thingNow(urn) : undefined;
    // An alias of the program's own leads from one to the other.
    if (own?.id !== undefined && own.id === state.idOf(other)) continue;
    return await loss(state, risk, other, false);
  }
  return undefined;
}

/** What resources of the program's own have as well, and the deletion of a component's resource would take away. */
async function lossesToPlain(run: RunContext, root: pulumi.Resource): Promise<string[]> {
  const plain = plainResources(root);
  if (plain.length === 0) return [];
  const { taken, risks } = run.the(noNames);
  const state = await formerState(run);
  const isToldAlready = (other: pulumi.URN, thing: string) =>
    taken.has(other) || risks.some((risk) => risk.thing === thing && risk.urn !== other);
  const losses = await Promise.all(
    plain.map(async (resource) => {
      const pairs = await Promise.all(
        (await resource.things()).map(async (thing) =>
          (await urnsOf(run, state, thing))
            .filter((other) => isOurs(other) && !isToldAlready(other, thing))
            .map((other) => ({ other, thing })),
        ),
      );
      if (pairs.flat().length === 0) return [];
      const urn = (await valueOf(resource.urn)) ?? "";
      // The engine looks for a resource's own name first: where the state has it, no alias counts.
      const aliases = state.has(urn) ? [] : await resource.aliases();
      const found = await Promise.all(
        pairs.flat().map(async ({ other, thing }) => {
          if (aliases.includes(other) || (await thingNow(other))?.thing === state.thingOf(other)) return [];
          return [await lossToPlain(state, resource, urn, thing, other)];
        }),
      );
      return found.flat();
    }),
  );
  return losses.flat();
}

async function lossToPlain(
  state: FormerState,
  { name, type, isSecret }: PlainResource,
  urn: pulumi.URN,
  thing: string,
  other: pulumi.URN,
): Promise<string> {
  const shown = (await isSecret()) ? withoutSecret(thing) : thing;
  // An update has put it into the state under its own name by now, where no alias counts any more.
  const isNew = pulumi.runtime.isDryRun() && !state.has(urn);
  // By an alias, another name of the project is another resource: the engine replaces the one by the other.
  const isAliased = isNew && type === typeIn(other) && state.thingOf(other) === thing;
  return lossText(name, shown, other, isAliased ? withAlias(name, other, "its options") : withoutState(other));
}

/** @param isFree Whether no resource of this run has the other name. */
async function loss(state: FormerState, risk: Risk, other: pulumi.URN, isFree: boolean): Promise<string> {
  return lossText(risk.holder.name, await risk.holder.shown, other, remedy(state, risk, other, isFree));
}

function lossText(name: string, shown: string, other: pulumi.URN, whatToDo: string): string {
  return `${name}: this update would delete ${shown}, which the state has under another name: ${other}. ${whatToDo}`;
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
  // Under a name that no resource of the program has, the next run finds it by what it is.
  const renamed = isFree ? urn : other;
  if (!isKept && isOurs(other)) return `Run: pulumi state rename '${renamed}' '${nameIn(renamed)}/former'`;
  if (isKept || typeIn(urn) !== contactType) return withoutState(other);
  return withAlias(name, other, "transforms of its component");
}

function isComponent(type: string): boolean {
  return type.startsWith("customer-care:");
}

function keyOf(type: string, name: string): string {
  return `${type}::${name}`;
}

/** What the client of the resource monitor has, though the SDK's type does not say so. */
interface Monitor {
  signalAndWaitForShutdown?: (request: unknown, done: (error: Error | null) => void) => unknown;
}

/**
 * A program that failed has not come to all that it keeps: nothing is checked then, and nothing may be deleted.
 *
 * @param check Its error fails the run before the engine deletes anything.
 */
function atEndOfProgram(check: () => Promise<void>): void {
  if (isRunByPulumi()) {
    let hasFailed = false;
    const fail = () => {
      hasFailed = true;
    };
    process.once("uncaughtException", fail).once("unhandledRejection", fail);
    // Pulumi waits for what a library does then.
    process.once("beforeExit", () => {
      if (!hasFailed) void check();
    });
    return;
  }
  // An inline program of the Automation API has no process of its own. The SDK reports its end to the engine, which deletes then, and
  // only afterwards looks whether the program has failed.
  const monitor = pulumi.runtime.getMonitor() as Monitor | undefined;
  const report = monitor?.signalAndWaitForShutdown;
  if (monitor === undefined || report === undefined) return;
  monitor.signalAndWaitForShutdown = (request, done) => {
    const checked = pulumi.log.hasErrors() ? Promise.reject(new Error("the program has failed")) : check();
    checked.then(() => void report.call(monitor, request, done), done);
  };
}

/** Whether the process is one that the Pulumi CLI runs a program in, which ends with the program. */
function isRunByPulumi(): boolean {
  return /[\\/]cmd[\\/]run([\\/.]|$)/.test(process.argv[1] ?? "");
}
