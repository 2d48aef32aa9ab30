/** The schedule of the waits for what was just enabled or granted. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { nextWait } from "../../components/propagation.ts";

/** The waits until there is none, in seconds. */
function schedule() {
  const waits: { wait: number; waited: number }[] = [];
  for (let tries = 1; tries < 1000; tries++) {
    const next = nextWait(tries);
    if (next === undefined) return waits;
    waits.push(next);
  }
  throw new Error("the waits do not end");
}

describe("the waits for propagation", () => {
  it("begin short and grow to a quarter of a minute", () => {
    const waits = schedule().map(({ wait }) => wait);
    assert.deepEqual(waits.slice(0, 6), [1, 2, 4, 8, 15, 15]);
    assert.ok(waits.slice(4).every((wait) => wait === 15));
  });

  it("end when the next would be more than five minutes in all", () => {
    const waits = schedule();
    const total = waits.reduce((sum, { wait }) => sum + wait, 0);
    assert.equal(waits.length, 23);
    assert.ok(total <= 300 && total + 15 > 300, String(total));
    for (const tries of [24, 25, 100]) assert.equal(nextWait(tries), undefined);
  });

  it("record the wait before each", () => {
    let waited = 0;
    for (const next of schedule()) {
      assert.equal(next.waited, waited);
      waited += next.wait;
    }
  });
});
