/** Credentials are found at call time and kept nowhere: planted ones are looked for in all that a run leaves. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { oneCase } from "./configs.ts";
import { localRun } from "./localRun.ts";
import type { LocalRun, Outcome } from "./localRun.ts";

const states = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()].filter(({ testCase }) => testCase).map(({ state }) => state);

const everythingSaid = (outcomes: readonly Outcome[]) => JSON.stringify(outcomes);

describe("a credential", () => {
  it("of the environment is in no state and no message, and another may destroy what it made", async (t) => {
    const run = await localRun({ name: "credentials", config: oneCase({ keepOpen: true }), credentials: {} });
    t.after(() => run.close());
    const planted = "planted-token-5f2c81";
    run.cloud.state.accessTokens.set(planted, {
      principal: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com",
    });
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: planted });
    const outcomes = [await run.up(), await run.preview()];
    run.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403, message: "denied on purpose" } } });
    outcomes.push(await run.refresh());
    assert.deepEqual(
      outcomes.map(({ failed }) => failed),
      [false, false, true],
    );
    assert.ok(everythingSaid(outcomes).includes("denied on purpose"));

    run.cloud.state.accessTokens.delete(planted);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    outcomes.push(await run.destroy());
    assert.equal(outcomes.at(-1)?.failed, false, everythingSaid(outcomes));
    assert.deepEqual(states(run), ["CLOSED"]);
    for (const secret of [planted, "local-operator-token"]) {
      assert.ok(!(await run.stateText()).includes(secret), "in the state");
      assert.ok(!everythingSaid(outcomes).includes(secret), "in a message");
    }
  });
});
