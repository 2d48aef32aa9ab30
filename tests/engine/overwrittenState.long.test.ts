/**
 * Two updates at the same time, as after `pulumi cancel`: the one that ends last overwrites the state with its own, which has
 * neither the other's case nor its life (docs/explanation/supportCase.md).
 */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";

const plan = { "customer-care:plan": "enhanced" };
const withContact = { ...plan, "customer-care:projects": { "shop-dev": { contacts: { legal: ["law@example.com"] } } } };
const withCase = {
  ...plan,
  "customer-care:projects": { "shop-dev": {} },
  "customer-care:testCase": { project: "shop-dev", keepOpen: true },
};

it("a case that another update's state overwrote is named while it is open, and never closed", async () => {
  const run = await localRun({ name: "overwrittenState", config: withContact });
  const cases = () =>
    [...run.cloud.state.cases.values()].filter(({ description }) => /^Pulumi stack/m.test(description));
  const resources = async () => JSON.stringify((await run.stack.exportStack()).deployment);
  try {
    const contact = { rpc: "CreateContact" } as const;
    run.cloud.faults.add({ match: contact, effect: { latency: 40_000 } });
    const slow = run.up();
    while (!run.cloud.requests.some(({ rpc }) => rpc === contact.rpc)) await sleep(100);
    await run.unlock();
    await run.setConfig(withCase);
    const fast = await run.up();
    assert.equal(fast.failed, false, fast.messages.join("\n"));
    const [made = assert.fail()] = cases();
    assert.ok((await resources()).includes(made.name));
    await slow;
    assert.ok(!(await resources()).includes("pulumi:index:Stash"), "the slow update ended last");

    await run.unlock();
    const { failed, messages } = await run.up();
    assert.ok(failed);
    assert.match(messages.join("\n"), new RegExp(`${made.name} is open .* Write adopt: ${made.name} `));
    assert.deepEqual(
      cases().map(({ state }) => state),
      ["NEW"],
    );

    made.state = "CLOSED";
    const again = await run.up();
    assert.equal(again.failed, false, again.messages.join("\n"));
    await run.destroy();
    assert.deepEqual(
      cases().map(({ state }) => state),
      ["CLOSED", "CLOSED"],
    );
  } finally {
    await run.close();
  }
});
