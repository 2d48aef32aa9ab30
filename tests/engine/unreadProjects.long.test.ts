/**
 * A grant on a project by its number leaves the program, and a component gets the grant by the project's ID. If the project cannot
 * be read, both may be one grant, so the update is refused.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { holdingsOf } from "../../tools/stack/index.ts";
import { localRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const role = "roles/cloudsupport.techSupportEditor";
const member = "user:lead@example.com";
const number = "100000000002";
const lead = `projects/pay-dev ${role} ${member}`;

const configOf = (editors: readonly string[], own: object) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "gcp:batching": { enableBatching: false },
  "instances:all": { care: { plan: "enhanced", projects: { "pay-dev": { services: [], editors } } } },
  ...own,
});
const byNumber = { project: number, role };

for (const [what, before, after] of [
  [
    "a grant moves from the program to a component",
    configOf([], { "instances:grants": { own: { ...byNumber, member } } }),
    configOf([member], {}),
  ],
  [
    "a grant moves from a component to the program",
    configOf([member], {}),
    configOf([], { "instances:grants": { own: { ...byNumber, member } } }),
  ],
] as const)
  it(`${what}: an update is refused while the project cannot be read`, async (t) => {
    const run = await localRun({
      name: `unread-${what.replaceAll(/\W+/g, "-")}`,
      projectName: "instances",
      program: join(import.meta.dirname, "programs", "instances.ts"),
      config: before,
    });
    t.onTestFinished(() => run.close());
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    await run.setConfig(after);
    for (const code of [403, 503]) {
      run.cloud.faults.clear();
      run.cloud.faults.add({ match: { rpc: "GetProject", times: 1000 }, effect: { error: { code } } });
      const first = run.cloud.requests.length;
      const { failed, messages } = await run.preview();
      const text = messages.join("\n");
      assert.equal(failed, true, text);
      assert.match(text, /this update would delete urn:\S+ of the project \S+, which may be the grant of/);
      assert.match(text, /because neither the project 100000000002 nor pay-dev can be read\. Grant this caller/);
      assert.match(text, /run: pulumi state remove 'urn:/);
      assert.deepEqual(writesSince(run.cloud, first), []);
    }
    run.cloud.faults.clear();
    const readable = await run.preview();
    // Then both are the same grant for certain.
    assert.equal(readable.failed, true, readable.messages.join("\n"));
    assert.doesNotMatch(readable.messages.join("\n"), /may be the grant/);
    assert.ok(holdingsOf(run.cloud.state).grants.includes(lead));
  });

it("a grant on another project is deleted although that project cannot be read", async (t) => {
  const own = { own: { project: "100000000001", role, member } };
  const run = await localRun({
    name: "unread-another",
    projectName: "instances",
    program: join(import.meta.dirname, "programs", "instances.ts"),
    config: configOf([], { "instances:grants": own }),
  });
  t.onTestFinished(() => run.close());
  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  run.cloud.faults.add({
    match: { rpc: "GetProject", path: "100000000001", times: 1000 },
    effect: { error: { code: 403 } },
  });
  await run.setConfig(configOf([member], {}));
  const { failed, messages } = await run.up();
  assert.equal(failed, false, messages.join("\n"));
  assert.ok(holdingsOf(run.cloud.state).grants.includes(lead));
});
