/** The engine and the provider's process are killed once each, after the case is created; supportCase.long.test.ts has every request. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { countRequests, killAt, openStage, operations, victims } from "./kill.ts";
import type { Victim } from "./kill.ts";

const { "the first update": operation } = operations;

describe("a case whose first update is killed", { concurrent: true, timeout: 25 * 60_000 }, () => {
  for (const victim of Object.keys(victims) as Victim[])
    it(`is created once, and closed, where ${victim} is killed during the creation`, async (t) => {
      const stage = await openStage(`sample-${victim.replaceAll(" ", "-")}`);
      t.onTestFinished(() => stage.close());
      await countRequests(stage, operation);
      const nth = stage.run.cloud.requests.findIndex(({ rpc }) => rpc === "CreateCase") + 1;
      assert.ok(nth > 0);
      assert.ok(await killAt(stage, operation, nth, victim), `no process of ${victim}`);
      await t.annotate(`${victim}: 1 kill, 0 duplicate, 0 lost, 0 open, 0 foreign touched`);
    });
});
