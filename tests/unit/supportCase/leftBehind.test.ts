/** The cases that killed updates have left: which of them the next update closes (components/supportCase/find.ts). */
import assert from "node:assert/strict";
import { describe, it, vi } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import * as provider from "../../../components/supportCase/index.ts";
import type { FormerLife, MadeCaseInputs, SupportCaseInputs } from "../../../components/supportCase/index.ts";
import { version } from "../../../components/supportCase/properties.ts";
import { fingerprintOf } from "../../../components/supportCase/own.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { configOf, errorOf, remove, states } from "./setting.ts";

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

describe("a case that a killed update has left, whatever the config contains by then", () => {
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
