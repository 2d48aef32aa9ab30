/** Who may do what with cases in Cloud Support v2, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { errorInfo, operator, organization, refusal, refusedWith, useLocalCloud } from "../localCloud.ts";
import { caseClassifications, cases, guideCase, seededCase, shop } from "./supportApi.ts";

const local = useLocalCloud("cloudsupport");

describe("who may do what with cases", () => {
  it("inherits: Tech Support Editor on the organization creates a case of a project", async () => {
    const { data } = await cases.create(
      { parent: shop, requestBody: guideCase },
      local.as("ada", { quotaProject: "ops-admin" }),
    );
    assert.equal(data.creator?.email, "ada@example.com");
  });

  it("requires organizations.get too for an organization's own case", async () => {
    const byAda = local.as("ada", { quotaProject: "ops-admin" });
    for (const binding of local.cloud.state.organizations.get(organization)?.policy.bindings ?? [])
      if (binding.role === "roles/resourcemanager.organizationAdmin") binding.members = [operator];
    const error = await refusal(cases.create({ parent: organization, requestBody: guideCase }, byAda));
    assert.deepEqual(errorInfo(error).metadata, {
      permission: "resourcemanager.organizations.get",
      resource: organization,
    });
  });

  it("lets a viewer read and not write", async () => {
    const { data } = await cases.get({ name: seededCase }, local.as("auditor"));
    assert.equal(data.displayName, "Instances restart at night");
    const error = await refusal(cases.create({ parent: shop, requestBody: guideCase }, local.as("auditor")));
    assert.equal(error.status, "PERMISSION_DENIED");
    assert.deepEqual(errorInfo(error), {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "IAM_PERMISSION_DENIED",
      domain: "cloudsupport.googleapis.com",
      metadata: { permission: "cloudsupport.techCases.create", resource: shop },
    });
  });

  it("answers one without a role, and one for a project that does not exist, alike", async () => {
    assert.equal(await refusedWith(cases.get({ name: seededCase }, local.as("nobody"))), "403 PERMISSION_DENIED");
    const unknown = cases.list({ parent: "projects/no-such-project" }, local.as("operator"));
    assert.equal(await refusedWith(unknown), "403 PERMISSION_DENIED");
    const missing = cases.get({ name: "projects/shop-dev/cases/99999999" }, local.as("operator"));
    assert.equal(await refusedWith(missing), "404 NOT_FOUND");
  });

  it("refuses an organization with the plan Basic", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    found.cloudSupportApi = false;
    const call = cases.create({ parent: shop, requestBody: guideCase }, local.as("operator"));
    assert.equal(await refusedWith(call), "403 PERMISSION_DENIED");
    assert.equal(await refusedWith(caseClassifications.search({}, local.as("operator"))), "403 PERMISSION_DENIED");
  });
});
