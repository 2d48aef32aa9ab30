/** Kills the engine, or the provider's process, at a request of a case's life: the next `pulumi up` goes on from there. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { localRun } from "../../support/localRun.ts";
import type { LocalRun, Outcome } from "../../support/localRun.ts";

const program = fileURLToPath(new URL("programs/testCaseAlone.ts", import.meta.url));
const attachments = [fileURLToPath(new URL("programs/testCaseAlone.ts", import.meta.url))];
const escalation = { reason: "businessImpact", justification: "Nobody can pay" };

const open = { keepOpen: true, comments: ["One"], attachments };
const closed = { comments: ["One"], attachments };
const changed = { priority: "P3", comments: ["One", "Two"], attachments, escalation };

/** What is done before, what is done when it is killed, and what the case is asked to be in the end. */
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

export const victims = {
  "the provider": { text: "dynamic-provider", effect: "hang-after-effect" },
  // The provider that is left behind goes on, and has its effect when the engine is dead already.
  "the engine": { text: "--stack", effect: { latency: 1500 } },
} as const;

export type Victim = keyof typeof victims;

export async function operate(run: LocalRun, what: object | "destroy"): Promise<Outcome> {
  if (what === "destroy") return run.destroy();
  await run.setConfig(config(what));
  return run.up();
}

export async function start(t: TestContext, name: string, operation: Operation): Promise<LocalRun> {
  const run = await localRun({ name, config: config(operation.before ?? {}), program });
  t.onTestFinished(() => run.close());
  othersOf(run);
  if (operation.before !== undefined) assert.equal((await run.up()).failed, false);
  return run;
}

/** The cases that the stack has made. */
const made = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()].filter((one) => one.testCase && one.description.includes("resource testCase,"));

/** A person's case that ends with a quote of one that the stack has made before, and the seed's: they stay as they are. */
function othersOf({ cloud }: LocalRun): string {
  const [seeded = assert.fail()] = cloud.state.cases.values();
  const name = "projects/shop-dev/cases/40000000";
  const quote =
    "I saw:\n\nTest issue\n\nPulumi stack organization/customer-care/test, resource testCase, a life before";
  if (!cloud.state.cases.has("40000000"))
    cloud.state.cases.set("40000000", { ...structuredClone(seeded), name, description: quote, testCase: false });
  return JSON.stringify([...cloud.state.cases.values()].filter(({ testCase }) => !testCase));
}

export async function killAt(t: TestContext, name: string, operation: Operation, nth: number, victim: Victim) {
  const run = await start(t, name, operation);
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
  assert.ok(processes.length > 0, `no process of ${victim}`);
  for (const id of processes) process.kill(id, "SIGKILL");
  assert.equal((await killed).failed, true);
  if (victim === "the engine") {
    // The provider that is left behind sends nothing more: the next update would do the same at the same time.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const { path } = run.cloud.requests[requests + nth - 1] ?? assert.fail();
    const later = run.cloud.requests.slice(requests + nth).filter(({ method }) => method !== "GET");
    assert.deepEqual(
      later.map(({ method, path: other }) => `${method} ${other}`),
      [],
      `after ${path}`,
    );
  }

  await run.unlock();
  const again = await operate(run, operation.killed);
  assert.equal(again.failed, false, again.messages.join("\n"));
  assert.deepEqual(
    made(run).map(({ state, comments, attachments: files }) => [state, comments.map(({ body }) => body), files.length]),
    [["CLOSED", operation.comments, 1]],
  );
  assert.equal(othersOf(run), others, "a case of others has changed");
}
