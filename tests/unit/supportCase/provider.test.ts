/** The functions of the dynamic provider, as Pulumi calls them (components/supportCase/provider.ts). */
import assert from "node:assert/strict";
import { describe, it, vi } from "vitest";
import * as provider from "../../../components/supportCase/index.ts";
import type { SupportCaseInputs } from "../../../components/supportCase/index.ts";
import { unknownValue } from "../../../components/supportCase/properties.ts";
import { markerOf } from "../../../components/supportCase/own.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { withoutSection } from "../../support/section.ts";
import { configOf, errorOf, states } from "./setting.ts";

describe("the provider", () => {
  it("lives the life of a case with the stack's config", async (t) => {
    const setting = await openSetting(t);
    const { cloud } = setting;
    const config = configOf(cloud);
    const { id, outs } = await provider.create(inputs, config);
    assert.equal(id, outs.name);
    assert.deepEqual(await provider.read(id, outs, config), { id, props: outs });
    assert.deepEqual(await provider.update(id, outs, inputs, config), { outs });
    await provider.delete(id, outs, config);
    assert.deepEqual(states(setting), ["CLOSED"]);
    cloud.state.cases.clear();
    assert.deepEqual(await provider.read(id, outs, config), {});
  });

  it("fails with only a message, and with the provider's text if something was created", async (t) => {
    const { cloud } = await openSetting(t);
    cloud.faults.add({ match: { rpc: "CloseCase" }, effect: { error: { code: 403 } } });
    const error = await errorOf(provider.create({ ...inputs, __provider: "text" }, configOf(cloud)));
    assert.equal(error.stack, "");
    assert.partialDeepStrictEqual({ ...error }, { properties: { __provider: "text" } });
    assert.equal((await errorOf(provider.read("projects/shop-dev/cases/1", undefined))).stack, "");
  });

  it("leaves its errors out of the log that its host writes next, and nothing else", async () => {
    // The turn in which a former test may have failed.
    await new Promise((resolve) => setImmediate(resolve));
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const own = console.error;
    // As Pulumi's process for dynamic providers has it.
    const failed = ["1", "1", "2"].map((id) =>
      errorOf(provider.read(`projects/shop-dev/cases/${id}`, undefined)).then(({ message, stack = "" }) => {
        console.error(`Error: ${message}: ${stack}`);
        console.error(`of case ${id}`);
        return message;
      }),
    );
    const [message = ""] = await Promise.all(failed);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(console.error, own);
    console.error(`Error: ${message}: `);
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    assert.deepEqual(lines, ["of case 1", "of case 1", "of case 2", `Error: ${message}: `]);
  });

  it("replaces its own case, but refuses to in the preview while a person's case that quotes it is open", async (t) => {
    const setting = await openSetting(t);
    const config = configOf(setting.cloud);
    const owner = "Pulumi stack acme/customer-care/dev, resource testCase";
    const olds = { ...inputs, owner, keepOpen: true };
    const { id } = await provider.create(olds, config);
    const news = {
      ...olds,
      vmInstances: "vm-2",
      marker: markerOf("acme/customer-care/dev", "testCase", "the next life"),
    };
    // The engine checks the inputs of a replacement a second time, as those of a new resource.
    const failures = async () => {
      await provider.check(olds, news, config);
      return (await provider.check({}, news, config)).failures;
    };
    assert.deepEqual(await failures(), []);
    const own = setting.cloud.state.cases.get(id.split("/").at(-1) ?? "") ?? assert.fail();
    const name = "projects/shop-dev/cases/60000000";
    const quote = { name, priority: "P1" as const, description: `I try it too, quoting:\n\n${own.description}` };
    setting.cloud.state.cases.set("60000000", { ...structuredClone(own), ...quote });
    const [failure = assert.fail()] = await failures();
    assert.match(failure.reason, new RegExp(`^${name} is open and has this stack's name`));
  });

  it("refuses in the preview what a closed case cannot get, but nothing after a refresh", async (t) => {
    const { cloud } = await openSetting(t);
    const config = configOf(cloud);
    const { id, outs } = await provider.create({ ...inputs, owner: "Pulumi stack a/b/c, resource testCase" }, config);
    const news = {
      ...inputs,
      owner: "Pulumi stack a/b/c, resource testCase",
      priority: "P3",
      comments: ["One"],
    } as const;
    assert.equal((await provider.diff(id, outs, news)).changes, true);
    const { inputs: checked, failures } = await provider.check(inputs, news, config);
    assert.deepEqual(failures, []);
    assert.equal(
      withoutSection((await errorOf(provider.diff(id, outs, checked))).message, "closedCase"),
      `testCase: case ${id} is closed, and a closed case cannot be changed: priority (got "P3", the case has "P4"); comments[0] (got a new one). ` +
        "Undo that in the config, or replace the case and the Stash with the same name with `pulumi up --replace`",
    );
    // The state is out of date: it is read.
    assert.match((await errorOf(provider.diff(id, { ...outs, state: "NEW" }, checked))).message, /is closed/);
    cloud.state.cases.delete(id.split("/").at(-1) ?? "");
    assert.match(
      (await errorOf(provider.diff(id, { ...outs, state: "NEW" }, checked))).message,
      /does not exist any more\. Run/,
    );
  });

  it("refuses nothing that an update has done which was killed before it could record it", async (t) => {
    const { cloud } = await openSetting(t);
    const config = configOf(cloud);
    const { id, outs } = await provider.create({ ...inputs, keepOpen: true }, config);
    const { inputs: checked } = await provider.check(
      inputs,
      { ...inputs, priority: "P3", comments: ["Killed"] },
      config,
    );
    await provider.update(id, outs, checked, config);
    assert.equal((await provider.diff(id, outs, checked)).changes, true);
    assert.equal((await provider.update(id, outs, checked, config)).outs.state, "CLOSED");
  });

  it("leaves nothing behind in an update that Google refuses", async (t) => {
    const { cloud } = await openSetting(t);
    const config = configOf(cloud);
    const { id, outs } = await provider.create({ ...inputs, keepOpen: true }, config);
    cloud.faults.add({ match: { rpc: "UpdateCase" }, effect: { error: { code: 400 } } });
    const error = await errorOf(provider.update(id, outs, { ...inputs, keepOpen: true, priority: "P3" }, config));
    assert.match(error.message, /could not be changed \(priority\)/);
    assert.ok(!("properties" in error));
  });

  it("reports in the preview that a classification does not exist", async (t) => {
    const { cloud } = await openSetting(t);
    const news = { ...inputs, classification: "Compute" };
    const { inputs: checked, failures } = await provider.check({}, news, configOf(cloud));
    assert.deepEqual(checked, news);
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["classification"],
    );
    assert.deepEqual((await provider.check({}, inputs, configOf(cloud))).failures, []);
  });

  it("keeps whether the first attempt created it, and knows nothing of it in an older state", async (t) => {
    const { cloud } = await openSetting(t);
    const later = { ...inputs, isFirstAttempt: false };
    const checked = async (olds: Partial<SupportCaseInputs>) =>
      (await provider.check(olds, later, configOf(cloud))).inputs;
    assert.equal((await checked({})).isFirstAttempt, false);
    assert.equal((await checked(inputs)).isFirstAttempt, true);
    const { isFirstAttempt: _, ...older } = inputs;
    assert.ok(!("isFirstAttempt" in (await checked(older))));
  });

  it("does not ask for one that is in the state, or known only later", async (t) => {
    const { cloud } = await openSetting(t);
    const config = configOf(cloud);
    const news = { ...inputs, classification: "Compute" };
    assert.deepEqual((await provider.check(news, news, config)).failures, []);
    assert.deepEqual((await provider.check({}, { ...news, parent: unknownValue }, config)).failures, []);
    assert.deepEqual((await provider.check({}, { ...news, classification: unknownValue }, config)).failures, []);
    assert.equal(cloud.requests.length, 0);
  });

  it("lets the preview continue where Google cannot be called yet", async (t) => {
    const { cloud } = await openSetting(t);
    cloud.faults.add({ match: { rpc: "SearchCaseClassifications" }, effect: { error: { code: 403 } } });
    const news = { ...inputs, classification: "Compute" };
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    assert.deepEqual((await provider.check({}, news, configOf(cloud))).failures, []);
    assert.deepEqual(
      log.mock.calls.map(([text]) => String(text).slice(0, 71)),
      ['the classification "Compute" could not be checked in the preview: GET 1'],
    );
  });

  it("reports nothing about the guide's own classification where Google cannot be called yet", async (t) => {
    const { cloud } = await openSetting(t);
    cloud.faults.add({ match: { rpc: "SearchCaseClassifications" }, effect: { error: { code: 403 } } });
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    assert.deepEqual((await provider.check({}, inputs, configOf(cloud))).failures, []);
    assert.equal(log.mock.calls.length, 0);
  });
});
