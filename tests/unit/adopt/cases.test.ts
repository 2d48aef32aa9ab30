/** Which open cases `care adopt` suggests as the test case. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { needsDecision } from "../../../care/adopt/adoption.ts";
import { jsonOf } from "../../../care/adopt/json.ts";
import { textOf } from "../../../care/adopt/text.ts";
import { check } from "../../../onboarding/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { adopting, here } from "./adopting.ts";

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

describe("an open case that may be the test case", () => {
  const config = (more: object = {}) => ({
    plan: "enhanced",
    projects: { "shop-dev": { services: [] } },
    testCase: { project: "shop-dev", displayName: "Instances restart at night", ...more },
  });
  const gcp = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
  it("is suggested, with the command that adopts it", async () => {
    const adoption = await adopting(cloud, { config: config(), gcp });
    assert.deepEqual(
      adoption.cases.map(({ name, madeBy }) => [name, madeBy]),
      [["projects/shop-dev/cases/43595344", undefined]],
    );
    assert.match(
      textOf(adoption, here),
      /\n +pulumi config set --path 'customer-care:testCase\.adopt' projects\/shop-dev\/cases\/43595344 --stack dev\n/,
    );
    assert.equal(needsDecision(adoption), false);
  });
  it("is suggested with the keys to remove from the config, which is then valid and matches the existing case", async () => {
    const testCase = {
      keepOpen: true,
      timeZone: "Europe/Paris",
      subscriberEmailAddresses: ["shop-oncall@example.com"],
      priority: "P2",
      comments: ["Seen again"],
    };
    const given = config(testCase);
    const adoption = await adopting(cloud, { config: given, gcp });
    const [found] = jsonOf(adoption, { ...here, cwd: "../program" }).cases;
    const of = "--stack dev --cwd ../program";
    assert.deepEqual(found?.commands, [
      `pulumi config rm --path 'customer-care:testCase.timeZone' ${of}`,
      `pulumi config rm --path 'customer-care:testCase.keepOpen' ${of}`,
      `pulumi config rm --path 'customer-care:testCase.subscriberEmailAddresses' ${of}`,
      `pulumi config set --path 'customer-care:testCase.adopt' projects/shop-dev/cases/43595344 ${of}`,
    ]);
    assert.equal(
      found?.remark,
      '"Instances restart at night" is open; to adopt it instead of creating another, remove timeZone and keepOpen, ' +
        "which do not work with adopt, and subscriberEmailAddresses, which the case has with other values; add it again later; " +
        "pulumi up adds the config's comments to it",
    );
  });
  it("is adopted by commands that leave a config without a mistake, whatever the config asked of its own case", async () => {
    const testCase = {
      classification: "Technical Issue > Compute > Compute Engine",
      description: "a",
      errorMessage: "b",
      channel: "email",
      language: "ja",
      businessImpact: "c",
      vmInstances: "d",
      thirdPartyAuthorization: false,
      timeZone: "Europe/Paris",
      keepOpen: false,
      realCase: false,
      priority: "P4",
    };
    const adoption = await adopting(cloud, { config: config(testCase), gcp });
    const document: { testCase: Record<string, unknown> } = config(testCase);
    for (const command of jsonOf(adoption, here).cases.flatMap(({ commands }) => commands)) {
      const [, verb, key = "", value] =
        /^pulumi config (\w+) --path 'customer-care:testCase\.(\w+)' (\S+)/.exec(command) ?? [];
      if (verb === "rm") delete document.testCase[key];
      else document.testCase[key] = value;
      assert.deepEqual(check(document).problems, [], command);
    }
    assert.deepEqual(document.testCase, {
      project: "shop-dev",
      displayName: "Instances restart at night",
      adopt: "projects/shop-dev/cases/43595344",
    });
  });
  it("is only named where another stack has created it, which is refused", async () => {
    const one = cloud.state.cases.get("43595344") ?? assert.fail();
    const suggested = async (stack: string) => {
      one.description = `It happens.\n\nPulumi stack organization/customer-care/${stack}, resource customer-care/testCase, 1`;
      return jsonOf(await adopting(cloud, { config: config(), gcp }), here).cases.map((found) => [
        found.madeBy,
        found.commands.length,
      ]);
    };
    assert.deepEqual(await suggested("prod"), [["organization/customer-care/prod", 0]]);
    assert.deepEqual(await suggested("dev"), [["organization/customer-care/dev", 1]]);
  });
  it("is found with another title too where this stack has created it, as an earlier release can have another default", async () => {
    const one = cloud.state.cases.get("43595344") ?? assert.fail();
    const found = async (stack: string) => {
      one.description = `It happens.\n\nPulumi stack organization/customer-care/${stack}, resource customer-care/testCase, 1`;
      const { cases } = await adopting(cloud, { config: config({ displayName: "A later default" }), gcp });
      return cases.map(({ name, differing }) => [name, differing]);
    };
    assert.deepEqual(await found("dev"), [["projects/shop-dev/cases/43595344", ["displayName"]]]);
    assert.deepEqual(await found("prod"), []);
  });
  it("is not looked for once one is adopted, nor where the stack has its own", async () => {
    const adopted = config({ adopt: "projects/shop-dev/cases/43595344" });
    assert.deepEqual((await adopting(cloud, { config: adopted, gcp })).cases, []);
    const urn =
      "urn:pulumi:dev::customer-care::customer-care:index:CustomerCare$customer-care:index:TestSupportCase$pulumi-nodejs:dynamic/customercare:SupportCase::customer-care/testCase";
    assert.deepEqual((await adopting(cloud, { config: config(), gcp, states: { urns: new Set([urn]) } })).cases, []);
  });
  it("is another one if only its words are alike", async () => {
    const other = config({ displayName: "Instances restart" });
    assert.deepEqual((await adopting(cloud, { config: other, gcp })).cases, []);
  });
});
