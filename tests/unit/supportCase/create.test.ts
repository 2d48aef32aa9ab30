/** How a case is created (components/supportCase/create.ts), with the real client and a local cloud. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { difference } from "../../../components/supportCase/diff.ts";
import type { SupportCaseOutputs } from "../../../components/supportCase/index.ts";
import { deleteCase } from "../../../components/supportCase/close.ts";
import { updateCase } from "../../../components/supportCase/complete.ts";
import { isOfLife, markerOf } from "../../../components/supportCase/own.ts";
import { GoogleError } from "../../../google/index.ts";
import type { Case } from "../../../google/index.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { errorOf, remove, states } from "./setting.ts";

describe("the creation of a case", () => {
  it("creates it as configured, and closes it", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    const [made] = [...setting.cloud.state.cases.values()].filter(({ name }) => name === outputs.name);
    assert.deepEqual(states(setting), ["CLOSED"]);
    assert.deepEqual(outputs, {
      ...inputs,
      name: made?.name,
      state: "CLOSED",
      createTime: "2026-10-01T09:00:00.000Z",
      comments: [],
      attachments: [],
      escalated: false,
    });
    assert.match(outputs.name, /^projects\/shop-dev\/cases\/\d+$/);
    assert.partialDeepStrictEqual(made, {
      displayName: "Test issue",
      classification: { displayName: "Technical Issue > Compute > Compute Engine" },
      priority: "P4",
      languageCode: "en",
      timeZone: "Europe/Berlin",
      subscriberEmailAddresses: ["a@example.com", "b@example.com"],
      testCase: true,
      escalated: false,
    });
    assert.deepEqual(setting.sleeps, []);
  });

  it("writes the whole form into the description", async (t) => {
    const setting = await openSetting(t);
    await createCase(inputs, setting);
    await createCase(
      { ...inputs, marker: "another marker", channel: "chat", thirdPartyAuthorization: false, description: "One\nTwo" },
      setting,
    );
    assert.deepEqual(
      setting.cases().map(({ description }) => description),
      [
        [
          "Test issue",
          "",
          "Error message: Test message",
          "Business impact: Other",
          "VM instances: none",
          "Third-party support authorization: Yes",
          "Preferred channel: E-mail",
          "",
          "Pulumi stack acme/customer-care/dev, resource testCase, b7e52f0c-0d9a-4f0e-9d51-3c4b1f0a9e11",
        ].join("\n"),
        [
          "One",
          "Two",
          "",
          "Error message: Test message",
          "Business impact: Other",
          "VM instances: none",
          "Third-party support authorization: No",
          "Preferred channel: Live chat",
          "",
          "another marker",
        ].join("\n"),
      ],
    );
  });

  it("leaves it open where keepOpen is true", async (t) => {
    const setting = await openSetting(t);
    const { state } = await createCase({ ...inputs, keepOpen: true }, setting);
    assert.deepEqual([state, states(setting), setting.calls("CloseCase")], ["NEW", ["NEW"], 0]);
  });

  it("keeps the provider's text out of the properties", async (t) => {
    const given = { ...inputs, __provider: "text" };
    assert.ok(!("__provider" in (await createCase(given, await openSetting(t)))));
  });

  it("creates no second one with the same marker", async (t) => {
    const setting = await openSetting(t);
    const first = await createCase(inputs, setting);
    assert.deepEqual(await createCase(inputs, setting), first);
    assert.deepEqual([states(setting), setting.calls("CreateCase")], [["CLOSED"], 1]);
  });

  it("takes an open one for its own, and closes it", async (t) => {
    const setting = await openSetting(t);
    const first = await createCase({ ...inputs, keepOpen: true }, setting);
    assert.equal((await createCase(inputs, setting)).name, first.name);
    assert.deepEqual(states(setting), ["CLOSED"]);
  });

  it("creates another one where only a closed one is found and it is to stay open", async (t) => {
    const setting = await openSetting(t);
    await createCase(inputs, setting);
    await createCase({ ...inputs, keepOpen: true }, setting);
    assert.deepEqual(states(setting), ["CLOSED", "NEW"]);
  });

  it("creates another one where the one that the search shows is gone", async (t) => {
    const setting = await openSetting(t);
    const first = await createCase({ ...inputs, keepOpen: true }, setting);
    setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 404 } } });
    assert.notEqual((await createCase(inputs, setting)).name, first.name);
    assert.deepEqual(states(setting), ["NEW", "CLOSED"]);
  });

  it("takes no case for its own that only mentions the marker", async (t) => {
    const setting = await openSetting(t);
    await createCase({ ...inputs, marker: `like ${inputs.marker}`, keepOpen: true }, setting);
    await createCase(inputs, setting);
    assert.deepEqual(states(setting), ["NEW", "CLOSED"]);
  });

  for (const lag of [0, 20_000])
    it(`finds the one whose creation's reply was lost, ${String(lag / 1000)} s later`, async (t) => {
      const setting = await openSetting(t);
      setting.cloud.faults.set({ searchLag: lag });
      setting.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: "reset-after-effect" });
      const { name } = await createCase(inputs, setting);
      assert.deepEqual(
        setting.cases().map((one) => [one.name, one.state]),
        [[name, "CLOSED"]],
      );
      assert.equal(setting.calls("CreateCase"), 1);
      assert.ok(setting.sleeps.length >= 1 && setting.sleeps.length <= 9, setting.sleeps.join());
    });

  it("finds the one that was created although Google answered an error", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({
      match: { rpc: "CreateCase" },
      effect: { error: { code: 504, afterEffect: true } },
    });
    await createCase(inputs, setting);
    assert.deepEqual(states(setting), ["CLOSED"]);
  });

  it("sends it again where none was found for half a minute, and logs the reason for the wait", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: { error: { code: 500 } } });
    await createCase(inputs, setting);
    assert.deepEqual(setting.sleeps, Array<number>(12).fill(2500));
    assert.deepEqual([states(setting), setting.calls("CreateCase")], [["CLOSED"], 2]);
    assert.deepEqual(setting.logged, [
      "it is not known whether Google has created the case; looking for it for up to 30 s, because Google's search is delayed",
      "still looking, 10 s so far",
      "still looking, 20 s so far",
    ]);
  });

  it("fails with one error where Google creates none, and creates it at the next try", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({ match: { rpc: "CreateCase", times: 2 }, effect: { error: { code: 500 } } });
    const { message } = await errorOf(createCase(inputs, setting));
    assert.match(
      message,
      /^creating the case failed 2 times, and no case was found within 30 s of each attempt; the next `pulumi up` looks for it first: POST \S+\/projects\/shop-dev\/cases: 500/,
    );
    assert.deepEqual([states(setting), setting.calls("CreateCase")], [[], 2]);
    await createCase({ ...inputs, isFirstAttempt: false }, setting);
    assert.deepEqual(states(setting), ["CLOSED"]);
  });

  it("looks for half a minute first where a former update may have created it", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.set({ searchLag: 20_000 });
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    const again = await createCase({ ...inputs, isFirstAttempt: false }, setting);
    assert.equal(again.name, name);
    assert.deepEqual([states(setting), setting.calls("CreateCase")], [["CLOSED"], 1]);
    assert.match(setting.logged.join(), /an earlier update may have created the case; looking for it for up to 30 s/);
  });

  it("is one for each of two stacks that onboard the same project at the same moment", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.set({ searchLag: 20_000 });
    const stacks = ["acme/customer-care/dev", "acme/landing-zone/dev"];
    const outputs = await Promise.all(
      stacks.map((stack) =>
        createCase({ ...inputs, keepOpen: true, marker: markerOf(stack, "testCase", `life of ${stack}`) }, setting),
      ),
    );
    assert.equal(new Set(outputs.map(({ name }) => name)).size, 2);
    assert.deepEqual(states(setting), ["NEW", "NEW"]);
    const [first = assert.fail(), second = assert.fail()] = outputs;
    await deleteCase(first.name, first, setting);
    const stateOf = (wanted: string) => setting.cases().find(({ name }) => name === wanted)?.state;
    assert.deepEqual([stateOf(first.name), stateOf(second.name)], ["CLOSED", "NEW"]);
  });

  for (const [what, differing] of [
    ["the same words", {}],
    ["other words", { description: "Other words" }],
  ] as const)
    it(`is refused while a case of another life with ${what} is open, which is not touched`, async (t) => {
      const setting = await openSetting(t);
      const { name } = await createCase({ ...inputs, keepOpen: true, ...differing }, setting);
      const before = structuredClone(setting.cases());
      const news = { ...inputs, marker: markerOf("acme/customer-care/dev", "testCase", "the next life") };
      const { message } = await errorOf(createCase(news, setting));
      assert.equal(
        message,
        `${name} is open and has this stack's name, but this state does not have it as its own: the config had adopted it, the state was lost, or another backend has a stack of the same name. ` +
          `Write adopt: ${name} in the test case to manage it here, close it, or write ignoreCases: [${name}] to leave it open and create another case`,
      );
      await createCase({ ...news, ignoreCases: [name] }, setting);
      assert.deepEqual(states(setting), ["NEW", "CLOSED"]);
      assert.deepEqual(setting.cases().slice(0, 1), before);
    });

  it("is not refused for a case of another life that was closed a moment ago, and is open to a search that lags", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase({ ...inputs, keepOpen: true }, setting);
    await setting.sleep(60_000);
    setting.cloud.faults.set({ searchLag: 20_000 });
    await deleteCase(outputs.name, outputs, setting);
    await createCase({ ...inputs, marker: markerOf("acme/customer-care/dev", "testCase", "the next life") }, setting);
    assert.deepEqual(states(setting), ["CLOSED", "CLOSED"]);
  });

  it("is refused while a real case of another life is open, which the error calls a real one", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true, testCase: false }, setting);
    const news = { ...inputs, marker: markerOf("acme/customer-care/dev", "testCase", "the next life") };
    const { message } = await errorOf(createCase(news, setting));
    assert.equal(
      message,
      `${name} is open and has this stack's name, but this state does not have it as its own: the config had adopted it, the state was lost, or another backend has a stack of the same name. ` +
        `${name} is a real case that Google's support team works on, and may belong to a person: do not close it from here. ` +
        `Write ignoreCases: [${name}] to leave it open and create another case`,
    );
  });

  it("reads no case that only quotes it, however often it looks", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    const [own = assert.fail()] = setting.cases();
    for (let id = 60000000; id < 60000050; id++)
      setting.cloud.state.cases.set(String(id), {
        ...structuredClone(own),
        name: `projects/shop-dev/cases/${String(id)}`,
        description: `I saw:\n${own.description}`,
        testCase: false,
      });
    remove(setting, name);
    const reads = setting.calls("GetCase");
    await createCase({ ...inputs, isFirstAttempt: false }, setting);
    assert.equal(setting.calls("GetCase"), reads);
    assert.equal(setting.calls("UpdateCase") + setting.calls("CloseCase"), 1);
  });

  it("is one for two updates of one life at the same time", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.set({ searchLag: 3_600_000 });
    const open = { ...inputs, keepOpen: true };
    const both = await Promise.all([createCase(open, setting), createCase(open, setting)]);
    assert.equal(new Set(both.map(({ name }) => name)).size, 1);
    assert.equal(states(setting).filter((state) => state !== "CLOSED").length, 1);
  });

  it("fails at once where Google refuses it", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: { error: { code: 403 } } });
    const error = await errorOf(createCase(inputs, setting));
    assert.ok(error instanceof GoogleError && error.status === 403);
    assert.deepEqual([states(setting), setting.sleeps], [[], []]);
  });

  it("returns the created case where it cannot be closed, and an update closes it", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({ match: { rpc: "CloseCase", times: 3 }, effect: { error: { code: 500 } } });
    const error = await errorOf(createCase(inputs, setting));
    const { id, properties, reasons } = error as Error & {
      id: string;
      properties: SupportCaseOutputs & { __provider: unknown };
      reasons: string[];
    };
    const [made] = setting.cases();
    assert.equal(id, made?.name);
    assert.deepEqual(properties, {
      ...inputs,
      name: made?.name,
      state: "NEW",
      createTime: "2026-10-01T09:00:00.000Z",
      comments: [],
      attachments: [],
      escalated: false,
      __provider: "the provider's text",
    });
    assert.deepEqual(reasons, [error.message]);
    assert.match(error.message, /^case \S+ could not be closed; the next `pulumi up` closes it: POST .*500/);
    assert.equal(difference(properties, inputs).changes, true);
    const { state } = await updateCase(id, properties, inputs, setting);
    assert.deepEqual([state, states(setting), setting.calls("CreateCase")], ["CLOSED", ["CLOSED"], 1]);
  });
});

describe("the marker of a case", () => {
  it("identifies its life by its end alone", () => {
    const other = `${inputs.marker}, of another resource`;
    const found = { description: `Words\n${other}` } as Case;
    assert.equal(isOfLife(found, inputs.marker), false);
    assert.equal(isOfLife({ description: `Words\n${inputs.marker}\n` } as Case, inputs.marker), true);
  });
});
