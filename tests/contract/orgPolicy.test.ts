/** Organization Policy v2, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { orgpolicy_v2 } from "googleapis/build/src/apis/orgpolicy/index.js";
import { folder, organization, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("orgpolicy");
const { projects, folders, organizations } = new orgpolicy_v2.Orgpolicy({});

describe("the effective policy of a constraint", () => {
  it("allows everything where nobody restricts it", async () => {
    const name = "projects/shop-dev/policies/gcp.restrictServiceUsage";
    const { data } = await projects.policies.getEffectivePolicy({ name }, local.as("operator"));
    assert.deepEqual(data, {
      name: "projects/100000000001/policies/gcp.restrictServiceUsage",
      spec: { rules: [{ allowAll: true }] },
    });
  });

  it("is what the organization allows, at each level below it", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    found.allowedContactDomains = ["@example.com"];
    const constraint = "policies/essentialcontacts.allowedContactDomains";
    const replies = [
      await organizations.policies.getEffectivePolicy({ name: `${organization}/${constraint}` }, local.as("operator")),
      await folders.policies.getEffectivePolicy({ name: `${folder}/${constraint}` }, local.as("operator")),
      await projects.policies.getEffectivePolicy({ name: `projects/shop-dev/${constraint}` }, local.as("operator")),
    ];
    for (const { data } of replies)
      assert.deepEqual(data.spec, { rules: [{ values: { allowedValues: ["@example.com"] } }] });
  });

  it("has the parameters of a managed constraint, where it is enforced", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    const rulesOf = async (constraint: string) => {
      const name = `projects/shop-dev/policies/${constraint}`;
      return (await projects.policies.getEffectivePolicy({ name }, local.as("operator"))).data.spec?.rules;
    };
    const contacts = "essentialcontacts.managed.allowedContactDomains";
    assert.deepEqual(await rulesOf(contacts), [{ enforce: false }]);
    found.managedContactDomains = ["@example.com"];
    assert.deepEqual(await rulesOf(contacts), [{ enforce: true, parameters: { allowedDomains: ["@example.com"] } }]);
    const parameters = { allowedMemberSubjects: ["user:a@partner.example"], allowedPrincipalSets: [] };
    found.allowedPolicyMembers = parameters;
    assert.deepEqual(await rulesOf("iam.managed.allowedPolicyMembers"), [{ enforce: true, parameters }]);
    found.allowedPolicyMemberDomains = ["C0123abcd"];
    assert.deepEqual(await rulesOf("iam.allowedPolicyMemberDomains"), [{ values: { allowedValues: ["C0123abcd"] } }]);
  });

  it("is not shown to one who may not get it, nor for a constraint that there is not", async () => {
    const policy = (constraint: string) => ({ name: `projects/shop-dev/policies/${constraint}` });
    const ask = (constraint: string, caller: "nobody" | "operator") =>
      refusedWith(projects.policies.getEffectivePolicy(policy(constraint), local.as(caller)));
    assert.equal(await ask("gcp.restrictServiceUsage", "nobody"), "403 PERMISSION_DENIED");
    assert.equal(await ask("gcp.restrictTheWeather", "operator"), "404 NOT_FOUND");
  });
});

describe("the policies of a resource", () => {
  it("are those that the organization sets", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    found.allowedContactDomains = ["@example.com"];
    found.managedContactDomains = ["@example.com"];
    const { data } = await organizations.policies.list({ parent: organization }, local.as("operator"));
    const [legacy, managed] = data.policies ?? [];
    assert.deepEqual(legacy?.spec?.rules, [{ values: { allowedValues: ["@example.com"] } }]);
    assert.deepEqual(managed?.spec?.rules, [{ enforce: true, parameters: { allowedDomains: ["@example.com"] } }]);
    const name = legacy.name ?? "";
    assert.deepEqual((await organizations.policies.get({ name }, local.as("operator"))).data, legacy);
    assert.deepEqual((await folders.policies.list({ parent: folder }, local.as("operator"))).data, {});
    const onFolder = folders.policies.get({ name: name.replace(organization, folder) }, local.as("operator"));
    assert.equal(await refusedWith(onFolder), "404 NOT_FOUND");
    const byNobody = organizations.policies.list({ parent: organization }, local.as("nobody"));
    assert.equal(await refusedWith(byNobody), "403 PERMISSION_DENIED");
  });
});
