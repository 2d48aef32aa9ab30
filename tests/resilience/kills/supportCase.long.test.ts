/**
 * The engine, or the provider's process, is killed at every request of a case's life. Every life runs through the real engine, and
 * looks half a minute for a case that may have been created: so many of them run at the same time.
 */
import assert from "node:assert/strict";
import pLimit from "p-limit";
import { afterAll, describe, it } from "vitest";
import { countRequests, killAt, openStage, operations, victims } from "./kill.ts";
import type { Operation, Stage, Victim } from "./kill.ts";

const limit = pLimit(8);
const idle: Stage[] = [];
let stages = 0;

/** On a stage that no other one is on. */
function onStage<Result>(play: (stage: Stage) => Promise<Result>): Promise<Result> {
  return limit(async () => {
    const stage = idle.pop() ?? (await openStage(`killed-${String(stages++)}`));
    try {
      return await play(stage);
    } finally {
      idle.push(stage);
    }
  });
}

describe("a case whose update is killed", { concurrent: true, timeout: 75 * 60_000 }, () => {
  afterAll(async () => void (await Promise.all(idle.map((stage) => stage.close()))));

  for (const [what, operation] of Object.entries<Operation>(operations))
    it(`is created once, and closed, wherever it is killed: ${what}`, async (t) => {
      const count = await onStage((stage) => countRequests(stage, operation));
      assert.ok(count >= 2, `only ${String(count)} requests`);
      const kills = (Object.keys(victims) as Victim[]).flatMap((victim) =>
        Array.from({ length: count }, (_, index) => ({ victim, nth: index + 1 })),
      );
      const problems: string[] = [];
      const early: string[] = [];
      await Promise.all(
        kills.map(async ({ victim, nth }) => {
          const at = `${victim}, at request ${String(nth)}`;
          try {
            if (!(await onStage((stage) => killAt(stage, operation, nth, victim)))) early.push(at);
          } catch (error) {
            problems.push(`${at}: ${error instanceof Error ? error.message : String(error)}`);
          }
        }),
      );
      assert.deepEqual(problems, []);
      // The first requests of an update are the program's.
      const expected = Array.from(
        { length: early.length },
        (_, index) => `the provider, at request ${String(index + 1)}`,
      );
      assert.deepEqual(early.sort(), expected);
      assert.ok(early.length < count / 2, `only ${String(count - early.length)} requests of the provider`);
      const number = String(kills.length - early.length);
      await t.annotate(`${what}: ${number} kills, 0 duplicate, 0 lost, 0 open, 0 foreign touched`);
    });
});
