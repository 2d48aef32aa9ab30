/** The projects below a folder, as they come and go. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, it } from "vitest";
import { loadSeed, startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const folder = "456789012345";
const everyProject = { editors: ["user:ada@example.com"], contacts: { technical: ["oncall@example.com"] } };
const config = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:folders": { [folder]: { everyProject } },
};

/** Below the folder and active, in the seed. */
const projects = ["pay-dev", "pay-prod", "shop-dev", "shop-prod", "shop-staging"];

/** The steps on things in the cloud, by project. */
const projectsOf = (steps: readonly string[], op: string) => [
  ...new Set(
    steps
      .filter((step) => step.startsWith(`${op} gcp:`))
      .map((step) => /customer-care\/projects\/([^/]+)\//.exec(step)?.[1] ?? step),
  ),
];

describe("every project below a folder", () => {
  let cloud: Cloud;
  let run: LocalRun;
  const project = (id: string) => cloud.state.projects.get(id) ?? assert.fail();
  const contacts = () => holdingsOf(cloud.state).contacts.filter((line) => line.includes("oncall@example.com"));

  beforeAll(async () => {
    const seed = structuredClone(loadSeed());
    cloud = await startCloud({ seed });
    run = await localRun({ name: "everyProject", config, cloud });
  });
  afterAll(async () => {
    await run.close();
    await cloud.close();
  });

  it("is onboarded, and listed in the preview", async () => {
    const { steps, messages } = await run.preview();
    assert.deepEqual(projectsOf(steps, "create").sort(), projects);
    assert.ok(messages.includes(`folders.${folder}.everyProject: 5 active projects below folders/${folder}`));
    assert.ok(
      messages.some((message) =>
        /^user:ada@example\.com gets Tech Support Editor on 5 separate projects; .* \[grant-repeated\]$/.test(message),
      ),
    );
    const { failed, messages: updateMessages } = await run.up();
    assert.equal(failed, false, updateMessages.join("\n"));
    assert.equal(contacts().length, projects.length);
  });

  it("has the same name as under projects: writing it there changes nothing", async () => {
    await run.setConfig({ ...config, "customer-care:projects": { "shop-dev": everyProject } });
    assert.deepEqual((await run.preview()).steps, []);
    await run.setConfig({
      ...config,
      "customer-care:folders": {},
      "customer-care:projects": Object.fromEntries(projects.map((id) => [id, everyProject])),
    });
    assert.deepEqual((await run.preview()).steps, []);
    await run.setConfig(config);
  });

  it("that is new, also in a folder below, is onboarded by the next update, and touches no other", async () => {
    cloud.state.folders.set("folders/500", {
      ...(cloud.state.folders.get(`folders/${folder}`) ?? assert.fail()),
      name: "folders/500",
      id: "500",
      displayName: "Deeper",
      parent: `folders/${folder}`,
    });
    cloud.state.projects.set("shop-new", {
      ...structuredClone(project("shop-dev")),
      projectId: "shop-new",
      name: "projects/100000000099",
      projectNumber: "100000000099",
      parent: "folders/500",
      services: new Map(),
    });
    const { steps, failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(projectsOf(steps, "create"), ["shop-new"]);
    assert.ok(steps.every((step) => step.includes("/shop-new")));
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("is never taken for gone where its folder cannot be read: the update fails, and reports which role is missing", async () => {
    const holdingsBefore = holdingsOf(cloud.state);
    cloud.faults.add({
      match: { rpc: "ListProjects", times: 1000 },
      effect: { error: { code: 403, status: "PERMISSION_DENIED" } },
    });
    const { failed, messages, steps } = await run.up();
    cloud.faults.clear();
    assert.equal(failed, true);
    assert.match(
      messages.join("\n"),
      /customer-care:folders\.456789012345\.everyProject: cannot list the projects below folders\/456789012345: .*roles\/browser/,
    );
    assert.deepEqual(steps, []);
    assert.deepEqual(holdingsOf(cloud.state), holdingsBefore);
  });

  it("that is marked for deletion leaves the stack, and the others stay as they are", async () => {
    project("shop-new").state = "DELETE_REQUESTED";
    const { steps, failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(projectsOf(steps, "delete"), ["shop-new"]);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("that is gone for good, and with it the caller's rights, fails by its name, and leaves by pulumi state delete", async () => {
    cloud.state.projects.delete("pay-prod");
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.match(messages.join("\n"), /projects\/pay-prod does not exist any more, .* pulumi state remove /);
    const { deployment } = (await run.stack.exportStack()) as { deployment: { resources: { urn: string }[] } };
    const { workDir: cwd, envVars } = run.stack.workspace;
    // Resources come after their dependencies.
    for (const { urn } of deployment.resources.reverse())
      if (/::customer-care\/projects\/pay-prod(\/|$)/.test(urn))
        execFileSync("pulumi", ["state", "delete", "--yes", "--stack", "test", urn], {
          cwd,
          stdio: "pipe",
          env: { ...process.env, ...envVars },
        });
    const again = await run.up();
    assert.equal(again.failed, false, again.messages.join("\n"));
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("is torn down with the stack", async () => {
    const { failed, messages } = await run.destroy();
    assert.equal(failed, false, messages.join("\n"));
    // That of the project that is gone went with it.
    const left = contacts().filter((line) => !line.startsWith("projects/100000000009 "));
    assert.deepEqual(left, []);
  });
});
