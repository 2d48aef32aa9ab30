/** Resource Manager v1, as the gcp plugin calls it, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudresourcemanager_v1 } from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { operator, organization, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("cloudresourcemanager");
const { organizations, projects, operations } = new cloudresourcemanager_v1.Cloudresourcemanager({});

describe("organizations", () => {
  it("are found by their domain, with the fields that the plugin reads", async () => {
    const { data } = await organizations.search(
      { requestBody: { filter: "domain=example.com" } },
      local.as("operator"),
    );
    assert.deepEqual(data.organizations, [
      {
        name: organization,
        organizationId: "123456789012",
        displayName: "example.com",
        owner: { directoryCustomerId: "C0123abcd" },
        creationTime: "2020-01-01T00:00:00Z",
        lifecycleState: "ACTIVE",
      },
    ]);
    const other = await organizations.search({ requestBody: { filter: "domain:other.example" } }, local.as("operator"));
    assert.deepEqual(other.data, {});
  });

  it("are shown only to those who may get them", async () => {
    const { data } = await organizations.search({ requestBody: {} }, local.as("nobody"));
    assert.deepEqual(data, {});
    assert.equal(
      await refusedWith(organizations.get({ name: organization }, local.as("nobody"))),
      "403 PERMISSION_DENIED",
    );
    const { data: got } = await organizations.get({ name: organization }, local.as("auditor"));
    assert.equal(got.displayName, "example.com");
  });
});

describe("projects", () => {
  it("are answered with their number, their parent and their state", async () => {
    const { data } = await projects.get({ projectId: "shop-dev" }, local.as("operator"));
    assert.deepEqual(data, {
      projectNumber: "100000000001",
      projectId: "shop-dev",
      lifecycleState: "ACTIVE",
      name: "Shop (development)",
      createTime: "2020-01-01T00:00:00Z",
      labels: { env: "dev" },
      parent: { type: "folder", id: "456789012345" },
    });
    const byNumber = await projects.get({ projectId: "100000000001" }, local.as("operator"));
    assert.deepEqual(byNumber.data, data);
  });

  it("that are not, and those of others, are refused with the words that were recorded", async () => {
    const expected = { code: 403, message: "The caller does not have permission", status: "PERMISSION_DENIED" };
    const unknown = await refusal(projects.get({ projectId: "no-such-project" }, local.as("operator")));
    assert.deepEqual(unknown, expected);
    assert.deepEqual(await refusal(projects.get({ projectId: "shop-dev" }, local.as("nobody"))), expected);
  });

  it("are listed by their parent, those marked for deletion too", async () => {
    const filter = "parent.type:folder parent.id:456789012345";
    const { data } = await projects.list({ filter }, local.as("operator"));
    assert.deepEqual(
      data.projects?.map(({ projectId, lifecycleState }) => `${projectId} ${lifecycleState}`),
      [
        ...["shop-dev", "pay-dev", "shop-staging", "shop-prod", "pay-prod"].map((id) => `${id} ACTIVE`),
        "gone-dev DELETE_REQUESTED",
      ],
    );
    const page = await projects.list({ filter, pageSize: 2 }, local.as("operator"));
    assert.equal(page.data.projects?.length, 2);
    assert.ok(page.data.nextPageToken);
  });

  it("have an ancestry up to the organization", async () => {
    const { data } = await projects.getAncestry({ projectId: "shop-dev", requestBody: {} }, local.as("operator"));
    assert.deepEqual(
      data.ancestor?.map(({ resourceId }) => resourceId),
      [
        { type: "project", id: "shop-dev" },
        { type: "folder", id: "456789012345" },
        { type: "organization", id: "123456789012" },
      ],
    );
  });

  it("are created by an operation, with their creator as owner, then deleted and undeleted", async () => {
    const requestBody = { projectId: "new-project", parent: { type: "organization", id: "123456789012" } };
    const started = await projects.create({ requestBody }, local.as("operator"));
    assert.equal(started.data.done, undefined);
    const { data } = await operations.get({ name: started.data.name ?? "" }, local.as("operator"));
    assert.equal(data.done, true);
    assert.equal(data.response?.["projectId"], "new-project");
    const policy = await projects.getIamPolicy({ resource: "new-project", requestBody: {} }, local.as("operator"));
    assert.deepEqual(policy.data.bindings, [{ role: "roles/owner", members: [operator] }]);
    await projects.delete({ projectId: "new-project" }, local.as("operator"));
    assert.equal(local.cloud.state.projects.get("new-project")?.state, "DELETE_REQUESTED");
    await projects.undelete({ projectId: "new-project", requestBody: {} }, local.as("operator"));
    assert.equal(local.cloud.state.projects.get("new-project")?.state, "ACTIVE");
    assert.equal(await refusedWith(projects.create({ requestBody }, local.as("operator"))), "409 ALREADY_EXISTS");
  });

  it("need an id that Google takes", async () => {
    for (const projectId of ["short", "1-number-first", "Upper-Case", "hyphen-last-", "x".repeat(31)]) {
      const requestBody = { projectId, parent: { type: "organization", id: "123456789012" } };
      assert.equal(await refusedWith(projects.create({ requestBody }, local.as("operator"))), "400 INVALID_ARGUMENT");
    }
  });
});

describe("policies", () => {
  const resource = "shop-dev";
  const editor = "roles/cloudsupport.techSupportEditor";
  const read = async () =>
    (
      await projects.getIamPolicy(
        { resource, requestBody: { options: { requestedPolicyVersion: 3 } } },
        local.as("operator"),
      )
    ).data;
  const write = async (policy: cloudresourcemanager_v1.Schema$Policy, updateMask = "bindings,etag,auditConfigs") =>
    (await projects.setIamPolicy({ resource, requestBody: { policy, updateMask } }, local.as("operator"))).data;

  it("accept a grant in addition to those of others by read, modify, write", async () => {
    const policy = await read();
    const bindings = [...(policy.bindings ?? []), { role: editor, members: ["group:sre@example.com"] }];
    const written = await write({ ...policy, bindings, version: 3 });
    assert.notEqual(written.etag, policy.etag);
    assert.deepEqual((await read()).bindings, [
      { role: editor, members: ["group:sre@example.com"] },
      { role: "roles/editor", members: ["group:shop-developers@example.com"] },
    ]);
  });

  it("refuse the write that lost, and take it after another read", async () => {
    const mine = await read();
    const theirs = await read();
    await write({
      ...theirs,
      bindings: [...(theirs.bindings ?? []), { role: editor, members: ["user:b@example.com"] }],
    });
    const change = (policy: cloudresourcemanager_v1.Schema$Policy) => ({
      ...policy,
      bindings: [...(policy.bindings ?? []), { role: editor, members: ["user:a@example.com"] }],
    });
    const error = await refusal(write(change(mine)));
    assert.equal(error.code, 409);
    assert.equal(error.status, "ABORTED");
    assert.match(error.message, /^There were concurrent policy changes\. Please retry the whole read-modify-write /);
    assert.equal(error.errors?.[0]?.reason, "aborted");
    await write(change(await read()));
    const granted = (await read()).bindings?.find(({ role }) => role === editor);
    assert.deepEqual(granted?.members, ["user:a@example.com", "user:b@example.com"]);
  });

  it("are overwritten by a write without an etag", async () => {
    await write({ bindings: [{ role: editor, members: ["user:a@example.com"] }] });
    assert.deepEqual((await read()).bindings, [{ role: editor, members: ["user:a@example.com"] }]);
  });

  it("have an etag of their own after each write, and version 0 with nothing in them", async () => {
    const first = await write({ bindings: [] });
    const second = await write({ bindings: [] });
    assert.notEqual(first.etag, second.etag);
    assert.deepEqual(second, { etag: second.etag });
  });

  it("keep what the mask leaves out", async () => {
    const before = await read();
    await write({ bindings: [], auditConfigs: [{ service: "allServices" }] }, "auditConfigs");
    const after = await read();
    assert.deepEqual(after.bindings, before.bindings);
    assert.deepEqual(after.auditConfigs, [{ service: "allServices" }]);
  });

  it("merge bindings of one role, and write addresses in lower case", async () => {
    const { bindings } = await write({
      bindings: [
        { role: editor, members: ["user:Ada@Example.com", "user:b@example.com"] },
        { role: editor, members: ["user:ada@example.com"] },
      ],
    });
    assert.deepEqual(bindings, [{ role: editor, members: ["user:ada@example.com", "user:b@example.com"] }]);
  });

  it("show a condition in version 3 only", async () => {
    const condition = { title: "for now", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
    const conditional = { role: editor, members: ["user:a@example.com"], condition };
    assert.equal(await refusedWith(write({ version: 1, bindings: [conditional] })), "400 INVALID_ARGUMENT");
    await write({ version: 3, bindings: [conditional] });
    assert.deepEqual(await read(), { ...(await read()), version: 3, bindings: [conditional] });
    const { data } = await projects.getIamPolicy({ resource, requestBody: {} }, local.as("operator"));
    assert.equal(data.version, 1);
    assert.match(data.bindings?.[0]?.role ?? "", /^roles\/cloudsupport\.techSupportEditor_withcond_[0-9a-f]{20}$/);
  });

  for (const [what, binding] of Object.entries({
    "a member without a kind": { role: editor, members: ["ada@example.com"] },
    "a member of an unknown kind": { role: editor, members: ["robot:a@example.com"] },
    allUsers: { role: editor, members: ["allUsers"] },
    "a role without its prefix": { role: "cloudsupport.techSupportEditor", members: ["user:a@example.com"] },
    "a role of organizations": { role: "roles/cloudsupport.admin", members: ["user:a@example.com"] },
    "a user as owner": { role: "roles/owner", members: ["user:a@example.com"] },
  }))
    it(`refuse ${what}`, async () => {
      const before = await read();
      assert.equal(await refusedWith(write({ bindings: [binding] })), "400 INVALID_ARGUMENT");
      assert.deepEqual(await read(), before);
    });

  it("have 1500 principals at most, of which 250 groups", async () => {
    const members = (kind: string, count: number) =>
      Array.from({ length: count }, (_value, index) => `${kind}:m${index}@example.com`);
    await write({ bindings: [{ role: editor, members: [...members("user", 1250), ...members("group", 250)] }] });
    const many = write({ bindings: [{ role: editor, members: members("user", 1501) }] });
    assert.equal(await refusedWith(many), "400 INVALID_ARGUMENT");
    const groups = write({ bindings: [{ role: editor, members: members("group", 251) }] });
    assert.equal(await refusedWith(groups), "400 INVALID_ARGUMENT");
  });

  it("take new members that the organization's constraints allow, and keep those that are there", async () => {
    const found = local.cloud.state.organizations.get(organization) ?? assert.fail();
    const partner = "user:a@partner.example";
    await write({ bindings: [{ role: editor, members: [partner] }] });
    const own = ["user:b@example.com", "serviceAccount:auditor@ops-admin.iam.gserviceaccount.com"];
    const add = (...members: string[]) => write({ bindings: [{ role: editor, members: [partner, ...members] }] });
    const refusedBy = async () => {
      await add(...own);
      const error = await refusal(add(...own, "user:c@partner.example"));
      assert.deepEqual([error.code, error.status], [400, "FAILED_PRECONDITION"]);
      assert.match(error.message ?? "", /do not belong to a permitted customer, perhaps due to an organization policy/);
      await add();
    };
    found.allowedPolicyMemberDomains = ["C0123abcd"];
    await refusedBy();
    found.allowedPolicyMemberDomains = ["is:principalSet://iam.googleapis.com/organizations/123456789012"];
    await refusedBy();
    delete found.allowedPolicyMemberDomains;
    const allowedPrincipalSets = ["//cloudresourcemanager.googleapis.com/organizations/123456789012"];
    found.allowedPolicyMembers = { allowedMemberSubjects: [], allowedPrincipalSets };
    await refusedBy();
    found.allowedPolicyMembers.allowedMemberSubjects.push("user:c@partner.example");
    await add("user:c@partner.example");
  });

  it("of an organization take Support Account Administrator, from an Organization Administrator", async () => {
    const requestBody = {
      policy: { bindings: [{ role: "roles/cloudsupport.admin", members: ["user:a@example.com"] }] },
    };
    const byAuditor = organizations.setIamPolicy({ resource: organization, requestBody }, local.as("auditor"));
    assert.equal(await refusedWith(byAuditor), "403 PERMISSION_DENIED");
    const { data } = await organizations.setIamPolicy({ resource: organization, requestBody }, local.as("operator"));
    assert.equal(data.bindings?.[0]?.role, "roles/cloudsupport.admin");
  });
});

describe("what a grant gives", () => {
  const grant = async (member: string, role: string) => {
    const { data: policy } = await organizations.getIamPolicy(
      { resource: organization, requestBody: { options: { requestedPolicyVersion: 3 } } },
      local.as("operator"),
    );
    const bindings = [...(policy.bindings ?? []), { role, members: [member] }];
    await organizations.setIamPolicy(
      { resource: organization, requestBody: { policy: { ...policy, bindings } } },
      local.as("operator"),
    );
  };
  const nobody = "serviceAccount:nobody@ops-admin.iam.gserviceaccount.com";
  const getShop = () => projects.get({ projectId: "shop-dev" }, local.as("nobody"));

  it("reaches all below, once it has propagated", async () => {
    local.cloud.faults.set({ grantPropagation: 60_000 });
    await grant(nobody, "roles/cloudsupport.techSupportViewer");
    assert.equal(await refusedWith(getShop()), "403 PERMISSION_DENIED");
    local.clock.advance(59_999);
    assert.equal(await refusedWith(getShop()), "403 PERMISSION_DENIED");
    local.clock.advance(1);
    assert.equal((await getShop()).data.projectId, "shop-dev");
  });

  it("keeps its effect when the policy is written again", async () => {
    local.cloud.faults.set({ grantPropagation: 60_000 });
    await grant(nobody, "roles/cloudsupport.techSupportViewer");
    local.clock.advance(60_000);
    await grant("user:a@example.com", "roles/browser");
    assert.equal((await getShop()).data.projectId, "shop-dev");
  });

  it("ends when its condition does", async () => {
    const project = local.cloud.state.projects.get("shop-dev") ?? assert.fail();
    const end = new Date(local.clock.now() + 1000).toISOString();
    project.policy.bindings.push({
      role: "roles/browser",
      members: [nobody],
      condition: { expression: `request.time < timestamp("${end}")` },
    });
    assert.equal((await getShop()).data.projectId, "shop-dev");
    local.clock.advance(1000);
    assert.equal(await refusedWith(getShop()), "403 PERMISSION_DENIED");
  });

  it("reaches the members of a group", async () => {
    local.cloud.state.groups.set("group:everybody@example.com", [nobody]);
    await grant("group:everybody@example.com", "roles/browser");
    assert.equal((await getShop()).data.projectId, "shop-dev");
  });

  it("is reported by testIamPermissions, which anyone may call", async () => {
    const permissions = ["resourcemanager.projects.get", "resourcemanager.projects.setIamPolicy"];
    const ask = async (caller: "auditor" | "nobody") =>
      (await projects.testIamPermissions({ resource: "shop-dev", requestBody: { permissions } }, local.as(caller)))
        .data;
    assert.deepEqual(await ask("auditor"), { permissions: ["resourcemanager.projects.get"] });
    assert.deepEqual(await ask("nobody"), {});
    const wildcard = projects.testIamPermissions(
      { resource: "shop-dev", requestBody: { permissions: ["resourcemanager.projects.*"] } },
      local.as("operator"),
    );
    assert.equal(await refusedWith(wildcard), "400 INVALID_ARGUMENT");
  });
});
