/** A project that is deleted with its test case, and that is its own quota project: the case leaves the state, and the rest can change. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";

const keysOf = (projects: object, testCase?: object) => ({
  "gcp:userProjectOverride": "true",
  "customer-care:plan": "enhanced",
  "customer-care:projects": projects,
  ...(testCase && { "customer-care:testCase": testCase }),
});
const shop = { "shop-dev": { services: ["cloudsupport.googleapis.com"] } };
const pay = { "pay-dev": { services: [], editors: ["user:lead@example.com"] } };
const testCase = { project: "shop-dev", keepOpen: true };

for (const [what, projects, options] of [
  ["the project and its case leave the config", pay, undefined],
  ["everything leaves the config", {}, undefined],
  [
    "the case moves to another project",
    { "pay-dev": { ...pay["pay-dev"], services: shop["shop-dev"].services } },
    { project: "pay-dev" },
  ],
] as const)
  it(`${what}: the preview and the update work`, async (t) => {
    const run = await localRun({ name: "goneProject", config: keysOf({ ...shop, ...pay }, testCase) });
    t.onTestFinished(() => run.close());
    const first = await run.up();
    assert.equal(first.failed, false, first.messages.join("\n"));
    run.cloud.state.projects.delete("shop-dev");
    await run.setConfig(keysOf(projects, options));
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, `${operation}: ${messages.join("\n")}`);
    }
    const destroyed = await run.destroy();
    assert.equal(destroyed.failed, false, destroyed.messages.join("\n"));
  });
