/**
 * Sweeps until something is wrong, and fails then: what a guard that is taken out must come to. Writes come first, as most
 * guards are of them. `sample` is one pair of so many, `rest` all others.
 */
import { lives } from "../sweep/life.ts";
import { plansOf, rehearse, sweepOne } from "../sweep/sweep.ts";
import { openWorld } from "../sweep/world.ts";

/** Of so many pairs the sample has one. */
const step = 15;

const isSample = process.argv[2] === "sample";
const world = await openWorld();
try {
  const pairs = [];
  for (const life of Object.keys(lives)) {
    const rehearsal = await rehearse(world, life);
    for (const planned of plansOf(rehearsal.requests)) pairs.push({ life, rehearsal, ...planned });
  }
  const isRead = (rpc: string) => /^(Get|List|Search|Download|Exchange)/.test(rpc);
  pairs.sort((one, other) => Number(isRead(one.plan.rpc)) - Number(isRead(other.plan.rpc)));
  const chosen = pairs.filter((_, index) => (index % step === 0) === isSample);
  for (const { life, rehearsal, name, plan } of chosen)
    for (const recovery of ["again", "refreshed first"] as const) {
      const what = `${life}, ${plan.rpc}, request ${String(plan.nth)}, ${name}, ${recovery}`;
      if (!(await stopAtProblem(what, sweepOne(world, rehearsal, [plan], recovery)))) break;
    }
  console.log(`${String(chosen.length)} pairs, nothing wrong`);
} catch (error) {
  console.log(String(error).split("\n")[0]);
  process.exitCode = 1;
} finally {
  await world.close();
}
// An operation that hangs without the guard does not keep the process alive.
process.exit();

/** @returns whether an operation failed that had created a part */
async function stopAtProblem(what: string, sweep: ReturnType<typeof sweepOne>): Promise<boolean> {
  const { problems, wasPartial } = await sweep;
  if (problems.length > 0) throw new Error(`${what}: ${problems.join("; ")}`);
  return wasPartial;
}
