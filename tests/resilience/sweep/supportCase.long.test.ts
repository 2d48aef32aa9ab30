/**
 * The sweep: every fault at every request of a case's life, then one clean operation, then a count of what is in the
 * cloud. And a random one, with two faults in a life: SWEEP_SEED=… npm run test:all -- sweep repeats it.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { summaryOf } from "./sweep.ts";
import type { Part, Swept } from "./sweepPart.ts";

/** In as many workers as there are processors. */
async function sweep(options: Pick<Part, "seed">): Promise<Swept> {
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

describe("the sweep", () => {
  it("makes nothing twice and loses nothing, whatever fails in a life", async (t) => {
    const { verdicts, problems } = await sweep({});
    await t.annotate(summaryOf("sweep", verdicts));
    expect(problems).toEqual([]);
  });

  it("makes nothing twice and loses nothing where two things fail", async (t) => {
    const seed = Number(process.env["SWEEP_SEED"] ?? Date.now() % 1_000_000_007);
    const { verdicts, problems } = await sweep({ seed });
    await t.annotate(summaryOf(`random sweep of two faults (seed ${String(seed)})`, verdicts));
    expect(problems).toEqual([]);
    expect(verdicts).toHaveLength(300);
  });
});
