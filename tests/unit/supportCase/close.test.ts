/** How a case is closed when it is destroyed (components/supportCase/close.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { deleteCase } from "../../../components/supportCase/close.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import type { Setting } from "../../support/caseSetting.ts";
import { errorOf, remove, states } from "./setting.ts";

/** As a project that Google has deleted for good, or to which the caller has lost access. */
function hide({ cloud }: Setting): void {
  for (const rpc of ["GetCase", "GetProject"]) cloud.faults.add({ match: { rpc }, effect: { error: { code: 403 } } });
}

describe("the end of a case", () => {
  it("closes an open one", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    await deleteCase(name, inputs, setting);
    assert.deepEqual(states(setting), ["CLOSED"]);
  });

  it("leaves a closed one and one that is gone alone", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase(inputs, setting);
    await deleteCase(name, inputs, setting);
    remove(setting, name);
    await deleteCase(name, inputs, setting);
    assert.equal(setting.calls("CloseCase"), 1);
  });

  // As the provider of an engine that was killed may do.
  it("is fine where somebody else closes it at the same moment, and Google refuses to close it again", async (t) => {
    const setting = await openSetting(t);
    const refused = { match: { rpc: "CloseCase" }, effect: { error: { code: 400, afterEffect: true } } } as const;
    setting.cloud.faults.add(refused);
    const { name, state } = await createCase(inputs, setting);
    assert.equal(state, "CLOSED");
    await deleteCase(name, inputs, setting);
    assert.equal(setting.calls("CloseCase"), 1);
  });

  it("fails where Google refuses to close it while it is open", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({ match: { rpc: "CloseCase" }, effect: { error: { code: 400 } } });
    assert.match((await errorOf(createCase(inputs, setting))).message, /could not be closed.* 400 /);
  });

  for (const error of [
    {
      code: 403,
      message: "The cloudsupport.googleapis.com API requires a quota project, which is not set by default.",
    },
    { code: 403, reason: "USER_PROJECT_DENIED" },
  ])
    it(`names the quota project where that is what Google refuses: ${JSON.stringify(error)}`, async (t) => {
      const setting = await openSetting(t);
      const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
      setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error } });
      assert.match(
        (await errorOf(deleteCase(name, inputs, setting))).message,
        /could not be closed .*; set GOOGLE_CLOUD_QUOTA_PROJECT to the ID of a project .*, and run the command again$/,
      );
    });

  it("is nothing where its project is deleted", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    const project = [...setting.cloud.state.projects.values()].find(({ projectId }) => projectId === "shop-dev");
    Object.assign(project ?? assert.fail(), { state: "DELETE_REQUESTED" });
    setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403 } } });
    await deleteCase(name, inputs, setting);
    assert.equal(setting.calls("GetProject"), 1);
  });

  const overridden =
    (more: Readonly<Record<string, string>> = {}) =>
    (cloud: Cloud) => ({
      ...cloud.environment,
      USER_PROJECT_OVERRIDE: "true",
      ...more,
    });

  it("is nothing where its project, which is also its quota project, is deleted", async (t) => {
    const setting = await openSetting(t, overridden());
    const shopDev = setting.cloud.state.projects.get("shop-dev") ?? assert.fail();
    shopDev.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    setting.cloud.state.projects.delete("shop-dev");
    await deleteCase(name, inputs, setting);
  });

  it("fails where the quota project is another that is deleted: the case may still be open", async (t) => {
    const setting = await openSetting(t, overridden({ GOOGLE_BILLING_PROJECT: "pay-dev" }));
    const payDev = setting.cloud.state.projects.get("pay-dev") ?? assert.fail();
    payDev.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    setting.cloud.state.projects.delete("pay-dev");
    assert.match(
      (await errorOf(deleteCase(name, inputs, setting))).message,
      /may still be open, .*; set GOOGLE_CLOUD_QUOTA_PROJECT to the ID of a project that the caller can use/,
    );
    assert.deepEqual(states(setting), ["NEW"]);
  });

  it("is nothing where nothing of its project is visible any more", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    hide(setting);
    await deleteCase(name, { ...inputs, state: "CLOSED" }, setting);
    assert.deepEqual(setting.logged, []);
    hide(setting);
    await deleteCase(name, inputs, setting);
    assert.match(
      setting.logged.join("\n"),
      new RegExp(
        `^case ${name} could not be closed, because the caller cannot see its project, .*403.*If the project still exists, close the case`,
      ),
    );
  });

  it("fails where nothing of the project of a case that Google works on is visible any more, unless it was closed", async (t) => {
    const setting = await openSetting(t);
    const real = { ...inputs, testCase: false, keepOpen: true };
    const { name } = await createCase(real, setting);
    for (const properties of [
      real,
      { ...real, state: "NEW" as const },
      { ...inputs, adopt: name, closeOnDestroy: true },
    ]) {
      hide(setting);
      assert.match(
        (await errorOf(deleteCase(name, properties, setting))).message,
        /cannot see its project, .*403.* The case may still be open: .*; if not, run `pulumi state delete` on this resource$/,
      );
    }
    hide(setting);
    await deleteCase(name, { ...real, state: "CLOSED" }, setting);
    assert.deepEqual(states(setting), ["NEW"]);
  });

  it("fails where the caller has lost access to its organization, which nobody deletes", async (t) => {
    const setting = await openSetting(t);
    const atOrganization = { ...inputs, parent: "organizations/123456789012", keepOpen: true };
    const { name } = await createCase(atOrganization, setting);
    for (const rpc of ["GetCase", "GetOrganization"])
      setting.cloud.faults.add({ match: { rpc }, effect: { error: { code: 403 } } });
    assert.match(
      (await errorOf(deleteCase(name, atOrganization, setting))).message,
      /may still be open, because its organization still exists: .*403.*; grant the roles Tech Support Editor and Organization Viewer/,
    );
    assert.equal(setting.calls("GetOrganization"), 1);
  });

  it("is nothing where its organization does not exist", async (t) => {
    const setting = await openSetting(t);
    const atOrganization = { ...inputs, parent: "organizations/123456789012", keepOpen: true };
    const { name } = await createCase(atOrganization, setting);
    setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403 } } });
    setting.cloud.faults.add({ match: { rpc: "GetOrganization" }, effect: { error: { code: 404 } } });
    await deleteCase(name, atOrganization, setting);
  });

  it("fails where Google answers anything but a denial, whatever is known of the project", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    setting.cloud.faults.add({ match: { rpc: "GetCase", times: 100 }, effect: { error: { code: 500 } } });
    setting.cloud.faults.add({ match: { rpc: "GetProject", times: 100 }, effect: { error: { code: 403 } } });
    assert.match((await errorOf(deleteCase(name, inputs, setting))).message, /500/);
    assert.deepEqual(states(setting), ["NEW"]);
  });

  it("fails where the API that would report its project is disabled", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    const disabled = { code: 403, reason: "SERVICE_DISABLED" };
    setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403 } } });
    setting.cloud.faults.add({ match: { rpc: "GetProject" }, effect: { error: disabled } });
    assert.match((await errorOf(deleteCase(name, inputs, setting))).message, /may still be open/);
  });

  it("fails where the case is denied, though its project is there: it may still be open", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    setting.cloud.faults.add({ match: { rpc: "CloseCase" }, effect: { error: { code: 403 } } });
    const { message } = await errorOf(deleteCase(name, inputs, setting));
    assert.match(
      message,
      /could not be closed and may still be open, because its project still exists: .*403.*; grant the role/,
    );
  });
});
