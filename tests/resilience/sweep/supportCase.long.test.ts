/**
 * The sweep: every fault at every request of a case's life, then one clean operation, then a count of what is in the
 * cloud. And a random one, with two faults in a life: SWEEP_SEED=… npm test -- sweep repeats it.
 */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import fc from "fast-check";
import { faults } from "./faults.ts";
import type { Planned } from "./faults.ts";
import { lives } from "./life.ts";
import { plansOf, requestsOf, summaryOf, sweepOne } from "./sweep.ts";
import type { Mending, Verdict } from "./sweep.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

describe("the sweep", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it("makes nothing twice and loses nothing, whatever fails in a life", async (t) => {
    const verdicts: Verdict[] = [];
    const problems: string[] = [];
    for (const life of Object.keys(lives)) {
      const requests = await requestsOf(world, life);
      assert.ok(requests.length > 5, `${life}: only ${String(requests.length)} requests`);
      for (const { name, plan } of plansOf(requests)) {
        const sweep = async (mending: Mending) => {
          const verdict = await sweepOne(world, life, [plan], mending);
          verdicts.push(verdict);
          if (verdict.problems.length > 0)
            problems.push(`${life}, request ${String(plan.nth)}, ${name}, ${mending}: ${verdict.problems.join("; ")}`);
          return verdict;
        };
        const { wasPartial } = await sweep("again");
        if (wasPartial) await sweep("refreshed first");
      }
    }
    await t.annotate(summaryOf("sweep", verdicts));
    assert.deepEqual(problems, []);
  });

  it("makes nothing twice and loses nothing where two things fail", async (t) => {
    const seed = Number(process.env["SWEEP_SEED"] ?? Date.now() % 1_000_000_007);
    const verdicts: Verdict[] = [];
    const requests = new Map<string, number>();
    for (const life of Object.keys(lives)) requests.set(life, (await requestsOf(world, life)).length);
    // Of two faults, one that lasts would hide the other.
    const single = Object.keys(faults).filter((name) => !faults[name]?.lasts);
    const planned = fc
      .constantFrom(...requests.entries())
      .chain(([life, count]) =>
        fc.tuple(
          fc.constant(life),
          fc.uniqueArray(fc.integer({ min: 1, max: count + 5 }), { minLength: 2, maxLength: 2 }),
          fc.array(fc.constantFrom(...single), { minLength: 2, maxLength: 2 }),
        ),
      );
    const pairs = 300;
    await fc.assert(
      fc.asyncProperty(planned, async ([life, nths, names]) => {
        const plans: Planned[] = [...nths]
          .sort((one, other) => one - other)
          .map((nth, index) => ({
            nth,
            ...{ rpc: "", nthOfRpc: 0 },
            fault: faults[names[index] ?? ""] ?? assert.fail(),
          }));
        const verdict = await sweepOne(world, life, plans);
        verdicts.push(verdict);
        assert.deepEqual(verdict.problems, []);
      }),
      { seed, numRuns: pairs, endOnFailure: true },
    );
    await t.annotate(summaryOf(`random sweep of two faults (seed ${String(seed)})`, verdicts));
  });
});
