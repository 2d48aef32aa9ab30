/** The checks of a case's inputs, and its classification (components/supportCase/check.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { findClassification } from "../../../components/supportCase/create.ts";
import { changeable, fixed, unknownValue, valueOf } from "../../../components/supportCase/properties.ts";
import { inputProblems } from "../../../components/supportCase/check.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { errorOf } from "./setting.ts";

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

describe("the errors of the inputs", () => {
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
