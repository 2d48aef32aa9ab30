/** How a case is closed when it is destroyed (components/supportCase/close.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { deleteCase } from "../../../components/supportCase/close.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { errorOf, remove, states } from "./setting.ts";

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
    for (const rpc of ["GetCase", "GetProject"])
      setting.cloud.faults.add({ match: { rpc }, effect: { error: { code: 403 } } });
    await deleteCase(name, inputs, setting);
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
