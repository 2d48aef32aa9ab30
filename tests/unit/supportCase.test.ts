/** The test case (components/supportCase/): its life with the real client and a local cloud, its differences, its checks. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, it, vi } from "vitest";
import type { TestContext } from "vitest";
import { createCase, findClassification } from "../../components/supportCase/create.ts";
import { difference, isEqual } from "../../components/supportCase/diff.ts";
import { assertEngineAlive } from "../../components/supportCase/write.ts";
import * as provider from "../../components/supportCase/index.ts";
import type {
  DefaultedField,
  FormerLife,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "../../components/supportCase/index.ts";
import { changeable, fixed, unknownValue, valueOf, version } from "../../components/supportCase/properties.ts";
import { inputProblems, keepOmittedFields } from "../../components/supportCase/check.ts";
import { deleteCase } from "../../components/supportCase/close.ts";
import { updateCase } from "../../components/supportCase/complete.ts";
import { readCase } from "../../components/supportCase/read.ts";
import { isOfLife, fingerprintOf, markerOf } from "../../components/supportCase/own.ts";
import { GoogleError } from "../../google/index.ts";
import type { Case } from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { inputs, openSetting } from "../support/caseSetting.ts";
import type { Setting } from "../support/caseSetting.ts";
import { recordingsIn } from "../support/compressed.ts";
import { withoutSection } from "../support/section.ts";

const states = (setting: Setting) => setting.cases().map(({ state }) => state);

/** As if somebody had removed it. */
const remove = ({ cloud }: Setting, name: string) => cloud.state.cases.delete(name.split("/").at(-1) ?? "");

async function errorOf(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => assert.fail("the call succeeded"),
    (error: unknown) => {
      assert.ok(error instanceof Error);
      return error;
    },
  );
}

function configOf(cloud: Cloud, token = "local-operator-token"): provider.Config {
  const config: Record<string, string | undefined> = { accessToken: token, ...cloud.gcpConfig };
  return { get: (key) => config[key.replace("gcp:", "")] };
}

