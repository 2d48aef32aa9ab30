/**
 * The engine, or the provider's process, is killed at every request of a case's life. Slow, as every life runs through the real
 * engine, and half a minute of looking for a case that may have been made.
 */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { killAt, operate, operations, start, victims } from "./kill.ts";
import type { Operation, Victim } from "./kill.ts";

describe("a case whose update is killed", { concurrent: true, timeout: 25 * 60_000 }, () => {
  for (const [what, operation] of Object.entries<Operation>(operations))
    it(`is made once, and closed, wherever it is killed: ${what}`, async (t) => {
      const name = `killed-${what.replaceAll(" ", "-")}`;
      const clean = await start(t, name, operation);
      const requests = clean.cloud.requests.length;
      assert.equal((await operate(clean, operation.killed)).failed, false);
      const count = clean.cloud.requests.length - requests;
      assert.ok(count >= 2, `only ${String(count)} requests`);
      let kills = 0;
      const problems: string[] = [];
      const lives = Object.keys(victims).flatMap((victim) =>
        Array.from({ length: count }, (_, index) => ({ victim: victim as Victim, nth: index + 1 })),
      );
      for (const { victim, nth } of lives)
        try {
          await killAt(t, `${name}-${victim.replaceAll(" ", "-")}-${String(nth)}`, operation, nth, victim);
          kills++;
        } catch (error) {
          problems.push(
            `${victim}, at request ${String(nth)}: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      assert.deepEqual(problems, []);
      await t.annotate(`${what}: ${String(kills)} kills, 0 duplicate, 0 lost, 0 open, 0 foreign touched`);
    });
});
