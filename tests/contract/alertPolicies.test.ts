/** Monitoring v3: alert policies, by Google's own client. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import { refusal, refusedWith, useLocalCloud, violatedFields } from "./localCloud.ts";
import { allIncidents, emailChannel, ownProjects, policyOf, projects, shop } from "./monitoring.ts";

const local = useLocalCloud("monitoring");
const { alertPolicies } = projects;
const as = () => local.as("operator");

beforeEach(() => ownProjects(local, "shop-dev", "pay-dev"));

const create = (requestBody: object) => alertPolicies.create({ name: shop, requestBody }, as());

async function messageOf(body: object): Promise<string> {
  return (await refusal(create(body))).message;
}

const threshold = {
  conditionThreshold: { filter: 'metric.type="x"', comparison: "COMPARISON_GT", duration: "60s" },
};

describe("an alert policy", () => {
  it("is created with names, and a record of who created it", async () => {
    const channel = await emailChannel(local, "oncall@example.com");
    const body = policyOf(allIncidents, [channel], { severity: "CRITICAL", userLabels: { team: "shop" } });
    const { data } = await create(body);
    const name = `${shop}/alertPolicies/20000000000000`;
    const record = { mutateTime: "2026-10-01T09:00:00.000Z", mutatedBy: "operator@ops-admin.iam.gserviceaccount.com" };
    assert.deepEqual(data, {
      ...body,
      name,
      conditions: [{ ...body.conditions?.[0], name: `${name}/conditions/20000000000000` }],
      enabled: true,
      creationRecord: record,
      mutationRecord: record,
    });
    assert.deepEqual((await alertPolicies.get({ name }, as())).data, data);
    const { data: listed } = await alertPolicies.list({ name: shop, filter: 'user_labels.team="shop"' }, as());
    assert.deepEqual(listed, { alertPolicies: [data], totalSize: 1 });
    const disabled = await create({ ...body, enabled: false });
    assert.equal(disabled.data.enabled, false);
  });

  it("is refused with Google's words", async () => {
    const body = policyOf(allIncidents);
    const [condition] = body.conditions ?? [];
    assert.equal(
      await messageOf({ ...body, conditions: [{ displayName: "none" }] }),
      'Field alert_policy.conditions[0].condition_case had an invalid value of "0": Condition subtype (e.g. "condition_absent","condition_threshold", etc.) is absent or unknown.',
    );
    assert.equal(
      await messageOf({ ...body, conditions: [condition, condition] }),
      "Alert policies with a log matching condition can only have a single condition.",
    );
    assert.equal(
      await messageOf({ ...body, conditions: [threshold] }),
      'Field alertStrategy.notificationRateLimit had an invalid value of "period { seconds: 300 }": only log-based alert policies may specify a notification rate limit',
    );
    assert.equal(
      await messageOf({ ...body, notificationChannels: ["oncall"] }),
      "Name must begin with 'projects/{project_id}/notificationChannels/{channel_id}', got: oncall",
    );
    const missing = await refusal(create({ ...body, notificationChannels: [`${shop}/notificationChannels/1`] }));
    assert.deepEqual(
      [missing.code, missing.message],
      [404, `Notification channel not found: ${shop}/notificationChannels/1`],
    );
  });

  const valid = policyOf(allIncidents);
  for (const [what, change] of [
    ["no rate limit", { alertStrategy: {} }],
    ["no condition", { conditions: [] }],
    ["no combiner", { combiner: undefined }],
    ["no display name", { displayName: "" }],
    ["an unknown combiner", { combiner: "XOR" }],
    ["an unknown field", { nonsense: true }],
    ["a period that is none", { alertStrategy: { notificationRateLimit: { period: "soon" } } }],
    ["a name", { name: `${shop}/alertPolicies/1` }],
    ["a long documentation", { documentation: { content: "x".repeat(8193) } }],
    ["a documentation of many bytes", { documentation: { content: "字".repeat(4000) } }],
    ["a documentation in HTML", { documentation: { content: "x", mimeType: "text/html" } }],
    ["seven conditions", { conditions: Array.from({ length: 7 }, () => threshold), alertStrategy: {} }],
    ["seventeen channels", { notificationChannels: Array.from({ length: 17 }, () => "projects/x/y") }],
    ["a user label in capitals", { userLabels: { TEAM: "shop" } }],
  ] as const)
    it(`is refused with ${what}`, async () => {
      assert.equal(await refusedWith(create({ ...valid, ...change })), "400 INVALID_ARGUMENT");
    });

  for (const kind of ["conditionThreshold", "conditionAbsent", "conditionPrometheusQueryLanguage"])
    it(`is refused without the required fields of ${kind}, when it is created or changed`, async () => {
      const conditions = [{ displayName: "c", [kind]: { duration: "60s" } }];
      const name = kind === "conditionPrometheusQueryLanguage" ? "query" : "filter";
      const path = kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const expected = [`alert_policy.conditions[0].${path}.${name}`];
      assert.deepEqual(violatedFields(await refusal(create({ ...valid, alertStrategy: {}, conditions }))), expected);
      const { data } = await create(valid);
      const changed = { name: data.name ?? "", updateMask: "conditions", requestBody: { conditions } };
      assert.deepEqual(violatedFields(await refusal(alertPolicies.patch(changed, as()))), expected);
    });

  it("has channels of its own project only", async () => {
    const elsewhere = await emailChannel(local, "a@example.com", "projects/pay-dev");
    assert.equal(await refusedWith(create(policyOf(allIncidents, [elsewhere]))), "404 NOT_FOUND");
  });

  it("is closed to callers without the permission", async () => {
    const call = alertPolicies.create({ name: shop, requestBody: valid }, local.as("auditor"));
    assert.equal(await refusedWith(call), "403 PERMISSION_DENIED");
  });
});

describe("a change of a policy", () => {
  it("concerns the fields of the mask, also within messages", async () => {
    const { data } = await create(policyOf(allIncidents));
    const patch = async (updateMask: string, requestBody: object) =>
      (await alertPolicies.patch({ name: data.name ?? "", updateMask, requestBody }, as())).data;
    local.clock.advance(1000);
    const renamed = await patch("display_name", { displayName: "Renamed", enabled: false });
    assert.deepEqual(renamed, {
      ...data,
      displayName: "Renamed",
      mutationRecord: { ...data.mutationRecord, mutateTime: "2026-10-01T09:00:01.000Z" },
    });
    const documented = await patch("documentation.content", { documentation: { content: "New" } });
    assert.deepEqual(documented.documentation, { content: "New", mimeType: "text/markdown" });
    assert.equal((await patch("documentation", {})).documentation, undefined);
    assert.equal((await patch("enabled", { enabled: false })).enabled, false);
  });

  it("replaces the policy without a mask; conditions keep their names if the request has them", async () => {
    const { data } = await create(policyOf(allIncidents, [], { severity: "ERROR" }));
    const name = data.name ?? "";
    const replace = (requestBody: object) => alertPolicies.patch({ name, requestBody }, as());
    const kept = await replace({ ...policyOf(allIncidents), conditions: data.conditions });
    assert.deepEqual([kept.data.conditions, kept.data.severity], [data.conditions, undefined]);
    const replaced = await replace(policyOf(allIncidents));
    assert.notEqual(replaced.data.conditions?.[0]?.name, data.conditions?.[0]?.name);
  });

  it("is refused for an unknown field, and if the policy would be invalid", async () => {
    const { data } = await create(policyOf(allIncidents));
    const patch = (updateMask: string, requestBody: object) =>
      refusedWith(alertPolicies.patch({ name: data.name ?? "", updateMask, requestBody }, as()));
    assert.equal(await patch("creation_record", {}), "400 INVALID_ARGUMENT");
    assert.equal(await patch("alert_strategy.notification_rate_limit", {}), "400 INVALID_ARGUMENT");
    assert.equal(await patch("conditions", {}), "400 INVALID_ARGUMENT");
  });

  it("can be a deletion", async () => {
    const { data } = await create(policyOf(allIncidents));
    const name = data.name ?? "";
    await alertPolicies.delete({ name }, as());
    assert.equal(await refusedWith(alertPolicies.get({ name }, as())), "404 NOT_FOUND");
    assert.deepEqual((await alertPolicies.list({ name: shop }, as())).data, {});
  });
});
