/** Lives a life with faults, repairs it with one clean operation, and counts everything in the cloud. */
import { changeable, sha256 } from "../../../components/supportCase/properties.ts";
import { difference, isEqual } from "../../../components/supportCase/diff.ts";
import assert from "node:assert/strict";
import type { Cloud, RecordedRequest } from "../../../tools/localCloud/index.ts";
import { faults, indexOfHit, plant } from "./faults.ts";
import type { Fault, Planned } from "./faults.ts";
import { isUp, lastAsked, lives, newState, operate } from "./life.ts";
import type { Life, Operating, StackState } from "./life.ts";
import type { World } from "./world.ts";

/** What a person does once an operation has failed: the same again, or a refresh before it, which forgets that it failed. */
export type Recovery = "again" | "refreshed first";

export interface Verdict {
  readonly duplicate: number;
  readonly lost: number;
  readonly open: number;
  /** Cases of others that are otherwise than before. */
  readonly foreign: number;
  /** The problem, in words; empty where there is none. */
  readonly problems: readonly string[];
  /** Whether an operation failed that had created a part. */
  readonly wasPartial: boolean;
}

/** What was found in all, in the line that a run of the tests is read for. */
export function summaryOf(what: string, verdicts: readonly Verdict[]): string {
  const sum = (key: "duplicate" | "lost" | "open" | "foreign") =>
    String(verdicts.reduce((total, verdict) => total + verdict[key], 0));
  return `${what}: ${String(verdicts.length)} pairs, ${sum("duplicate")} duplicate, ${sum("lost")} lost, ${sum("open")} open, ${sum("foreign")} foreign touched`;
}

/** A life without a fault. */
export interface Rehearsal {
  readonly life: Life;
  readonly requests: readonly RecordedRequest[];
  readonly moments: readonly Moment[];
  /** From where lives have come to a good end. */
  readonly good: Set<string>;
}

/** Before a step. */
interface Moment {
  /** How many requests were sent before. */
  readonly requests: number;
  /** Brings the world back to it. @returns the stack's state */
  restore(): StackState;
}

/** Lives the life once without a fault. @throws where anything is wrong then */
export async function rehearse(world: World, name: string): Promise<Rehearsal> {
  world.reset();
  const life = lives[name] ?? assert.fail(`no life ${name}`);
  const moments: Moment[] = [];
  const keep = (state: StackState) => {
    const [kept, restoreWorld] = [structuredClone(state), world.keep()];
    const restore = () => {
      restoreWorld();
      return structuredClone(kept);
    };
    moments.push({ requests: world.cloud.requests.length, restore });
  };
  const good = new Set<string>();
  const { problems } = await live(world, {
    life,
    from: 0,
    state: newState(),
    planned: [],
    recovery: "again",
    good,
    keep,
  });
  assert.deepEqual(problems, [], name);
  return { life, requests: [...world.cloud.requests], moments, good };
}

/** Every fault at every request, as far as that can suffer it. */
export function plansOf(requests: readonly RecordedRequest[]): { readonly name: string; readonly plan: Planned }[] {
  return requests.flatMap(({ rpc, method, service }, index) => {
    // The auth library waits by the real clock, 10 s, where no token is available: the faults that end are enough there.
    const isOfToken = service === "sts.googleapis.com";
    const nthOfRpc = requests.slice(0, index + 1).filter((other) => other.rpc === rpc).length;
    if (isAnotherPoll(requests, index)) return [];
    return Object.entries(faults)
      .filter(([, { of = [rpc], isOfWrites = false }]) => of.includes(rpc) && !(isOfWrites && method === "GET"))
      .filter(([, { lasts = false }]) => !(lasts && isOfToken))
      .map(([name, fault]) => ({ name, plan: { nth: index + 1, fault, rpc, nthOfRpc } }));
  });
}

/** Whether one has looked for a late case several times already: what comes of a fault then is what came of it before. */
function isAnotherPoll(requests: readonly RecordedRequest[], index: number): boolean {
  const before = requests.slice(Math.max(0, index - 6), index + 1);
  return before.length === 7 && before.every(({ rpc }) => rpc === "SearchCases" || rpc === "ListCases");
}

/** No operation takes longer, in milliseconds: five tries with a minute between them. */
const longestOperation = 5 * 60_000;

/**
 * Lives a life with faults, from the step on that the first of them hits, to where all is as it was in a life that came to a
 * good end: what comes before and after would be the same again, as each operation is a process of its own.
 */
export async function sweepOne(
  world: World,
  { life, moments, good }: Rehearsal,
  planned: readonly Planned[],
  recovery: Recovery = "again",
): Promise<Verdict> {
  // A search that lags does so from the beginning.
  const first = planned.some(({ fault }) => fault.searchLag !== undefined)
    ? 1
    : Math.min(...planned.map(({ nth }) => nth));
  const from = moments.findLastIndex(({ requests }) => requests < first);
  const state = (moments[from] ?? assert.fail()).restore();
  for (const plan of planned) plant(world.cloud, plan);
  return live(world, { life, from, state, planned, recovery, good });
}