describe("the creation of a case", () => {
  it("makes it as it is asked for, and closes it", async (t) => {
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

  it("leaves it open where keepOpen says so", async (t) => {
    const setting = await openSetting(t);
    const { state } = await createCase({ ...inputs, keepOpen: true }, setting);
    assert.deepEqual([state, states(setting), setting.calls("CloseCase")], ["NEW", ["NEW"], 0]);
  });

  it("keeps the provider's text out of the properties", async (t) => {
    const given = { ...inputs, __provider: "text" };
    assert.ok(!("__provider" in (await createCase(given, await openSetting(t)))));
  });

  it("makes no second one with the same marker", async (t) => {
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

  it("makes another one where only a closed one is found and it is to stay open", async (t) => {
    const setting = await openSetting(t);
    await createCase(inputs, setting);
    await createCase({ ...inputs, keepOpen: true }, setting);
    assert.deepEqual(states(setting), ["CLOSED", "NEW"]);
  });

  it("makes another one where the one that the search shows is gone", async (t) => {
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

  it("finds the one that was made although Google answered an error", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({
      match: { rpc: "CreateCase" },
      effect: { error: { code: 504, afterEffect: true } },
    });
    await createCase(inputs, setting);
    assert.deepEqual(states(setting), ["CLOSED"]);
  });

  it("sends it again where none was found for half a minute, and says what it waits for", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: { error: { code: 500 } } });
    await createCase(inputs, setting);
    assert.deepEqual(setting.sleeps, Array<number>(12).fill(2500));
    assert.deepEqual([states(setting), setting.calls("CreateCase")], [["CLOSED"], 2]);
    assert.deepEqual(setting.said, [
      "it is not known whether Google has created the case; looking for it for up to 30 s, because Google's search is delayed",
      "still looking, 10 s so far",
      "still looking, 20 s so far",
    ]);
  });

  it("fails with one error where Google makes none, and makes it at the next try", async (t) => {
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

  it("looks for half a minute first where a former update may have made it", async (t) => {
    const setting = await openSetting(t);
    setting.cloud.faults.set({ searchLag: 20_000 });
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    const again = await createCase({ ...inputs, isFirstAttempt: false }, setting);
    assert.equal(again.name, name);
    assert.deepEqual([states(setting), setting.calls("CreateCase")], [["CLOSED"], 1]);
    assert.match(setting.said.join(), /an earlier update may have created the case; looking for it for up to 30 s/);
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
        `${name} is open and has this stack's name, but this state did not create it: the state was lost, or another backend has a stack of the same name. ` +
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
      `${name} is open and has this stack's name, but this state did not create it: the state was lost, or another backend has a stack of the same name. ` +
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

  it("hands on what was made where it cannot be closed, and an update closes it", async (t) => {
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

describe("a case that a killed update has left in another place", () => {
  const open = { ...inputs, keepOpen: true };
  const [, , life = ""] = inputs.marker.split(", ");
  const moved: MadeCaseInputs = {
    ...open,
    parent: "projects/pay-dev",
    marker: inputs.marker.replace(life, "0d3f4a86-6d0c-4c0d-a6cb-6f2f0f0f6a11"),
    formerLives: [{ marker: inputs.marker, parent: inputs.parent }],
  };

  it("is closed before another one is created, once", async (t) => {
    const setting = await openSetting(t);
    const left = await createCase(open, setting);
    const { name } = await createCase(moved, setting);
    assert.match(name, /^projects\/pay-dev\//);
    assert.deepEqual(states(setting), ["CLOSED", "NEW"]);
    await createCase({ ...moved, isFirstAttempt: false }, setting);
    assert.deepEqual(states(setting), ["CLOSED", "NEW"]);
    assert.equal(setting.cloud.requests.filter(({ path }) => path.includes(`${left.name}:close`)).length, 1);
  });

  it("is named by an error where the config has other words by now, and is not touched", async (t) => {
    const setting = await openSetting(t);
    const left = await createCase(open, setting);
    const others = { ...moved, description: "Another test" };
    const { message } = await errorOf(createCase(others, setting));
    assert.equal(
      message,
      `${left.name} was created by an interrupted update of this stack, and is still open. Close it, or write ignoreCases: [${left.name}] in the test case to leave it open`,
    );
    assert.deepEqual(states(setting), ["NEW"]);
    await createCase({ ...others, ignoreCases: [left.name] }, setting);
    assert.deepEqual(states(setting), ["NEW", "NEW"]);
  });

  it("is neither another backend's case nor that of a copy of the stack", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase(open, setting);
    const own = setting.cases()[0] ?? assert.fail();
    remove(setting, name);
    for (const [id, marker] of [
      ["60000000", inputs.marker.replace(life, "a life of another backend")],
      ["60000001", inputs.marker.replace("/dev,", "/copy,")],
    ] as const)
      setting.cloud.state.cases.set(id, {
        ...structuredClone(own),
        name: `projects/shop-dev/cases/${id}`,
        description: `Other words\n\n${marker}`,
      });
    await createCase(moved, setting);
    assert.deepEqual(states(setting), ["NEW", "NEW", "NEW"]);
  });

  it("is reported by the preview: as one to close, or as an error where the config has other words by now", async (t) => {
    const setting = await openSetting(t);
    const { name } = await createCase(open, setting);
    const config = configOf(setting.cloud);
    const owner = "Pulumi stack acme/customer-care/dev, resource testCase";
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    assert.deepEqual((await provider.check({}, { ...moved, owner }, config)).failures, []);
    assert.deepEqual(log.mock.calls, [
      [`case ${name} was created by an update that did not end: the next update closes it before it creates another`],
    ]);
    const { failures } = await provider.check({}, { ...moved, owner, description: "Another test" }, config);
    assert.match(failures[0]?.reason ?? "", new RegExp(`^${name} was created by an interrupted update of this stack`));
    assert.deepEqual(states(setting), ["NEW"]);
  });

  it("is no case of a person that quotes it", async (t) => {
    const setting = await openSetting(t);
    await createCase(open, setting);
    const own = setting.cases()[0] ?? assert.fail();
    Object.assign(own, { testCase: false });
    await createCase(moved, setting);
    assert.deepEqual(states(setting), ["NEW", "NEW"]);
  });

  it("does not keep another one from being created where its project is deleted", async (t) => {
    const setting = await openSetting(t);
    await createCase(open, setting);
    setting.cloud.state.projects.delete("shop-dev");
    await createCase(moved, setting);
    assert.equal(states(setting).at(-1), "NEW");
  });
});

describe("a case that a killed update has left, whatever the config asks for by then", () => {
  const life = (number: number) => `00000000-0000-4000-8000-00000000000${String(number)}`;
  const owner = "Pulumi stack acme/customer-care/dev, resource testCase";
  /** What begins another life. */
  const changes: readonly Partial<MadeCaseInputs>[] = [
    { description: "Other" },
    { errorMessage: "Other" },
    { businessImpact: "Other impact" },
    { vmInstances: "vm-1" },
    { thirdPartyAuthorization: false },
    { channel: "chat" },
    { language: "ja" },
    { timeZone: "Asia/Tokyo" },
    { testCase: false },
    { classification: "Technical Issue > Storage > Cloud Storage > Performance" },
    { parent: "projects/pay-dev" },
    { parent: "organizations/123456789012" },
  ];
  const asked = (number: number, change: Partial<MadeCaseInputs>): MadeCaseInputs => ({
    ...inputs,
    keepOpen: true,
    owner,
    ...change,
    marker: `${owner}, ${life(number)}`,
  });
  const lifeOf = (made: MadeCaseInputs): FormerLife => ({
    marker: made.marker,
    parent: made.parent,
    ...fingerprintOf(made),
  });
  const adopted = (number: number, adopt: string, formerLives: readonly FormerLife[]): SupportCaseInputs => ({
    version,
    parent: "projects/shop-dev",
    marker: `${owner}, ${life(number)}`,
    owner,
    keepOpen: false,
    adopt,
    formerLives,
  });

  for (const first of changes)
    it(`is closed before another is created, after two kills (${JSON.stringify(first)}, then each other change)`, async (t) => {
      const setting = await openSetting(t);
      for (const second of changes) {
        const before = setting.cases().length;
        const [one, two] = [asked(1, first), { ...asked(2, second), formerLives: [lifeOf(asked(1, first))] }];
        const three = { ...asked(3, {}), formerLives: [lifeOf(two), lifeOf(one)] };
        for (const each of [one, two, three]) await createCase(each, setting);
        assert.deepEqual(states(setting).slice(before), ["CLOSED", "CLOSED", "NEW"], JSON.stringify(second));
        const [last = assert.fail()] = setting.cases().slice(-1);
        await setting.api.closeCase(last.name);
        for (const { name } of setting.cases()) remove(setting, name);
      }
    });

  it("is closed where another case is adopted, and not closed where it is the one", async (t) => {
    const setting = await openSetting(t);
    const left = await createCase(asked(1, {}), setting);
    const other = setting.cloud.state.cases.get("43595344")?.name ?? assert.fail();
    const taken = await createCase(adopted(2, left.name, [lifeOf(asked(1, {}))]), setting);
    assert.deepEqual([taken.name, states(setting)], [left.name, ["NEW"]]);
    assert.equal((await createCase(adopted(3, other, [lifeOf(asked(1, {}))]), setting)).name, other);
    assert.deepEqual(states(setting), ["CLOSED"]);
  });

  it("is an error without ignoreCases where another case is adopted and its words are not known", async (t) => {
    const setting = await openSetting(t);
    const left = await createCase(asked(1, {}), setting);
    const other = setting.cloud.state.cases.get("43595344")?.name ?? assert.fail();
    const { marker, parent } = asked(1, {});
    const { message } = await errorOf(createCase(adopted(2, other, [{ marker, parent }]), setting));
    assert.equal(
      message,
      `${left.name} was created by an interrupted update of this stack, and is still open. Close it`,
    );
  });

  it("is closed where a newer release has other words in the same life, and gone on with where it has not", async (t) => {
    const setting = await openSetting(t);
    const before = asked(1, {});
    await createCase(before, setting);
    await createCase({ ...before, formerLives: [lifeOf(before)] }, setting);
    assert.deepEqual(states(setting), ["NEW"]);
    await createCase({ ...before, errorMessage: "Words of today", formerLives: [lifeOf(before)] }, setting);
    assert.deepEqual(states(setting), ["CLOSED", "NEW"]);
  });

  it("differs from a person's test case that quotes it in other words, which stops no update", async (t) => {
    const setting = await openSetting(t);
    await createCase(asked(1, {}), setting);
    const [own = assert.fail()] = setting.cases();
    const quote = { name: "projects/shop-dev/cases/60000000", description: `I saw this:\n\n${own.description}` };
    setting.cloud.state.cases.set("60000000", { ...structuredClone(own), ...quote });
    await createCase({ ...asked(2, { description: "Other" }), formerLives: [lifeOf(asked(1, {}))] }, setting);
    assert.deepEqual(states(setting), ["CLOSED", "NEW", "NEW"]);
  });
});

describe("the marker of a case", () => {
  it("tells its life by its end alone", () => {
    const other = `${inputs.marker}, of another resource`;
    const found = { description: `Words\n${other}` } as Case;
    assert.equal(isOfLife(found, inputs.marker), false);
    assert.equal(isOfLife({ description: `Words\n${inputs.marker}\n` } as Case, inputs.marker), true);
  });
});

describe("the update of a case", () => {
  it("changes what the API can change, and nothing else", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase({ ...inputs, keepOpen: true }, setting);
    const news = { ...inputs, keepOpen: true, priority: "P3" as const };
    assert.deepEqual(await updateCase(olds.name, olds, news, setting), { ...olds, priority: "P3" });
    assert.partialDeepStrictEqual(setting.cases()[0], {
      priority: "P3",
      displayName: "Test issue",
      subscriberEmailAddresses: ["a@example.com", "b@example.com"],
      state: "NEW",
    });
  });

  it("closes it where it is no longer to stay open, once it has the new fields", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase({ ...inputs, keepOpen: true }, setting);
    const news = { ...inputs, displayName: "Renamed" };
    assert.equal((await updateCase(olds.name, olds, news, setting)).state, "CLOSED");
    assert.partialDeepStrictEqual(setting.cases()[0], { displayName: "Renamed", state: "CLOSED" });
  });

  it("brings an older state up to today's version without a change to the case", async (t) => {
    const setting = await openSetting(t);
    const olds = { ...(await createCase(inputs, setting)), version: 0 };
    assert.equal((await updateCase(olds.name, olds, inputs, setting)).version, version);
    assert.equal(setting.calls("UpdateCase"), 0);
  });

  it("says that a closed one cannot be changed", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase(inputs, setting);
    const { message } = await errorOf(updateCase(olds.name, olds, { ...inputs, priority: "P3" }, setting));
    assert.equal(
      message,
      `case ${olds.name} could not be changed (priority): it is closed, and a closed case cannot be changed; undo that in the config, or replace the case and the Stash with the same name with \`pulumi up --replace\``,
    );
  });

  it("names both resources in the command that replaces it, as a shell takes them", async (t) => {
    const setting = await openSetting(t);
    const urns = ["urn:pulumi:dev::p::a$b::c", "urn:pulumi:dev::p::a$Stash::it's"];
    const asked = { ...inputs, urns };
    const olds = await createCase(asked, setting);
    const { message } = await errorOf(updateCase(olds.name, olds, { ...asked, priority: "P3" }, setting));
    assert.ok(
      message.endsWith(
        `or replace the case and its life: pulumi up --replace 'urn:pulumi:dev::p::a$b::c' --replace 'urn:pulumi:dev::p::a$Stash::it'\\''s'`,
      ),
      message,
    );
  });

  it("says that it is gone", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase(inputs, setting);
    remove(setting, olds.name);
    assert.match(
      (await errorOf(updateCase(olds.name, olds, inputs, setting))).message,
      /does not exist any more\. Run `pulumi refresh`/,
    );
  });
});

describe("the difference between a case and what is asked for", () => {
  const closed: SupportCaseOutputs = { ...inputs, name: "projects/shop-dev/cases/1", state: "CLOSED", createTime: "" };
  const isOpen: SupportCaseOutputs = { ...closed, keepOpen: true, state: "NEW" };
  const others: Readonly<Record<string, unknown>> = {
    adopt: "projects/shop-dev/cases/2",
    parent: "projects/shop-prod",
    classification: "Technical Issue > Storage > Cloud Storage",
    description: "Another",
    errorMessage: "Another",
    businessImpact: "Another",
    vmInstances: "another",
    thirdPartyAuthorization: false,
    channel: "chat",
    language: "fr",
    timeZone: undefined,
    testCase: false,
    displayName: "Another",
    priority: "P3",
    subscriberEmailAddresses: [],
  };
  const file = { path: "a/a.txt", filename: "a.txt", sha256: "1" };
  const escalation = { reason: "businessImpact", justification: "Nobody can pay" } as const;
  const { version, parent, marker } = inputs;
  const adoptedInputs: SupportCaseInputs = { version, parent, marker, keepOpen: false, adopt: closed.name };
  const adopted: SupportCaseOutputs = { ...adoptedInputs, name: closed.name, state: "NEW", createTime: "" };
  type Row = [what: string, olds: SupportCaseOutputs, news: SupportCaseInputs, changes: boolean, replaces: string[]];
  const rows: Row[] = [
    ["nothing", closed, inputs, false, []],
    ["nothing of an open one", isOpen, { ...inputs, keepOpen: true }, false, []],
    ["the marker", closed, { ...inputs, marker: "another" }, false, []],
    ["the version of the state", { ...closed, version: 0 }, inputs, true, []],
    ["an open one is no longer to stay open", isOpen, inputs, true, []],
    ["a closed one is to stay open", closed, { ...inputs, keepOpen: true }, true, ["keepOpen"]],
    [
      "one that could not be closed is to stay open",
      { ...closed, state: "NEW" },
      { ...inputs, keepOpen: true },
      true,
      [],
    ],
    ["one that could not be closed", { ...closed, state: "NEW" }, inputs, true, []],
    ["one to stay open that somebody closed", { ...isOpen, state: "CLOSED" }, { ...inputs, keepOpen: true }, false, []],
    [
      "the provider's text",
      { ...closed, ...{ __provider: "old" } },
      { ...inputs, ...{ __provider: "new" } },
      false,
      [],
    ],
    ["a comment", isOpen, { ...inputs, keepOpen: true, comments: ["One"] }, true, []],
    [
      "a comment that is made",
      { ...isOpen, comments: [" One\n"] },
      { ...inputs, keepOpen: true, comments: ["One"] },
      false,
      [],
    ],
    [
      "a comment that is no longer asked for",
      { ...isOpen, comments: ["One"] },
      { ...inputs, keepOpen: true },
      false,
      [],
    ],
    ["an attachment", isOpen, { ...inputs, keepOpen: true, attachments: [file] }, true, []],
    [
      "another content",
      { ...isOpen, attachments: [{ ...file, sha256: "0" }] },
      { ...inputs, keepOpen: true, attachments: [file] },
      true,
      [],
    ],
    [
      "an uploaded file elsewhere",
      { ...isOpen, attachments: [file] },
      { ...inputs, keepOpen: true, attachments: [{ ...file, path: "b/a.txt" }] },
      false,
      [],
    ],
    ["an escalation", isOpen, { ...inputs, keepOpen: true, escalation }, true, []],
    ["an escalated one", { ...isOpen, escalated: true }, { ...inputs, keepOpen: true, escalation }, false, []],
    ["an adopted one", adopted, adoptedInputs, false, []],
    ["its own, adopted", { ...closed, closeOnDestroy: false } as SupportCaseOutputs, adoptedInputs, true, []],
    ["an adopted one that somebody closed", { ...adopted, state: "CLOSED" }, adoptedInputs, false, []],
    ["another one to adopt", adopted, { ...adoptedInputs, adopt: "projects/shop-dev/cases/2" }, true, ["adopt"]],
    [
      "an adopted one that is named by its project's number",
      { ...adopted, adopt: "projects/100000000001/cases/1" },
      { ...adoptedInputs, adopt: "projects/100000000001/cases/1" },
      false,
      [],
    ],
    ["the one that it has is adopted", isOpen, { ...adoptedInputs, adopt: isOpen.name }, true, []],
    ["whether an adopted one is closed", adopted, { ...adoptedInputs, closeOnDestroy: true }, true, []],
    ["the priority of an adopted one", adopted, { ...adoptedInputs, priority: "P3" }, true, []],
    ["an absent and an empty time zone", { ...closed, timeZone: undefined }, { ...inputs, timeZone: "" }, false, []],
    ...fixed.map((key): Row => [key, closed, { ...inputs, [key]: others[key] }, true, [key]]),
    ...fixed.map((key): Row => [
      `${key}, open`,
      isOpen,
      { ...inputs, keepOpen: true, [key]: others[key] },
      true,
      [key],
    ]),
    ...changeable.map((key): Row => [key, closed, { ...inputs, [key]: others[key] }, true, []]),
  ];

  it("is known for every input", () => {
    const known: string[] = [...fixed, ...changeable, "version", "marker", "keepOpen", "isFirstAttempt"];
    assert.deepEqual(known.sort(), [...Object.keys(inputs), "adopt"].sort());
  });

  for (const [what, olds, news, changes, replaces] of rows)
    it(`is ${replaces.length > 0 ? "another case" : changes ? "an update" : "none"}: ${what}`, async () => {
      const expected = { changes, replaces, deleteBeforeReplace: true };
      assert.deepEqual(difference(olds, news), expected);
      assert.deepEqual(await provider.diff(olds.name, olds, news), expected);
    });

  it("does not tell what is absent from what is empty", () => {
    for (const [one, other] of [
      [undefined, null],
      [undefined, ""],
      [[], undefined],
    ])
      assert.equal(isEqual(one, other), true);
    assert.equal(isEqual(undefined, false), false);
  });
});

describe("what the config leaves out", () => {
  const folders = ["../engine/states/", "../engine/states/names/", "../package/states/"];
  const recorded = folders.flatMap((folder) => {
    return recordingsIn(new URL(folder, import.meta.url)).flatMap(({ name: file, value }) => {
      const found = value as { state?: State } & State;
      const { resources } = (found.state ?? found).deployment ?? assert.fail(file);
      return resources.filter(({ type }) => type.endsWith(":SupportCase")).map((one) => ({ file, ...one }));
    });
  });
  interface State {
    readonly deployment?: {
      readonly resources: readonly { type: string; inputs: SupportCaseInputs; outputs: SupportCaseOutputs }[];
    };
  }
  const leftOut = Object.keys(testCaseDefaults) as DefaultedField[];
  const others: Record<DefaultedField, unknown> = {
    classification: "Technical Issue > Storage > Cloud Storage",
    displayName: "Another",
    description: "Another",
    errorMessage: "Another",
    businessImpact: "Another",
    vmInstances: "another",
    priority: "P3",
    channel: "chat",
    language: "fr",
    thirdPartyAuthorization: false,
  };
  const released = (fields: readonly DefaultedField[]) =>
    Object.fromEntries(fields.map((field) => [field, others[field]]));

  it("is no difference, whichever of the guide's words a newer release changes, over every recorded state", () => {
    assert.ok(recorded.length >= 3);
    for (const { file, inputs: olds, outputs } of recorded)
      for (const state of ["NEW", "CLOSED"] as const)
        for (const fields of [...leftOut.map((field) => [field]), leftOut]) {
          const program = { ...olds, ...released(fields), leftOut } as SupportCaseInputs;
          const checked = keepOmittedFields(olds, program);
          const { changes, replaces } = difference({ ...outputs, state }, checked);
          assert.deepEqual([changes && state !== "NEW", replaces], [false, []], `${file} ${fields.join()}`);
          if (outputs.keepOpen) assert.equal(changes, false, `${file} ${fields.join()}`);
          // The state that has it then is as good as the older one.
          const again = keepOmittedFields(checked, { ...program, ...released(leftOut) });
          assert.equal(difference(outputs, again).changes, difference(outputs, checked).changes);
        }
  });

  it("has the guide's words again where it was taken out, as far as the case is open", () => {
    const open = { ...inputs, keepOpen: true };
    const written = leftOut.filter((field) => field !== "priority");
    const olds = { ...open, priority: "P3", leftOut: written } as const;
    const news = keepOmittedFields(olds, { ...open, leftOut });
    const outputs: SupportCaseOutputs = { ...olds, name: "projects/shop-dev/cases/1", state: "NEW", createTime: "" };
    assert.deepEqual(difference(outputs, news), { changes: true, replaces: [], deleteBeforeReplace: true });
    assert.equal(difference({ ...outputs, state: "CLOSED" }, news).changes, false);
    // And stays so, though a newer release has others, or somebody changes it.
    const later = keepOmittedFields(news, { ...open, priority: "P2", leftOut });
    assert.equal(valueOf(later, "priority"), "P4");
  });

  it("is no difference where somebody has changed it at Google", () => {
    const outputs = { ...inputs, leftOut, name: "projects/shop-dev/cases/1", state: "CLOSED", createTime: "" } as const;
    const drifted = { ...outputs, priority: "P1", displayName: "Renamed by an agent" } as const;
    assert.equal(difference(drifted, { ...inputs, leftOut }).changes, false);
  });
});

describe("the reading of a case", () => {
  it("answers the same where nothing has changed", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    assert.deepEqual(await readCase(outputs.name, outputs, setting), outputs);
  });

  it("tells what has changed", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase({ ...inputs, keepOpen: true }, setting);
    Object.assign(setting.cases()[0] ?? {}, {
      displayName: "Renamed",
      priority: "P2",
      subscriberEmailAddresses: ["z@example.com", "c@example.com"],
      state: "IN_PROGRESS_GOOGLE_SUPPORT",
    });
    const read = await readCase(outputs.name, outputs, setting);
    assert.deepEqual(read, {
      ...outputs,
      displayName: "Renamed",
      priority: "P2",
      subscriberEmailAddresses: ["c@example.com", "z@example.com"],
      state: "IN_PROGRESS_GOOGLE_SUPPORT",
    });
    assert.deepEqual(difference(read ?? assert.fail(), { ...inputs, keepOpen: true }).changes, true);
  });

  it("tells of an escalation, and keeps the version that made it", async (t) => {
    const setting = await openSetting(t);
    const outputs = { ...(await createCase({ ...inputs, keepOpen: true }, setting)), version: 0 };
    Object.assign(setting.cases()[0] ?? {}, { escalated: true });
    const read = (await readCase(outputs.name, outputs, setting)) ?? assert.fail();
    assert.deepEqual([read.escalated, read.version], [true, 0]);
  });

  it("answers nothing of one that is gone", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    remove(setting, outputs.name);
    assert.equal(await readCase(outputs.name, outputs, setting), undefined);
  });

  it("fails where it is not allowed: the case may still be there", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403 } } });
    assert.match((await errorOf(readCase(outputs.name, outputs, setting))).message, /403/);
  });
});

