/**
 * The sweep: every fault at every request of a case's life, then one clean operation, then a count of everything in the
 * cloud. And a random one, with two faults in a life: SWEEP_SEED=… npm run test:all -- sweep repeats it, and SWEEP_PAIRS=…
 * takes another number of pairs than 300.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { integerFrom } from "../../support/integerFrom.ts";
import { summaryOf } from "./sweep.ts";
import type { Part, Swept } from "./sweepPart.ts";

/** In as many workers as there are processors. */
async function sweep(options: Pick<Part, "random">): Promise<Swept> {
  const of = Math.min(availableParallelism(), 4);
  const parts = await Promise.all(
    Array.from({ length: of }, async (_, number) => {
      const workerData: Part = { number, of, ...options };
      const worker = new Worker(new URL("sweepPart.ts", import.meta.url), { workerData });
      const [part] = (await Promise.race([
        once(worker, "message"),
        once(worker, "exit").then(() => expect.fail(`part ${String(number)} has ended without a result`)),
      ])) as [Swept];
      return part;
    }),
  );
  return {
    verdicts: parts.flatMap(({ verdicts }) => verdicts),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** The last lines of a run have the message only, not the difference of two arrays. */
function expectNone(problems: readonly string[], which = ""): void {
  if (problems.length > 0) expect.fail(`${String(problems.length)} problems${which}:\n${problems.join("\n")}`);
}

describe("the sweep", () => {
  it("creates nothing twice and loses nothing, whatever fails in a life", async (t) => {
    const { verdicts, problems } = await sweep({});
    await t.annotate(summaryOf("sweep", verdicts));
    expectNone(problems);
  });

  it("creates nothing twice and loses nothing where two things fail", async (t) => {
    const seed = integerFrom("SWEEP_SEED", 1 + (Date.now() % 1_000_000_007));
    const pairs = integerFrom("SWEEP_PAIRS", 300);
    await t.annotate(`SWEEP_SEED=${String(seed)} repeats the random sweep of two faults`);
    const { verdicts, problems } = await sweep({ random: { seed, pairs } });
    await t.annotate(summaryOf(`random sweep of two faults (seed ${String(seed)})`, verdicts));
    expectNone(problems, ` (seed ${String(seed)})`);
    expect(verdicts).toHaveLength(pairs);
  });
});
