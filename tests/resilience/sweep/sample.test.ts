/**
 * A sample of the sweep: some requests of a case's life for each kind of fault. supportCase.long.test.ts sweeps all.
 * SWEEP_SEED=… npm test -- sweep takes another sample.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integerFrom } from "../../support/integerFrom.ts";
import { faults } from "./faults.ts";
import { lives } from "./life.ts";
import { plansOf, rehearse, summaryOf, sweepOne } from "./sweep.ts";
import type { Verdict } from "./sweep.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

/** How many pairs of a life's request and a fault there are at least. */
const pairs = 160;

describe("a sample of the sweep", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it("creates nothing twice and loses nothing, whatever fails in a life", async (t) => {
    const seed = integerFrom("SWEEP_SEED", 1);
    const all = [];
    for (const life of Object.keys(lives)) {
      const rehearsal = await rehearse(world, life);
      for (const planned of plansOf(rehearsal.requests)) all.push({ life, rehearsal, ...planned });
    }
    const names = Object.keys(faults);
    const each = Math.ceil(pairs / names.length);
    const verdicts: Verdict[] = [];
    const problems: string[] = [];
    for (const fault of names) {
      const ofFault = all.filter(({ name }) => name === fault);
      expect(ofFault, fault).not.toHaveLength(0);
      const size = Math.min(each, ofFault.length);
      const subset = fc.shuffledSubarray(ofFault, { minLength: size, maxLength: size });
      for (const { life, rehearsal, plan } of fc.sample(subset, { seed, numRuns: 1 }).flat()) {
        const verdict = await sweepOne(world, rehearsal, [plan], "again");
        verdicts.push(verdict);
        if (verdict.problems.length > 0)
          problems.push(`${life}, request ${String(plan.nth)}, ${fault}: ${verdict.problems.join("; ")}`);
      }
    }
    await t.annotate(summaryOf(`sweep of a sample (seed ${String(seed)})`, verdicts));
    expect(problems).toEqual([]);
    expect(verdicts.length).toBeGreaterThanOrEqual(150);
  });
});
