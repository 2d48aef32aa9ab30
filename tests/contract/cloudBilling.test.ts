/** Cloud Billing v1, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudbilling_v1 } from "googleapis/build/src/apis/cloudbilling/index.js";
import { operator, organization, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("cloudbilling");
const { projects, billingAccounts } = new cloudbilling_v1.Cloudbilling({});

describe("a project's billing", () => {
  it("is enabled with an open account", async () => {
    const { data } = await projects.getBillingInfo({ name: "projects/shop-dev" }, local.as("operator"));
    assert.deepEqual(data, {
      name: "projects/shop-dev/billingInfo",
      projectId: "shop-dev",
      billingAccountName: "billingAccounts/012345-567890-ABCDEF",
      billingEnabled: true,
    });
  });

  it("is not enabled with a closed account, or with none", async () => {
    const closed = await projects.getBillingInfo({ name: "projects/closed-dev" }, local.as("operator"));
    assert.equal(closed.data.billingAccountName, "billingAccounts/0FFFFF-0FFFFF-0FFFFF");
    assert.equal(closed.data.billingEnabled, undefined);
    const none = await projects.getBillingInfo({ name: "projects/legacy-dev" }, local.as("operator"));
    assert.deepEqual(none.data, { name: "projects/legacy-dev/billingInfo", projectId: "legacy-dev" });
  });

  it("is not shown to one who may not get the project", async () => {
    const call = projects.getBillingInfo({ name: "projects/shop-dev" }, local.as("nobody"));
    assert.equal(await refusedWith(call), "403 PERMISSION_DENIED");
  });

  it("is set by one who may on both, the project and the account", async () => {
    const set = (billingAccountName: string) =>
      projects.updateBillingInfo(
        { name: "projects/legacy-dev", requestBody: { billingAccountName } },
        local.as("operator"),
      );
    const account = "billingAccounts/012345-567890-ABCDEF";
    assert.equal(await refusedWith(set(account)), "403 PERMISSION_DENIED");
    const project = local.cloud.state.projects.get("legacy-dev") ?? assert.fail();
    project.policy.bindings.push({ role: "roles/billing.projectManager", members: [operator] });
    assert.equal((await set(account)).data.billingEnabled, true);
    assert.equal(await refusedWith(set("billingAccounts/0FFFFF-0FFFFF-0FFFFF")), "403 PERMISSION_DENIED");
    assert.equal((await set("")).data.billingEnabled, undefined);
    assert.equal(project.billingAccountName, "");
  });

  it("answers as the gcp plugin expects where the API is not enabled", async () => {
    local.cloud.state.projects.get("ops-admin")?.services.delete("cloudbilling.googleapis.com");
    const error = await refusal(projects.getBillingInfo({ name: "projects/shop-dev" }, local.as("operator")));
    assert.equal(error.code, 403);
    assert.equal(error.errors?.[0]?.reason, "accessNotConfigured");
  });
});

describe("billing accounts", () => {
  const name = "billingAccounts/012345-567890-ABCDEF";
  const example = { name, displayName: "Example billing", open: true, parent: organization };

  it("are listed and read by those who may view them", async () => {
    const { data } = await billingAccounts.list({}, local.as("operator"));
    assert.deepEqual(data.billingAccounts?.[0], example);
    assert.equal(data.billingAccounts.length, 2);
    assert.deepEqual((await billingAccounts.get({ name }, local.as("operator"))).data, example);
    assert.deepEqual((await billingAccounts.list({}, local.as("nobody"))).data, {});
    assert.equal(await refusedWith(billingAccounts.get({ name }, local.as("nobody"))), "403 PERMISSION_DENIED");
  });

  it("are filtered by their main account only, of which none is a subaccount", async () => {
    const list = (filter: string) => billingAccounts.list({ filter }, local.as("operator"));
    assert.deepEqual((await list(`master_billing_account=${name}`)).data, {});
    for (const filter of ["open=true", "nonsense", `master_billing_account=${name} AND open=true`])
      assert.equal(await refusedWith(list(filter)), "400 INVALID_ARGUMENT");
  });

  it("have their projects", async () => {
    const { data } = await billingAccounts.projects.list({ name }, local.as("operator"));
    assert.ok(data.projectBillingInfo?.some(({ projectId }) => projectId === "shop-dev"));
    assert.ok(!data.projectBillingInfo?.some(({ projectId }) => projectId === "closed-dev"));
  });
});