describe("what is added to a case", () => {
  const bytes = Uint8Array.from([0, 1, 255]);
  const file = { path: "logs/boot.bin", filename: "boot.bin", sha256: provider.sha256(bytes) };
  const escalation = { reason: "businessImpact", justification: "Nobody can pay" } as const;
  const asked: SupportCaseInputs = {
    ...inputs,
    keepOpen: true,
    comments: ["One", "Two"],
    attachments: [file],
    escalation,
  };

  async function openWithFile(t: TestContext): Promise<Setting> {
    const setting = await openSetting(t);
    setting.files.set(file.path, bytes);
    return setting;
  }

  const added = (setting: Setting) =>
    setting
      .cases()
      .map(({ comments, attachments, escalated }) => [
        comments.map(({ body }) => body),
        attachments.map(({ filename, bytes: content }) => `${filename} ${content.toString("hex")}`),
        escalated,
      ]);
  const all = [["One", "Two"], ["boot.bin 0001ff"], true];

  it("is added once, in its order, and before the case is closed", async (t) => {
    const setting = await openWithFile(t);
    const outputs = await createCase({ ...asked, keepOpen: false }, setting);
    assert.deepEqual([added(setting), states(setting)], [[all], ["CLOSED"]]);
    assert.deepEqual(outputs.comments, ["One", "Two"]);
    assert.deepEqual(outputs.attachments, [{ filename: "boot.bin", sha256: file.sha256 }]);
    assert.equal(outputs.escalated, true);
  });

  it("is not added again, neither by an update nor after a lost state", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    await updateCase(olds.name, olds, asked, setting);
    await createCase({ ...asked, isFirstAttempt: false }, setting);
    assert.deepEqual(added(setting), [all]);
  });

  it("is known to be done: Google is asked for none of it again", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    const questions = ["ListComments", "ListAttachments", "EscalateCase"];
    const before = questions.map((rpc) => setting.calls(rpc));
    // Google has ended the escalation since.
    Object.assign(setting.cases()[0] ?? {}, { escalated: false });
    const outputs = await updateCase(olds.name, olds, { ...asked, priority: "P3" }, setting);
    assert.deepEqual(
      questions.map((rpc) => setting.calls(rpc)),
      before,
    );
    assert.deepEqual({ ...outputs, priority: olds.priority }, olds);
  });

  for (const method of ["getCase", "createComment", "uploadAttachment"] as const)
    it(`is added once by two updates at the same time, the second of which comes after a ${method} of the first`, async (t) => {
      const setting = await openWithFile(t);
      const olds = await createCase({ ...inputs, keepOpen: true }, setting);
      let isAlone = true;
      const api = setting.api as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
      const withSecond = async (...given: unknown[]) => {
        const reply = await api[method]?.(...given);
        if (isAlone) {
          isAlone = false;
          await updateCase(olds.name, olds, asked, setting);
        }
        return reply;
      };
      await updateCase(olds.name, olds, asked, { ...setting, api: { ...setting.api, [method]: withSecond } });
      assert.equal(isAlone, false);
      assert.deepEqual(added(setting), [all]);
      assert.equal(setting.calls("EscalateCase"), 1);
    });

  it("is added later, to what is there", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase({ ...inputs, keepOpen: true, comments: ["One"] }, setting);
    const outputs = await updateCase(olds.name, olds, asked, setting);
    assert.deepEqual(added(setting), [all]);
    assert.equal(difference(outputs, asked).changes, false);
  });

  it("holds no byte and no path of a file in the state", async (t) => {
    const setting = await openWithFile(t);
    assert.doesNotMatch(JSON.stringify(await createCase(asked, setting)), /logs|AAH\/|0001ff/);
  });

  it("is another attachment where the content is another, though the name is the same", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    const other = Uint8Array.from([7]);
    setting.files.set("new/boot.bin", other);
    const news = { ...asked, attachments: [{ ...file, path: "new/boot.bin", sha256: provider.sha256(other) }] };
    await updateCase(olds.name, olds, news, setting);
    assert.deepEqual(added(setting)[0]?.[1], ["boot.bin 0001ff", "boot.bin 07"]);
  });

  it("is what the preview has shown: a file that has changed since is not uploaded", async (t) => {
    const setting = await openWithFile(t);
    setting.files.set(file.path, Uint8Array.from([9]));
    const { message } = await errorOf(createCase(asked, setting));
    assert.match(message, /did not get the attachment "logs\/boot.bin": the file has changed since the preview/);
    assert.deepEqual(added(setting), [[["One", "Two"], [], false]]);
  });

  it("is not asked of a case that is closed", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(inputs, setting);
    for (const [more, what] of [
      [{ comments: ["One"] }, "could not be commented on"],
      [{ attachments: [file] }, 'did not get the attachment "logs/boot.bin"'],
      [{ escalation }, "could not be escalated"],
    ] as const) {
      const { message } = await errorOf(updateCase(olds.name, olds, { ...inputs, ...more }, setting));
      assert.ok(
        message.startsWith(`case ${olds.name} ${what}: it is closed, and a closed case cannot be changed`),
        message,
      );
    }
    assert.equal(setting.calls("CreateComment") + setting.calls("UploadMedia") + setting.calls("EscalateCase"), 0);
  });

  it("is not escalated again once Google has ended the escalation", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    Object.assign(setting.cases()[0] ?? {}, { escalated: false });
    const read = (await readCase(olds.name, olds, setting)) ?? assert.fail();
    assert.equal(difference(read, asked).changes, false);
  });

  for (const rpc of ["CreateComment", "UploadMedia", "EscalateCase", "UpdateCase", "CloseCase"])
    for (const effect of ["reset-before-effect", "reset-after-effect"] as const)
      it(`is looked for before it is sent again: ${rpc}, ${effect}`, async (t) => {
        const setting = await openWithFile(t);
        const olds = await createCase({ ...inputs, keepOpen: true }, setting);
        setting.cloud.faults.add({ match: { rpc }, effect });
        const news = { ...asked, keepOpen: false, priority: "P3" as const };
        assert.equal((await updateCase(olds.name, olds, news, setting)).state, "CLOSED");
        assert.deepEqual(added(setting), [all]);
        const others = rpc === "CreateComment" ? 1 : 0;
        assert.equal(setting.calls(rpc), others + (effect === "reset-before-effect" ? 2 : 1));
      });
});

