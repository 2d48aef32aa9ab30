/** A worker of the whole sweep, which sweeps one of so many parts of its pairs. */
import assert from "node:assert/strict";
import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import type { Planned } from "./faults.ts";
import { lives } from "./life.ts";
import { plansOf, rehearse, sweepOne } from "./sweep.ts";
import type { Recovery, Rehearsal, Verdict } from "./sweep.ts";
import { openWorld } from "./world.ts";

export interface Part {
  /** From 0. */
  readonly number: number;
  readonly of: number;
  /** So many random pairs of faults. @default every fault at every request */
  readonly random?: { readonly seed: number; readonly pairs: number };
}

export interface Swept {
  readonly verdicts: readonly Verdict[];
  readonly problems: readonly string[];
}

const { number, of, random } = workerData as Part;
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

if (random === undefined) {
  const pairs = [...rehearsals].flatMap(([life, rehearsal]) =>
    plansOf(rehearsal.requests).map((planned) => ({ life, rehearsal, ...planned })),
  );
  for (const { life, rehearsal, name, plan } of pairs.filter(isOfPart)) {
    const { wasPartial } = await sweep(rehearsal, [plan], `${life}, ${name}`, "again");
    if (wasPartial) await sweep(rehearsal, [plan], `${life}, ${name}`, "refreshed first");
  }
} else {
  const pairs = fc.constantFrom(...rehearsals.entries()).chain(([life, rehearsal]) => {
    // Of two faults, one that lasts would hide the other.
    const single = plansOf(rehearsal.requests).filter(({ plan: { fault } }) => !fault.lasts);
    const two = { minLength: 2, maxLength: 2, selector: ({ plan: { nth } }: (typeof single)[number]) => nth };
    return fc.record({ life: fc.constant(life), chosen: fc.uniqueArray(fc.constantFrom(...single), two) });
  });
  for (const { life, chosen } of fc.sample(pairs, { seed: random.seed, numRuns: random.pairs }).filter(isOfPart)) {
    const inOrder = chosen.toSorted((one, other) => one.plan.nth - other.plan.nth);
    const names = inOrder.map(({ name }) => name).join(" and ");
    await sweep(
      rehearsals.get(life) ?? assert.fail(),
      inOrder.map(({ plan }) => plan),
      `${life}, ${names}`,
    );
  }
}
await world.close();
parentPort?.postMessage({ verdicts, problems } satisfies Swept);
