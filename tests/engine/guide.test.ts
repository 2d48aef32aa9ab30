/** The guide, carried out on the local cloud by Pulumi's engine: the life of a stack from its first preview to its end. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { holdingsOf } from "../../tools/stack/index.ts";
import type { Holdings } from "../../tools/stack/index.ts";
import { everything, everythingReworded, planAlone } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const contact = (name: string) => `gcp:essentialcontacts/contact:Contact customer-care/${name}`;

describe("a stack with everything in the guide", () => {
  let run: LocalRun;
  let seed: Holdings;
  beforeAll(async () => {
    run = await localRun({ name: "guide", config: everything });
    seed = holdingsOf(run.cloud.state);
  });
  afterAll(() => run.close());

  const made = () => {
    const now = holdingsOf(run.cloud.state);
    const news = (kind: keyof Holdings) => now[kind].filter((line) => !seed[kind].includes(line));
    return { services: news("services"), grants: news("grants"), contacts: news("contacts"), cases: news("cases") };
  };

  it("is only read by a preview", async () => {
    const { steps, failed } = await run.preview();
    assert.equal(failed, false);
    assert.equal(steps.length, 23);
    assert.ok(steps.every((step) => step.startsWith("create ")));
    assert.deepEqual(holdingsOf(run.cloud.state), seed);
  });

  it("is deployed: services, grants, contacts and one closed case, in addition to what existed", async () => {
    const { failed, messages } = await run.up();
    const outputs = await run.outputs();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(made(), {
      services: [
        "projects/pay-dev cloudsupport.googleapis.com",
        "projects/shop-dev cloudsupport.googleapis.com",
        "projects/shop-dev essentialcontacts.googleapis.com",
        "projects/shop-dev servicehealth.googleapis.com",
      ],
      grants: [
        "folders/456789012345 roles/cloudsupport.techSupportEditor group:shop-leads@example.com",
        "organizations/123456789012 roles/cloudsupport.admin group:support-admins@example.com",
        "organizations/123456789012 roles/cloudsupport.techSupportEditor group:sre@example.com",
        "organizations/123456789012 roles/cloudsupport.techSupportEditor user:lead@example.com",
        "projects/pay-dev roles/essentialcontacts.viewer group:auditors@example.com",
        "projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com",
      ],
      contacts: [
        "folders/456789012345 leads@example.com SUSPENSION en",
        "organizations/123456789012 finops@example.com BILLING,PRODUCT_UPDATES fr",
        "organizations/123456789012 security@example.com SECURITY en",
        "organizations/123456789012 sre@example.com SECURITY en",
        "projects/shop-dev shop-oncall@example.com TECHNICAL,TECHNICAL_INCIDENTS en",
      ],
      cases: [`${String(outputs["testCase"])} CLOSED`],
    });
    for (const kind of ["services", "grants", "contacts", "cases"] as const)
      for (const line of seed[kind]) assert.ok(holdingsOf(run.cloud.state)[kind].includes(line), `lost: ${line}`);
  });

  it("has created the case with the guide's exact words, for testing only", () => {
    const supportCase = [...run.cloud.state.cases.values()].find(({ testCase }) => testCase);
    assert.ok(supportCase);
    const { displayName, description, priority, languageCode, classification, subscriberEmailAddresses } = supportCase;
    assert.deepEqual(
      { displayName, priority, languageCode, classification: classification.displayName, subscriberEmailAddresses },
      {
        displayName: "Test issue",
        priority: "P4",
        languageCode: "en",
        classification: "Technical Issue > Compute > Compute Engine",
        subscriberEmailAddresses: [],
      },
    );
    assert.match(
      description,
      /^Test issue\n\nError message: Test message\nBusiness impact: Other\nVM instances: none\nThird-party support authorization: Yes\nPreferred channel: E-mail\n\nPulumi stack organization\/customer-care\/test, resource customer-care\/testCase, [0-9a-f-]{36}$/,
    );
  });

  it("shows the checklist with a link for each row", async () => {
    const outputs = await run.outputs();
    const checklist = outputs["checklist"] as Record<string, Record<string, string>>;
    assert.deepEqual(Object.keys(checklist).sort(), [
      "Customer Care",
      "folders/456789012345",
      "organizations/123456789012",
      "projects/pay-dev",
      "projects/shop-dev",
    ]);
    const rows = Object.values(checklist).flatMap((place) => Object.entries(place));
    for (const [row, text] of rows) {
      assert.match(row, /^G\d .+: .+$/);
      assert.match(text, /^(done|not configured|see the link) \(https:\/\/\S+\)(: .+)?$/);
    }
    assert.equal(outputs["testCaseState"], "CLOSED");
  });

  it("has an empty second preview", async () => {
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("has an empty preview when it is written in another order and in other words", async () => {
    await run.setConfig(everythingReworded);
    assert.deepEqual((await run.preview()).steps, []);
    await run.setConfig(everything);
  });

  it("changes what the config changes, and nothing else", async () => {
    const { "customer-care:projects": projects, ...rest } = everything;
    await run.setConfig({
      ...rest,
      "customer-care:projects": {
        ...projects,
        "shop-dev": {
          editors: ["user:grace@example.com"],
          contacts: { technical: ["shop-oncall@example.com"], legal: ["counsel@example.com"] },
        },
      },
    });
    const { failed, steps } = await run.up();
    assert.equal(failed, false);
    const editors = "customer-care/projects/shop-dev/editors";
    assert.deepEqual(steps, [
      `create ${contact("projects/shop-dev/counsel@example.com")}`,
      `create gcp:projects/iAMMember:IAMMember ${editors}/user:grace@example.com`,
      `delete gcp:projects/iAMMember:IAMMember ${editors}/user:ada@example.com`,
      `update ${contact("projects/shop-dev/shop-oncall@example.com")}`,
    ]);
    assert.ok(made().contacts.includes("projects/shop-dev shop-oncall@example.com TECHNICAL en"));
    assert.equal(made().cases.length, 1);
  });

  it("finds what was removed by hand, and restores it", async () => {
    const [name] =
      [...run.cloud.state.contacts.entries()].find(([, { email }]) => email === "counsel@example.com") ?? [];
    run.cloud.state.contacts.delete(name ?? "");
    assert.equal((await run.refresh()).failed, false);
    const { steps } = await run.up();
    assert.deepEqual(steps, [`create ${contact("projects/shop-dev/counsel@example.com")}`]);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("is refreshed without a change", async () => {
    const { failed, steps } = await run.refresh();
    assert.equal(failed, false);
    assert.deepEqual(steps, []);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("deletes only what it created: services stay on, the case stays closed, others keep theirs", async () => {
    const { services, cases } = made();
    const { failed, messages } = await run.destroy();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(made(), { services, grants: [], contacts: [], cases });
    const { grants, contacts } = holdingsOf(run.cloud.state);
    assert.deepEqual({ grants, contacts }, { grants: seed.grants, contacts: seed.contacts });
  });

  it("creates a new case after a destroy", async () => {
    const {
      "customer-care:projects": projects,
      "customer-care:testCase": testCase,
      "customer-care:plan": plan,
    } = everything;
    const rest = { "customer-care:projects": projects, "customer-care:testCase": testCase, "customer-care:plan": plan };
    await run.setConfig({ ...rest, "gcp:userProjectOverride": "true", "gcp:billingProject": "shop-dev" });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.equal(made().cases.length, 2);
    assert.ok(made().cases.every((line) => line.endsWith(" CLOSED")));
  });
});

describe("a stack with a plan alone", () => {
  it("is deployed without a message about absent sections, and then has nothing to do", async (t) => {
    const run = await localRun({ name: "guide-plan", config: planAlone });
    t.onTestFinished(() => run.close());
    const { failed, messages } = await run.up();
    const outputs = await run.outputs();
    assert.deepEqual([failed, messages], [false, [""]]);
    assert.deepEqual([outputs["testCase"], outputs["testCaseState"]], [null, null]);
    const again = await run.preview();
    assert.deepEqual([again.messages, again.steps], [[""], []]);
  });
});