describe("the adoption of a case", () => {
  const name = "projects/shop-dev/cases/43595344";
  const { version: shape, parent, marker } = inputs;
  const asked: SupportCaseInputs = { version: shape, parent, marker, keepOpen: false, adopt: name };
  const adoptedCase = ({ cloud }: Setting) => cloud.state.cases.get("43595344") ?? assert.fail();

  it("changes nothing, and knows no more of it than is asked for", async (t) => {
    const setting = await openSetting(t);
    const before = structuredClone(adoptedCase(setting));
    const outputs = await createCase(asked, setting);
    assert.deepEqual(adoptedCase(setting), before);
    assert.deepEqual(
      setting.cloud.requests.map(({ rpc }) => rpc),
      ["GetCase"],
    );
    assert.equal(outputs.name, name);
    assert.equal(difference(outputs, asked).changes, false);
    assert.deepEqual(await readCase(name, outputs, setting), outputs);
    assert.doesNotMatch(JSON.stringify(outputs), /someone-else/);
  });

  it("leaves it open when it ends, and closes it only where that is asked for", async (t) => {
    const setting = await openSetting(t);
    await deleteCase(name, asked, setting);
    assert.equal(adoptedCase(setting).state, "IN_PROGRESS_GOOGLE_SUPPORT");
    await deleteCase(name, { ...asked, closeOnDestroy: true }, setting);
    assert.equal(adoptedCase(setting).state, "CLOSED");
  });

  it("changes what can be changed, once it is adopted", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(asked, setting);
    await updateCase(name, outputs, { ...asked, priority: "P2", comments: ["Hello"] }, setting);
    assert.equal(adoptedCase(setting).priority, "P2");
    assert.deepEqual(adoptedCase(setting).subscriberEmailAddresses, ["someone-else@example.com"]);
    assert.equal(adoptedCase(setting).comments.at(-1)?.body, "Hello");
  });

  it("is refused with all that speaks against it", async (t) => {
    const setting = await openSetting(t);
    const { name: another } = await createCase({ ...inputs, keepOpen: true }, setting);
    const marked = { ...asked, adopt: another, marker: provider.markerOf("acme/customer-care/prod", "testCase", "1") };
    const { message } = await errorOf(createCase({ ...marked, priority: "P2", displayName: "Another" }, setting));
    assert.equal(
      message,
      `case ${another} cannot be adopted: its displayName is "Test issue", and the config has "Another"; write the value of the case; ` +
        'its priority is "P4", and the config has "P2"; write the value of the case; ' +
        "it belongs to Pulumi stack acme/customer-care/dev, resource testCase; remove it from that stack first",
    );
    assert.equal(setting.calls("UpdateCase"), 0);
    assert.match(
      (await errorOf(createCase({ ...asked, adopt: "projects/shop-dev/cases/7" }, setting))).message,
      /^case projects\/shop-dev\/cases\/7 was not found; write the name of a case/,
    );
  });

  it("is reported in the preview where it is of another project", () => {
    const problems = (adopt: string) => inputProblems({ ...asked, adopt }).map(({ property }) => property);
    assert.deepEqual(problems("projects/pay-dev/cases/1"), ["adopt"]);
    assert.deepEqual(problems("shop-dev/1"), ["adopt"]);
    assert.deepEqual(problems("projects/100000000001/cases/1"), []);
    assert.deepEqual(problems(unknownValue), []);
  });
});

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

  it("fails where the API that would tell of its project is disabled", async (t) => {
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

describe("the engine", () => {
  const listening = async (t: TestContext) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.onTestFinished(() => void server.close());
    return { server, address: `127.0.0.1:${String((server.address() as AddressInfo).port)}` };
  };

  it("is there while it takes connections", async (t) => {
    const { server, address } = await listening(t);
    await assertEngineAlive(address);
    server.close();
    await assert.rejects(assertEngineAlive(address), /Pulumi is no longer running, so nothing more is sent/);
  });

  it("is not asked for where none has started the process", async () => {
    for (const argument of [undefined, "", "case", "tests/unit/supportCase.test.ts"]) await assertEngineAlive(argument);
  });

  it("that has ended has nothing more sent for it", async (t) => {
    const { server, address } = await listening(t);
    const setting = await openSetting(t, undefined, () => assertEngineAlive(address));
    const { name } = await createCase({ ...inputs, keepOpen: true }, setting);
    server.close();
    const { message } = await errorOf(deleteCase(name, inputs, setting));
    assert.match(message, /Pulumi is no longer running/);
    assert.equal(setting.calls("CloseCase"), 0);
    assert.deepEqual(states(setting), ["NEW"]);
  });

  for (const isKept of [true, false])
    it(`that is killed leaves ${isKept ? "a process that is silent" : "Pulumi's own process without an end of errors"}`, async () => {
      // As Pulumi's process for dynamic providers has it.
      const program = `
        import { ignoreClosedPipes } from ${JSON.stringify(new URL("../../components/supportCase/write.ts", import.meta.url).href)};
        let errors = 0;
        process.on("uncaughtException", (error) => {
          errors += 1;
          if (errors < 20) console.error(error.stack);
        });
        ${isKept ? "ignoreClosedPipes();" : ""}
        process.once("message", async () => {
          for (let turn = 0; turn < 20; turn += 1) {
            console.log("a message");
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
          process.send(errors, () => process.exit());
        });
        process.send("ready");`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      const [ready] = (await once(child, "message")) as [unknown];
      assert.equal(ready, "ready");
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.send("the pipes are closed");
      const [errors] = (await once(child, "message")) as [number];
      assert.equal(errors > 0, !isKept);
    });
});

describe("the classification", () => {
  const name = "Technical Issue > Compute > Compute Engine";

  for (const spelled of [
    name,
    name.toLowerCase(),
    "Technical Issue>Compute>Compute Engine",
    `  ${name.toUpperCase()}  `,
  ])
    it(`is found as ${JSON.stringify(spelled)}`, async (t) => {
      const { api } = await openSetting(t);
      assert.equal((await findClassification(api, spelled, inputs.parent)).displayName, name);
    });

  it("that is not found is reported with the three most similar names", async (t) => {
    const { api } = await openSetting(t);
    const { message } = await errorOf(
      findClassification(api, "Technical Issue > Compute > Compute Engin", inputs.parent),
    );
    const [wanted, ...near] = message.match(/"[^"]+"/g) ?? [];
    assert.equal(wanted, '"Technical Issue > Compute > Compute Engin"');
    assert.equal(near.length, 3);
    assert.equal(near[0], JSON.stringify(name));
  });

  it("is suggested by its last part, which is what people remember", async (t) => {
    const { api } = await openSetting(t);
    const { message } = await errorOf(findClassification(api, "compute engine", inputs.parent));
    assert.match(message, /the closest are "Technical Issue > Compute > Compute Engine"/);
  });

  it("that is deactivated is neither found nor suggested", async (t) => {
    const { api, cloud } = await openSetting(t);
    const classification = cloud.state.caseClassifications.find(({ displayName }) => displayName === name);
    assert.ok(classification !== undefined);
    classification.deactivateTime = "2026-09-30T00:00:00Z";
    const { message } = await errorOf(findClassification(api, name, inputs.parent));
    assert.ok(message.startsWith(`classification "${name}" was not found; the closest are `), message);
    assert.ok(!message.slice(message.indexOf(";")).includes(`"${name}"`), message);
  });

  it("is reported as not visible if there is none", async (t) => {
    const { api, cloud } = await openSetting(t);
    cloud.state.caseClassifications.length = 0;
    const { message } = await errorOf(findClassification(api, name, inputs.parent));
    assert.match(message, /check that the caller can list classifications$/);
  });
});

describe("what is wrong with the inputs", () => {
  const wrong = (changes: Readonly<Record<string, unknown>>) => inputProblems({ ...inputs, ...changes });

  it("is nothing where they are right, or known only later", () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ parent: "organizations/123456789012", channel: "chat" }), []);
    for (const key of [...fixed.filter((name) => name !== "adopt"), ...changeable, "marker"])
      assert.deepEqual(wrong({ [key]: unknownValue }), [], key);
    assert.deepEqual(wrong({ channel: "chat", language: unknownValue }), []);
  });

  const rows: [changes: Record<string, string>, property: string, reason: RegExp][] = [
    [{ parent: "shop-dev" }, "parent", /projects\/ID or organizations\/NUMBER/],
    [{ parent: "folders/1" }, "parent", /projects\/ID/],
    [{ parent: "projects/shop-dev/cases" }, "parent", /projects\/ID/],
    [{ priority: "P0" }, "priority", /not a priority of a case; write P1, P2, P3, P4$/],
    [{ channel: "phone" }, "channel", /write email, chat$/],
    [{ language: "de" }, "language", /write en, fr, ja, ko, zh-CN, zh-TW$/],
    [{ channel: "chat", language: "fr" }, "channel", /chat is available only in English, and the language is fr$/],
    [{ classification: " " }, "classification", /must not be blank/],
    [{ displayName: "" }, "displayName", /must not be blank/],
    [{ description: "\n" }, "description", /must not be blank/],
  ];
  for (const [changes, property, reason] of rows)
    it(`is reported: ${JSON.stringify(changes)}`, () => {
      const problems = wrong(changes);
      assert.deepEqual(
        problems.map((problem) => problem.property),
        [property],
      );
      assert.match(problems[0]?.reason ?? "", reason);
    });

  it("never names what has personal data", () => {
    const person = "ada@example.com";
    const problems = wrong({
      parent: "folders/1",
      priority: "P9",
      channel: "chat",
      language: "de",
      classification: " ",
      displayName: " ",
      description: " ",
      errorMessage: person,
      businessImpact: person,
      vmInstances: person,
      marker: person,
      subscriberEmailAddresses: [person],
    });
    assert.equal(problems.length, 7);
    for (const { property, reason } of problems) {
      assert.ok(!reason.includes(person), reason);
      // The engine prints the property's value.
      assert.ok(!JSON.stringify(valueOf({ ...inputs, [property]: " " }, property)).includes("@"), property);
    }
  });
});

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

  it("tells in the preview that a classification does not exist", async (t) => {
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

  it("keeps whether the first attempt made it, and knows nothing of it in an older state", async (t) => {
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

  it("lets the preview continue where Google cannot be asked yet", async (t) => {
    const { cloud } = await openSetting(t);
    cloud.faults.add({ match: { rpc: "SearchCaseClassifications" }, effect: { error: { code: 403 } } });
    const news = { ...inputs, classification: "Compute" };
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    assert.deepEqual((await provider.check({}, news, configOf(cloud))).failures, []);
    assert.deepEqual(
      said.mock.calls.map(([text]) => String(text).slice(0, 71)),
      ['the classification "Compute" could not be checked in the preview: GET 1'],
    );
  });

  it("says nothing of the guide's own classification where Google cannot be asked yet", async (t) => {
    const { cloud } = await openSetting(t);
    cloud.faults.add({ match: { rpc: "SearchCaseClassifications" }, effect: { error: { code: 403 } } });
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    assert.deepEqual((await provider.check({}, inputs, configOf(cloud))).failures, []);
    assert.equal(said.mock.calls.length, 0);
  });
});