interface Lived {
  readonly life: Life;
  /** The first step. */
  readonly from: number;
  readonly state: StackState;
  readonly planned: readonly Planned[];
  readonly recovery: Recovery;
  readonly good: Set<string>;
  /** Is called before each step. */
  readonly keep?: (state: StackState) => void;
}

async function live(world: World, lived: Lived): Promise<Verdict> {
  const { life, from, state, planned, recovery, good, keep } = lived;
  const { cloud } = world;
  const passed: string[] = [];
  let last = -1;
  let problem: string | undefined;
  let wasPartial = false;
  for (let index = from; index < life.steps.length; index++) {
    keep?.(state);
    if (isUndisturbed(cloud) && (await world.isIdle())) {
      const here = JSON.stringify(
        [index, life.isRenamed ? state : { ...state, ups: 0 }, world.fingerprint()],
        withoutTimes,
      );
      if (good.has(here)) return { ...verdictOf(problem), wasPartial };
      passed.push(here);
    }
    const step = life.steps[index] ?? assert.fail();
    const isClean = last === index;
    const begin = { now: world.now(), requests: cloud.requests.length };
    try {
      await underFire(world, planned, (operating) => operate(life, step, state, operating));
    } catch (error) {
      if (planned.length === 0) throw error;
      // Once more, and cleanly if there is but one fault; a second one may hit the recovery too.
      if (isClean && planned.length === 1) {
        problem = `the clean operation ${String(index + 1)} failed: ${String(error)}`;
        break;
      }
      if (error instanceof assert.AssertionError) problem ??= error.message;
      const [plan] = planned;
      const suffered = plan && cloud.requests[indexOfHit(cloud, plan)];
      if (planned.length === 1 && !(plan && suffered && mayFail(plan.fault, suffered)))
        problem ??= `it failed: ${String(error)}`;
      const isKilled = error instanceof Error && error.message === "killed";
      // The case that an operation has created is in the state when it fails, so that a destroy would close it.
      if (!isKilled && planned.length === 1 && step !== "destroy" && state.resource === undefined && state.life === 1)
        if (isUp(step) && step.up.adopt === undefined && world.cases().length > 0 && state.lastCase === "")
          problem ??= "a case was made that is not in the state";
      if (state.resource?.hasInitErrors) wasPartial = true;
      if (planned.some(({ fault }) => fault.lasts)) cloud.faults.clear();
      if (recovery === "refreshed first")
        await operate(life, "refresh", state, world.newProcess()).catch(() => undefined);
      last = index;
      index--;
      if (cloud.requests.length > 1000) throw new Error("there is no end to it", { cause: error });
      continue;
    } finally {
      if (typeof step === "object" || step === "refresh" || step === "destroy")
        problem ??= boundsProblem(world, planned, begin, typeof step === "object" && "twice" in step ? 2 : 1);
    }
    if (isUp(step) && step.up.adopt === undefined && !step.up.keepOpen && world.cases().some(isOpen))
      problem ??= "the case is open after an up that closes it";
    if (isUp(step) && state.resource !== undefined) {
      await unseen(world, () => operate(life, "refresh", state, world.newProcess()));
      if (difference(state.resource.outputs, step.up).changes) problem ??= "a refresh shows a false change";
    }
  }
  const found = verdict(world, life, state.lastCase, problem);
  if (found.problems.length === 0 && !wasRefusedWithItsProject(world)) for (const here of passed) good.add(here);
  return { ...found, wasPartial };
}

/** Whether no fault is still to come. */
function isUndisturbed({ faults: { rules, settings } }: Cloud): boolean {
  return settings.searchLag === 0 && rules.every(({ matched, match: { nth, times } }) => matched >= nth + times - 1);
}

const withoutTimes = (key: string, value: unknown) => (/Time$/.test(key) ? undefined : value);

function verdictOf(problem: string | undefined): Omit<Verdict, "wasPartial"> {
  return { duplicate: 0, lost: 0, open: 0, foreign: 0, problems: problem === undefined ? [] : [problem] };
}

/** Is no part of the life: no fault hits it, and its requests do not count. */
async function unseen({ cloud }: World, run: () => Promise<void>): Promise<void> {
  const rules = cloud.faults.rules.splice(0);
  const requests = cloud.requests.length;
  await run();
  cloud.requests.length = requests;
  cloud.faults.rules.push(...rules);
}

function mayFail({ mayFailBy, of, then }: Fault, { method, rpc, service }: RecordedRequest): boolean {
  // Where the search lags, the request may be another than the one that was planned.
  if (then === "kill") return true;
  if (of !== undefined && !of.includes(rpc)) return false;
  if (mayFailBy === "credential") return service === "sts.googleapis.com";
  return mayFailBy === "any" || method === mayFailBy;
}

