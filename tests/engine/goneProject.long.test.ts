/** A project that Google has purged: the rest can change, at the latest once the state no longer has what cannot be deleted there. */
import assert from "node:assert/strict";
import { it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

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

const contact = {
  services: ["essentialcontacts.googleapis.com"],
  editors: ["user:lead@example.com"],
  contacts: { legal: ["l@example.com"] },
};
const everything = { ...contact, alerts: { serviceHealth: { notify: ["one@example.com"] } } };
const ofCase = { services: shop["shop-dev"].services, editors: ["user:lead@example.com"] };

/** From then on, the operator sees only the projects that exist. */
function hideOrganization({ cloud }: LocalRun): void {
  const { policy } = cloud.state.organizations.get("organizations/123456789012") ?? assert.fail();
  for (const project of cloud.state.projects.values()) project.policy.bindings.push(...policy.bindings);
  policy.bindings = [];
}

for (const [what, project, options, isHidden] of [
  ["its grant and its contact", contact, undefined, true],
  ["its grant, its contact and its alerts", everything, undefined, false],
  ["its grant and its test case", ofCase, testCase, false],
] as const)
  it(`${what} leave the config: the error names the command after which the update works`, async (t) => {
    const quota = { "gcp:billingProject": "ops-admin" };
    const others = (...editors: string[]) => ({ "pay-dev": { services: [], editors } });
    const before = { "shop-dev": project, ...others("user:lead@example.com", "user:leaver@example.com") };
    const run = await localRun({ name: "goneProject", config: { ...keysOf(before, options), ...quota } });
    t.onTestFinished(() => run.close());
    for (const id of ["ops-admin", "shop-dev"])
      for (const service of ["monitoring", "logging", "servicehealth"])
        run.cloud.state.projects.get(id)?.services.set(`${service}.googleapis.com`, { enabledAt: 0 });
    const first = await run.up();
    assert.equal(first.failed, false, first.messages.join("\n"));
    run.cloud.state.projects.delete("shop-dev");
    if (isHidden) hideOrganization(run);
    await run.setConfig({ ...keysOf(others("user:lead@example.com")), ...quota });
    const [preview, refused] = [await run.preview(), await run.up()];
    assert.equal(preview.failed, !isHidden, preview.messages.join("\n"));
    assert.equal(refused.failed, true, refused.messages.join("\n"));
    for (const { messages } of [preview, refused])
      assert.match(
        messages.join("\n"),
        /projects\/shop-dev does not exist any more.* Google denies each deletion there/,
      );
    const [, commands = ""] = /run: (pulumi .*)/i.exec(refused.messages.join("\n")) ?? assert.fail();
    const { findings } = JSON.parse((await care(run, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
    const found = findings.find(({ where }) => where === "projects/shop-dev") ?? assert.fail(JSON.stringify(findings));
    assert.deepEqual([found.id, found.level], ["project-not-visible", isHidden ? "warning" : "error"]);
    assert.ok(found.remedy.endsWith(`run: ${commands}`), found.remedy);
    for (const command of commands.replaceAll("'", "").split(", then ")) {
      const [, ...words] = command.split(" ");
      const { failed, messages } = await run.pulumi(...words, "--yes");
      assert.equal(failed, false, `${command}: ${messages.join("\n")}`);
    }
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, `${operation}: ${messages.join("\n")}`);
    }
    const policies = JSON.stringify([...run.cloud.state.projects.values()].map(({ policy }) => policy));
    assert.ok(!policies.includes("leaver"), policies);
  });
