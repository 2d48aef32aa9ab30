/** Lives a life with faults, mends it with one clean operation, and counts what is in the cloud. */
import { difference } from "../../components/supportCase/difference.ts";
import { plant } from "./faults.ts";
import type { Planned } from "./faults.ts";
import { lastAsked, lives, newState, operate } from "./life.ts";
import type { World } from "./world.ts";

/** What a person does once an operation has failed: the same again, or a refresh before it, which forgets that it failed. */
export type Mending = "again" | "refreshed first";

export interface Verdict {
  readonly duplicate: number;
  readonly lost: number;
  readonly open: number;
  /** What is wrong, in words; empty where nothing is. */
  readonly problems: readonly string[];
  /** Whether an operation failed that had made a part. */
  readonly wasPartial: boolean;
}

/** Runs the life once without a fault. @returns the number of its requests */
export async function countRequests(world: World, life: string): Promise<number> {
  world.reset();
  const state = newState();
  for (const step of lives[life] ?? []) await operate(step, state, world.newProcess().surroundings);
  return world.cloud.requests.length;
}

export async function sweepOne(
  world: World,
  life: string,
  planned: readonly Planned[],
  mending: Mending = "again",
): Promise<Verdict> {
  world.reset();
  const { cloud } = world;
  const seeded = new Set(cloud.state.cases.keys());
  for (const plan of planned) plant(cloud, plan);
  const state = newState();
  const steps = lives[life] ?? [];
  let last = -1;
  let problem: string | undefined;
  let wasPartial = false;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index];
    if (step === undefined) break;
    const isClean = last === index;
    try {
      await underFire(world, planned, (surroundings) => operate(step, state, surroundings));
    } catch (error) {
      // Once more, and cleanly if there is but one fault; a second one may hit the mending too.
      if (isClean && planned.length === 1) {
        problem = `the clean operation ${String(index + 1)} failed: ${String(error)}`;
        break;
      }
      const [plan] = planned;
      if (planned.length === 1 && plan !== undefined && !mayFail(plan, world))
        problem ??= `it failed: ${String(error)}`;
      const isKilled = error instanceof Error && error.message === "killed";
      // What an operation has made is in the state when it fails, so that a destroy would close it.
      if (
        !isKilled &&
        planned.length === 1 &&
        state.life === 1 &&
        state.resource === undefined &&
        cloud.state.cases.size > seeded.size
      )
        if (step !== "destroy") problem ??= "a case was made that is not in the state";
      if (state.resource?.hasInitErrors) wasPartial = true;
      if (mending === "refreshed first")
        await operate("refresh", state, world.newProcess().surroundings).catch(() => undefined);
      last = index;
      index--;
      if (cloud.requests.length > 1000) throw new Error("there is no end to it", { cause: error });
      continue;
    }
    if (typeof step === "object" && !step.up.keepOpen && casesMade(world, seeded).some(isOpen))
      problem ??= "the case is open after an up that closes it";
    if (typeof step === "object" && state.resource !== undefined) {
      const { surroundings } = world.newProcess();
      await underFire(world, planned, () => operate("refresh", state, surroundings)).catch(() => undefined);
      if (difference(state.resource.outputs, step.up).changes) problem ??= "a refresh shows a false change";
    }
  }
  return { ...verdict(world, life, seeded, problem), wasPartial };
}

function mayFail({ nth, fault: { mayFailBy } }: Planned, { cloud }: World): boolean {
  return mayFailBy === "any" || cloud.requests[nth - 1]?.method === mayFailBy;
}

function casesMade({ cloud }: World, seeded: ReadonlySet<string>) {
  return [...cloud.state.cases].filter(([id]) => !seeded.has(id)).map(([, supportCase]) => supportCase);
}

const isOpen = ({ state }: { readonly state: string }) => state !== "CLOSED";

/** Kills the process, or ends its requests' time, as soon as the request has arrived that is never answered. */
async function underFire(
  world: World,
  planned: readonly Planned[],
  run: (surroundings: ReturnType<World["newProcess"]>["surroundings"]) => Promise<void>,
): Promise<void> {
  const process = world.newProcess();
  const { requests } = world.cloud;
  const due = planned.filter(({ nth, fault }) => fault.then !== undefined && nth > requests.length);
  let isDone = false;
  const running = run(process.surroundings).finally(() => (isDone = true));
  running.catch(() => undefined);
  for (const { nth, fault } of due) {
    while (!isDone && requests.length < nth) await new Promise((resolve) => setImmediate(resolve));
    if (requests.length < nth) break;
    await new Promise((resolve) => setImmediate(resolve));
    if (fault.then === "kill") {
      process.kill();
      throw new Error("killed");
    }
    process.timeOut();
  }
  await running;
}

function verdict(
  world: World,
  life: string,
  seeded: ReadonlySet<string>,
  problem: string | undefined,
): Omit<Verdict, "wasPartial"> {
  const cases = casesMade(world, seeded);
  const problems = problem === undefined ? [] : [problem];
  let duplicate = 0;
  let lost = 0;
  const count = (what: string, is: number, shouldBe: number) => {
    if (is === shouldBe) return;
    problems.push(`${what}: ${String(is)}, not ${String(shouldBe)}`);
    duplicate += Math.max(0, is - shouldBe);
    lost += Math.max(0, shouldBe - is);
  };
  count("cases", cases.length, 1);
  const { comments = [], attachments = [], escalation, priority, displayName } = lastAsked(lives[life] ?? []);
  const [made] = cases;
  if (made !== undefined) {
    for (const comment of comments)
      count(`comment ${comment}`, made.comments.filter(({ body }) => body === comment).length, 1);
    count("comments in all", made.comments.length, comments.length);
    count("attachments", made.attachments.length, attachments.length);
    count("escalations", made.escalations, escalation === undefined ? 0 : 1);
    count("the priority that is asked for", Number(made.priority === priority), 1);
    count("the title that is asked for", Number(made.displayName === displayName), 1);
  }
  const open = cases.filter(isOpen).length;
  if (open > 0) problems.push(`open: ${String(open)}`);
  return { duplicate, lost, open, problems };
}
