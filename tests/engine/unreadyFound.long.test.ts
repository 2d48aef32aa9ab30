/** A project below a folder with `everyProject` that is not ready never blocks the rest of the stack. */
import assert from "node:assert/strict";
import { it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";

const folder = "456789012345";
const lead = "user:lead@example.com";
const leaver = "user:leaver@example.com";
const configOf = (everyProject: object, more: object = {}) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:folders": { [folder]: { everyProject } },
  ...more,
});
const where = `customer-care:folders.${folder}.everyProject`;

const projectIn = (cloud: Cloud, id: string) => cloud.state.projects.get(id) ?? assert.fail();
const grantsOf = (cloud: Cloud, member: string) => holdingsOf(cloud.state).grants.filter((one) => one.includes(member));

for (const [what, id, words] of [
  ["has no billing account", "legacy-dev", 'the project "legacy-dev" has no billing account; run gcloud'],
  ["has a closed one", "closed-dev", 'the billing account of the project "closed-dev"'],
] as const)
  it(`skips a project that ${what}, with a warning, and updates the others`, async (t) => {
    const run = await localRun({ name: `unready-${id}`, config: configOf({ services: [], editors: [lead, leaver] }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    projectIn(run.cloud, id).parent = `folders/${folder}`;
    await run.setConfig(configOf({ services: [], editors: [lead] }));

    const { findings } = JSON.parse((await care(run, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
    const ofBilling = findings.filter(({ id: one }) => one === "billing-disabled");
    assert.deepEqual(
      ofBilling.map(({ level, where: at }) => [level, at]),
      [["warning", `projects/${id}`]],
    );
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages, steps } = await run[operation]();
      const text = messages.join("\n");
      assert.equal(failed, false, text);
      assert.ok(text.includes(`${where}: ${words}`), text);
      assert.ok(text.includes("or move it out of the folder. Until then, updates skip it [billing-disabled]"), text);
      assert.ok(
        steps.every((step) => step.startsWith("delete ") && !step.includes(id)),
        steps.join("\n"),
      );
    }
    assert.deepEqual(grantsOf(run.cloud, leaver), []);

    await run.setConfig(
      configOf(
        { services: [], editors: [lead] },
        { "customer-care:acknowledge": { [`billing-disabled projects/${id}`]: "a sandbox" } },
      ),
    );
    const acknowledged = await run.preview();
    assert.deepEqual([acknowledged.failed, acknowledged.steps], [false, []]);
    assert.ok(!acknowledged.messages.join("\n").includes(id), acknowledged.messages.join("\n"));

    projectIn(run.cloud, id).billingAccountName = projectIn(run.cloud, "shop-dev").billingAccountName;
    const linked = await run.up();
    assert.equal(linked.failed, false, linked.messages.join("\n"));
    assert.ok(linked.steps.some((step) => step.startsWith("create ") && step.includes(id)));
  });

it("keeps what a project without billing has, and still grants and removes roles there", async (t) => {
  const run = await localRun({ name: "unready-kept", config: configOf({ services: [], editors: [leaver] }) });
  t.onTestFinished(() => run.close());
  assert.equal((await run.up()).failed, false);
  projectIn(run.cloud, "pay-dev").billingAccountName = "";
  const unchanged = await run.preview();
  assert.deepEqual([unchanged.failed, unchanged.steps], [false, []]);
  assert.ok(unchanged.messages.join("\n").includes(`${where}: the project "pay-dev" has no billing account`));

  await run.setConfig(configOf({ services: [], editors: [lead] }));
  const before = grantsOf(run.cloud, leaver).length;
  for (const operation of ["preview", "up"] as const) {
    const { failed, messages } = await run[operation]();
    assert.equal(failed, false, messages.join("\n"));
  }
  assert.deepEqual([grantsOf(run.cloud, leaver).length, grantsOf(run.cloud, lead).length], [0, before]);
});

it("is an error if the test case needs the project", async (t) => {
  const testCase = { project: "legacy-dev" };
  const run = await localRun({
    name: "unready-case",
    config: configOf({ services: [] }, { "customer-care:testCase": testCase }),
  });
  t.onTestFinished(() => run.close());
  projectIn(run.cloud, "legacy-dev").parent = `folders/${folder}`;
  const { failed, messages } = await run.preview();
  assert.equal(failed, true);
  assert.ok(
    messages.join("\n").includes(`${where}: the project "legacy-dev" has no billing account`),
    messages.join("\n"),
  );
});