/** Problems with the duration of the operation, and with the number of times it has sent the request that failed. */
function boundsProblem(
  world: World,
  planned: readonly Planned[],
  begin: { readonly now: number; readonly requests: number },
  /** The number of running operations: the clock advances with the waits of each. */
  operations: number,
): string | undefined {
  const [plan] = planned;
  const { cloud } = world;
  const took = world.now() - begin.now;
  if (took > longestOperation * operations * Math.max(1, planned.length)) return `it took ${String(took / 1000)} s`;
  const hit = plan === undefined ? -1 : indexOfHit(cloud, plan);
  const suffered = cloud.requests[hit];
  if (planned.length > 1 || plan === undefined || suffered === undefined || hit < begin.requests) return undefined;
  const { sent = 5, waits = 0 } = plan.fault;
  // Google's own library requests a token again by itself.
  if (suffered.service === "sts.googleapis.com") return undefined;
  if (took < waits) return `it waited ${String(took / 1000)} s, not ${String(waits / 1000)} s`;
  if (suffered.method === "GET") return undefined;
  const times = cloud.requests
    .slice(hit)
    .filter(({ rpc, path }) => rpc === suffered.rpc && path === suffered.path).length;
  return times > sent * operations ? `${suffered.rpc} was sent ${String(times)} times` : undefined;
}

const isOpen = ({ state }: { readonly state: string }) => state !== "CLOSED";

/** No operation takes as long by the real clock, in milliseconds: only the auth library waits by it, 10 s in all. */
const longestByTheClock = 120_000;

async function inTime(running: Promise<void>): Promise<void> {
  let timer;
  const limit = new Promise<never>((_resolve, reject) => {
    const hangs = () => reject(new assert.AssertionError({ message: "the operation has no end" }));
    timer = setTimeout(hangs, longestByTheClock);
  });
  try {
    await Promise.race([running, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Kills the process, or ends its requests' time, as soon as the request has arrived that is never answered. */
async function underFire(
  world: World,
  planned: readonly Planned[],
  run: (operating: Operating) => Promise<void>,
): Promise<void> {
  const process = world.newProcess();
  const { cloud } = world;
  const due = planned.filter((plan) => plan.fault.then !== undefined && indexOfHit(cloud, plan) < 0);
  let isDone = false;
  const running = inTime(run(process)).finally(() => (isDone = true));
  running.catch(() => undefined);
  const hits = () => due.filter((plan) => indexOfHit(cloud, plan) >= 0);
  while (due.length > 0) {
    while (!isDone && hits().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const [plan] = hits();
    if (plan === undefined) break;
    due.splice(due.indexOf(plan), 1);
    await new Promise((resolve) => setImmediate(resolve));
    if (plan.fault.then === "kill") {
      process.kill();
      throw new Error("killed");
    }
    process.timeOut();
  }
  await running;
}

/** By Google's words the case and its project are gone then, which is the end of a destroy: it takes two faults to pretend so. */
function wasRefusedWithItsProject({ cloud: { requests } }: World): boolean {
  return requests.some((request, index) => {
    const before = requests[index - 1];
    return request.rpc === "GetProject" && request.status === 403 && before?.rpc === "GetCase" && before.status === 403;
  });
}

function verdict(world: World, life: Life, lastCase: string, problem: string | undefined): Omit<Verdict, "wasPartial"> {
  const cases = world.cases();
  const problems = problem === undefined ? [] : [problem];
  let duplicate = 0;
  let lost = 0;
  const count = (what: string, is: number, shouldBe: number) => {
    if (is === shouldBe) return;
    problems.push(`${what}: ${String(is)}, not ${String(shouldBe)}`);
    duplicate += Math.max(0, is - shouldBe);
    lost += Math.max(0, shouldBe - is);
  };
  // Two updates at once may each create a case, of which one is closed.
  const { cases: most = 1, least = most } = life;
  if (cases.length < least || cases.length > most) count("cases", cases.length, most);
  const { comments = [], attachments = [], escalation, ...asked } = lastAsked(life);
  const kept = cases.find(({ name }) => name === lastCase);
  count("the case that is kept", kept === undefined ? 0 : 1, 1);
  if (kept !== undefined) {
    for (const comment of comments)
      count(`comment ${comment}`, kept.comments.filter(({ body }) => body === comment).length, 1);
    count("comments in all", kept.comments.length, comments.length);
    for (const file of attachments)
      count(
        `attachment ${file.path}`,
        kept.attachments.filter(({ filename, bytes }) => filename === file.filename && sha256(bytes) === file.sha256)
          .length,
        1,
      );
    count("attachments in all", kept.attachments.length, attachments.length);
    count("escalations", kept.escalations, escalation === undefined ? 0 : 1);
    for (const key of changeable)
      if (asked[key] !== undefined) count(`the configured ${key}`, Number(isEqual(kept[key], asked[key])), 1);
  }
  const open = wasRefusedWithItsProject(world) ? 0 : cases.filter(isOpen).length;
  if (open > 0) problems.push(`open: ${String(open)}`);
  const disturbed = world.disturbed();
  if (disturbed.length > 0) problems.push(`cases of others that have changed: ${disturbed.join(", ")}`);
  return { duplicate, lost, open, foreign: disturbed.length, problems };
}
