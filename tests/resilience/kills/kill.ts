/** Kills the engine, or the provider's process, at a request of a case's life: the next `pulumi up` continues from there. */
import assert from "node:assert/strict";
import { cp, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCloud } from "../../../tools/localCloud/index.ts";
import { keepCloud } from "../../support/keepCloud.ts";
import { writesSince } from "../../support/writes.ts";
import { localRun } from "../../support/localRun.ts";
import type { LocalRun, Outcome } from "../../support/localRun.ts";

const program = fileURLToPath(new URL("programs/testCaseAlone.ts", import.meta.url));
const attachments = [fileURLToPath(new URL("programs/testCaseAlone.ts", import.meta.url))];
const escalation = { reason: "businessImpact", justification: "Nobody can pay" };

const open = { keepOpen: true, comments: ["One"], attachments };
const closed = { comments: ["One"], attachments };
const changed = { priority: "P3", comments: ["One", "Two"], attachments, escalation };

/** The operations before the kill, the killed one, and the final inputs of the case. */
export interface Operation {
  readonly before?: object;
  readonly killed: object | "destroy";
  readonly comments: readonly string[];
}

export const operations = {
  "the first update": { killed: closed, comments: ["One"] },
  "a later update": { before: open, killed: changed, comments: ["One", "Two"] },
  "the destroy": { before: open, killed: "destroy", comments: ["One"] },
} as const satisfies Readonly<Record<string, Operation>>;

const config = (testCase: object) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:testCase": testCase,
});

/** The processes of a stack's operation whose command line has the text. */
async function processesOf(run: LocalRun, text: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => readFile(`/proc/${entry}/${file}`, "utf8").catch(() => "");
    if (!(await read("cmdline")).split("\0").some((argument) => argument.includes(text))) continue;
    if ((await read("environ")).includes(`${run.directory}/state`)) found.push(Number(entry));
  }
  return found;
}

