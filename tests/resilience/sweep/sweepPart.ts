/** A worker of the whole sweep, which sweeps one of so many parts of its pairs. */
import assert from "node:assert/strict";
import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import { faults } from "./faults.ts";
import type { Planned } from "./faults.ts";
import { lives } from "./life.ts";
import { plansOf, rehearse, sweepOne } from "./sweep.ts";
import type { Recovery, Rehearsal, Verdict } from "./sweep.ts";
import { openWorld } from "./world.ts";

export interface Part {
  /** From 0. */
  readonly number: number;
  readonly of: number;
  /** What 300 pairs of faults are chosen by. @default every fault at every request */
  readonly seed?: number;
}

export interface Swept {
  readonly verdicts: readonly Verdict[];
  readonly problems: readonly string[];
}

const { number, of, seed } = workerData as Part;
const world = await openWorld();
const verdicts: Verdict[] = [];
const problems: string[] = [];

async function sweep(rehearsal: Rehearsal, plans: readonly Planned[], what: string, recovery?: Recovery) {
  const verdict = await sweepOne(world, rehearsal, plans, recovery);
  verdicts.push(verdict);
  if (verdict.problems.length > 0)
    problems.push(
      `${what}, request ${plans.map(({ nth }) => String(nth)).join(" and ")}${recovery ? `, ${recovery}` : ""}: ${verdict.problems.join("; ")}`,
    );
  return verdict;
}

const isOfPart = (_pair: unknown, index: number) => index % of === number;

const rehearsals = new Map<string, Rehearsal>();
for (const life of Object.keys(lives)) {
  const rehearsal = await rehearse(world, life);
  assert.ok(rehearsal.requests.length > 5, `${life}: only ${String(rehearsal.requests.length)} requests`);
  rehearsals.set(life, rehearsal);
}

if (seed === undefined) {
  const pairs = [...rehearsals].flatMap(([life, rehearsal]) =>
    plansOf(rehearsal.requests).map((planned) => ({ life, rehearsal, ...planned })),
  );
  for (const { life, rehearsal, name, plan } of pairs.filter(isOfPart)) {
    const { wasPartial } = await sweep(rehearsal, [plan], `${life}, ${name}`, "again");
    if (wasPartial) await sweep(rehearsal, [plan], `${life}, ${name}`, "refreshed first");
  }
} else {
  // Of two faults, one that lasts would hide the other.
  const single = Object.keys(faults).filter((name) => !faults[name]?.lasts);
  const pairs = fc.constantFrom(...rehearsals.entries()).chain(([life, rehearsal]) =>
    fc.record({
      life: fc.constant(life),
      nths: fc.uniqueArray(fc.integer({ min: 1, max: rehearsal.requests.length + 5 }), { minLength: 2, maxLength: 2 }),
      names: fc.array(fc.constantFrom(...single), { minLength: 2, maxLength: 2 }),
    }),
  );
  for (const { life, nths, names } of fc.sample(pairs, { seed, numRuns: 300 }).filter(isOfPart)) {
    const plans: Planned[] = nths
      .sort((one, other) => one - other)
      .map((nth, index) => ({
        nth,
        rpc: "",
        nthOfRpc: 0,
        fault: faults[names[index] ?? ""] ?? assert.fail(),
      }));
    await sweep(rehearsals.get(life) ?? assert.fail(), plans, `${life}, ${names.join(" and ")}`);
  }
}
await world.close();
parentPort?.postMessage({ verdicts, problems } satisfies Swept);