/** Until none of them is left: a process that is being killed still takes connections. */
async function kill(processes: readonly number[]): Promise<void> {
  for (const id of processes)
    try {
      process.kill(id, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  for (const id of processes) while (await isRunning(id)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Waits until no process of the stack has run for longer than any of them waits before it repeats a request. */
async function waitUntilIdle(run: LocalRun): Promise<void> {
  const [idleSeconds, maxSeconds] = [4, 300];
  let before = "";
  for (let second = 0, idle = 0; idle < idleSeconds; second++) {
    if (second > maxSeconds) assert.fail(`still active after the kill:\n${before}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = await activityOf(run);
    // R: one of them runs, or waits for a processor.
    idle = now === before && !now.includes("R") ? idle + 1 : 0;
    before = now;
  }
}

/** The state and the processor time of each process of the stack. */
async function activityOf(run: LocalRun): Promise<string> {
  const read = (id: number) => readFile(`/proc/${String(id)}/stat`, "utf8").catch(() => "");
  const all = await Promise.all((await processesOf(run, "")).map(read));
  return all
    .map((text) => text.slice(text.lastIndexOf(")") + 2).split(" "))
    .map(([state, ...others]) => [state, ...others.slice(10, 12)].join(" "))
    .join("\n");
}

/** One that nobody waits for stays in the list, without anything. */
async function isRunning(id: number): Promise<boolean> {
  const status = await readFile(`/proc/${String(id)}/status`, "utf8").catch(() => "");
  return status !== "" && !(/^State:\tZ/m.test(status) && /^Threads:\t1$/m.test(status));
}

export const victims = {
  "the provider": { text: "dynamic-provider", effect: "hang-after-effect" },
  // The provider that is left behind continues, and has its effect when the engine is dead already: the stage lets it wait so long.
  "the engine": { text: "--stack", effect: { latency: 1 } },
} as const;

export type Victim = keyof typeof victims;

export async function operate(run: LocalRun, what: object | "destroy"): Promise<Outcome> {
  if (what === "destroy") return run.destroy();
  await run.setConfig(config(what));
  return run.up();
}

/** A stack and its cloud, in which one operation after the other is killed. */
export interface Stage {
  readonly run: LocalRun;
  /** Brings back the cloud and the stack as they are before the operation. */
  begin(operation: Operation): Promise<void>;
  /** Until then, a request with a latency has no effect. */
  release(): void;
  close(): Promise<void>;
}

export async function openStage(name: string): Promise<Stage> {
  let pending: (() => void)[] = [];
  const release = () => {
    for (const go of pending.splice(0)) go();
  };
  const cloud = await startCloud({
    clock: { now: Date.now, sleep: () => new Promise((resolve) => pending.push(resolve)) },
  });
  const run = await localRun({ name, config: config({}), program, cloud });
  const state = join(run.directory, "state");
  let copies = 0;
  const keep = async () => {
    const copy = join(run.directory, `state-${String(copies++)}`);
    await cp(state, copy, { recursive: true });
    const restoreCloud = keepCloud(cloud);
    return async () => {
      // Nothing that was killed or left behind continues.
      await kill(await processesOf(run, ""));
      pending = [];
      restoreCloud();
      await rm(state, { recursive: true, force: true });
      await cp(copy, state, { recursive: true });
    };
  };
  addPersonsCase(run);
  const restoreNew = await keep();
  const restores = new Map<object, () => Promise<void>>();
  return {
    run,
    release,
    begin: async ({ before }) => {
      const restore = before === undefined ? restoreNew : restores.get(before);
      await (restore ?? restoreNew)();
      await run.setConfig(config(before ?? {}));
      if (before === undefined || restore !== undefined) return;
      assert.equal((await run.up()).failed, false);
      restores.set(before, await keep());
    },
    close: async () => {
      await kill(await processesOf(run, ""));
      await run.close();
      await cloud.close();
    },
  };
}

/** @returns how many requests the operation sends */
export async function countRequests(stage: Stage, operation: Operation): Promise<number> {
  const { run } = stage;
  await stage.begin(operation);
  const requests = run.cloud.requests.length;
  assert.equal((await operate(run, operation.killed)).failed, false);
  return run.cloud.requests.length - requests;
}

/** The cases that the stack has created. */
const made = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()].filter((one) => one.testCase && one.description.includes("resource testCase,"));

/** It ends with a quote of one that the stack has created before. */
function addPersonsCase({ cloud }: LocalRun): void {
  const [seeded = assert.fail()] = cloud.state.cases.values();
  const name = "projects/shop-dev/cases/40000000";
  const description =
    "I saw:\n\nTest issue\n\nPulumi stack organization/customer-care/test, resource testCase, a life before";
  cloud.state.cases.set("40000000", { ...structuredClone(seeded), name, description, testCase: false });
}

/** The cases of others: they stay as they are. */
const othersOf = ({ cloud }: LocalRun) =>
  JSON.stringify([...cloud.state.cases.values()].filter(({ testCase }) => !testCase));

/** @returns false where the victim did not run yet: the program sends the first requests, before the provider is there */
export async function killAt(stage: Stage, operation: Operation, nth: number, victim: Victim): Promise<boolean> {
  const { run } = stage;
  await stage.begin(operation);
  const { text, effect } = victims[victim];
  const others = othersOf(run);
  const requests = run.cloud.requests.length;
  run.cloud.faults.set({ searchLag: 5000 });
  run.cloud.faults.add({ match: { nth }, effect });
  let isDone = false;
  const killed = operate(run, operation.killed).finally(() => (isDone = true));
  while (!isDone && run.cloud.requests.length < requests + nth) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(isDone, false, "it was over before it could be killed");
  const processes = await processesOf(run, text);
  if (processes.length === 0) {
    // Its request hangs.
    await kill(await processesOf(run, ""));
    await killed;
    return false;
  }
  await kill(processes);
  stage.release();
  assert.equal((await killed).failed, true);
  if (victim === "the engine") {
    // The provider that is left behind sends nothing more: the next update would do the same at the same time.
    await waitUntilIdle(run);
    const { path } = run.cloud.requests[requests + nth - 1] ?? assert.fail();
    const later = writesSince(run.cloud, requests + nth);
    assert.deepEqual(later, [], `after ${path}`);
  }

  await run.unlock();
  const again = await operate(run, operation.killed);
  assert.equal(again.failed, false, again.messages.join("\n"));
  assert.deepEqual(
    made(run).map(({ state, comments, attachments: files }) => [state, comments.map(({ body }) => body), files.length]),
    [["CLOSED", operation.comments, 1]],
  );
  assert.equal(othersOf(run), others, "a case of others has changed");
  return true;
}
