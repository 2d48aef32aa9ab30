/** Resource Manager v3, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudresourcemanager_v3 } from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { folder, operator, organization, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("cloudresourcemanager");
const { organizations, folders, projects, operations } = new cloudresourcemanager_v3.Cloudresourcemanager({});

describe("organizations", () => {
  it("are searched by domain, whatever its case, among those the caller may get", async () => {
    const { data } = await organizations.search({ query: "domain:EXAMPLE.com" }, local.as("operator"));
    assert.equal(data.organizations?.[0]?.name, organization);
    assert.equal(data.organizations[0].directoryCustomerId, "C0123abcd");
    const dev = {
      ...(local.cloud.state.organizations.get(organization) ?? assert.fail()),
      displayName: "dev.example.com",
    };
    local.cloud.state.organizations.set("organizations/223456789012", { ...dev, name: "organizations/223456789012" });
    const loose = await organizations.search({ query: "domain:example.com" }, local.as("operator"));
    assert.deepEqual(
      loose.data.organizations?.map(({ displayName }) => displayName),
      ["example.com", "dev.example.com"],
      "also an organization whose domain contains the requested one",
    );
    local.cloud.reset();
    const byCustomer = await organizations.search({ query: "directorycustomerid:c0123abcd" }, local.as("operator"));
    assert.equal(byCustomer.data.organizations?.length, 1);
    assert.deepEqual((await organizations.search({}, local.as("nobody"))).data, {});
  });
});

describe("projects", () => {
  it("are answered with a name that has the number", async () => {
    const { data } = await projects.get({ name: "projects/shop-dev" }, local.as("operator"));
    const { etag, ...rest } = data;
    assert.ok(etag);
    assert.deepEqual(rest, {
      name: "projects/100000000001",
      parent: folder,
      projectId: "shop-dev",
      state: "ACTIVE",
      displayName: "Shop (development)",
      createTime: "2020-01-01T00:00:00Z",
      updateTime: "2020-01-01T00:00:00Z",
      labels: { env: "dev" },
    });
  });

  it("are listed directly under a parent: active ones, unless all are requested", async () => {
    const ids = async (showDeleted: boolean) =>
      (await projects.list({ parent: folder, showDeleted }, local.as("operator"))).data.projects?.map(
        ({ projectId }) => projectId,
      );
    const active = ["pay-dev", "pay-prod", "shop-dev", "shop-prod", "shop-staging"];
    assert.deepEqual(await ids(false), active);
    assert.deepEqual(await ids(true), ["gone-dev", ...active]);
    assert.equal(await refusedWith(projects.list({ parent: folder }, local.as("nobody"))), "403 PERMISSION_DENIED");
    assert.equal(await refusedWith(projects.list({}, local.as("operator"))), "400 INVALID_ARGUMENT");
  });

  it("are searched by any of several fields", async () => {
    const ids = async (query: string) =>
      (await projects.search({ query }, local.as("operator"))).data.projects?.map(({ projectId }) => projectId);
    assert.deepEqual(await ids("id:shop-dev projectId:pay-dev"), ["shop-dev", "pay-dev"]);
    assert.deepEqual(await ids("labels.env:ops"), ["ops-admin"]);
    assert.deepEqual(await ids(`parent:${folder} AND state:ACTIVE AND labels.env:dev`), ["shop-dev", "pay-dev"]);
    assert.deepEqual(await ids("name:Pay*"), ["pay-dev", "pay-prod"]);
    assert.equal(
      await refusedWith(projects.search({ query: "colour:red" }, local.as("operator"))),
      "400 INVALID_ARGUMENT",
    );
  });

  it("are paged", async () => {
    const seen: (string | null | undefined)[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await projects.search(
        { pageSize: 2, ...(pageToken === undefined ? {} : { pageToken }) },
        local.as("operator"),
      );
      seen.push(...(data.projects ?? []).map(({ projectId }) => projectId));
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    assert.deepEqual(seen, [...local.cloud.state.projects.keys()]);
  });

  it("are created, renamed and deleted by operations", async () => {
    const requestBody = { projectId: "new-project", parent: folder, displayName: "New shop" };
    const created = await projects.create({ requestBody }, local.as("operator"));
    const done = await operations.get({ name: created.data.name ?? "" }, local.as("operator"));
    const name = String(done.data.response?.["name"]);
    assert.match(name, /^projects\/\d+$/);
    await projects.patch(
      { name, updateMask: "displayName", requestBody: { displayName: "Newer", labels: { env: "dev" } } },
      local.as("operator"),
    );
    const { data } = await projects.get({ name }, local.as("operator"));
    assert.equal(data.displayName, "Newer");
    assert.equal(data.labels, undefined);
    await projects.delete({ name }, local.as("operator"));
    assert.equal((await projects.get({ name }, local.as("operator"))).data.state, "DELETE_REQUESTED");
    await projects.undelete({ name, requestBody: {} }, local.as("operator"));
    assert.equal((await projects.get({ name }, local.as("operator"))).data.state, "ACTIVE");
  });
});

describe("folders", () => {
  it("are read, listed and searched", async () => {
    const { data } = await folders.get({ name: folder }, local.as("operator"));
    assert.equal(data.displayName, "Shop");
    assert.equal(data.parent, organization);
    const listed = await folders.list({ parent: organization }, local.as("operator"));
    assert.deepEqual(listed.data.folders, [data]);
    const found = await folders.search({ query: "displayName=Sh*" }, local.as("operator"));
    assert.deepEqual(found.data.folders, [data]);
    assert.equal(await refusedWith(folders.get({ name: "folders/1" }, local.as("operator"))), "403 PERMISSION_DENIED");
  });

  it("are created with their creator as administrator, and deleted when they are empty", async () => {
    const requestBody = { parent: organization, displayName: "Payments" };
    const created = await folders.create({ requestBody }, local.as("operator"));
    const done = await operations.get({ name: created.data.name ?? "" }, local.as("operator"));
    const name = String(done.data.response?.["name"]);
    const policy = await folders.getIamPolicy({ resource: name, requestBody: {} }, local.as("operator"));
    assert.deepEqual(policy.data.bindings, [{ role: "roles/resourcemanager.folderAdmin", members: [operator] }]);
    assert.equal(await refusedWith(folders.create({ requestBody }, local.as("operator"))), "400 FAILED_PRECONDITION");
    await folders.delete({ name }, local.as("operator"));
    assert.equal(local.cloud.state.folders.get(name)?.state, "DELETE_REQUESTED");
  });

  it("have policies that all below inherit", async () => {
    const { data: policy } = await folders.getIamPolicy({ resource: folder, requestBody: {} }, local.as("operator"));
    const viewer = {
      role: "roles/cloudsupport.techSupportViewer",
      members: ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"],
    };
    await folders.setIamPolicy(
      { resource: folder, requestBody: { policy: { ...policy, bindings: [...(policy.bindings ?? []), viewer] } } },
      local.as("operator"),
    );
    const inside = await projects.get({ name: "projects/pay-dev" }, local.as("nobody"));
    assert.equal(inside.data.projectId, "pay-dev");
    const outside = projects.get({ name: "projects/legacy-dev" }, local.as("nobody"));
    assert.equal(await refusedWith(outside), "403 PERMISSION_DENIED");
  });

  it("refuse a write with an old etag", async () => {
    const { data: policy } = await folders.getIamPolicy({ resource: folder, requestBody: {} }, local.as("operator"));
    const write = () => folders.setIamPolicy({ resource: folder, requestBody: { policy } }, local.as("operator"));
    await write();
    assert.equal(await refusedWith(write()), "409 ABORTED");
  });
});

describe("testIamPermissions", () => {
  it("returns at each level the caller's permissions there", async () => {
    const ask = async (permission: string, resource: string) => {
      const { data } = await { organizations, folders, projects }[
        resource.split("/")[0] as "organizations" | "folders" | "projects"
      ].testIamPermissions({ resource, requestBody: { permissions: [permission] } }, local.as("operator"));
      return (data.permissions ?? []).length === 1;
    };
    assert.equal(await ask("resourcemanager.organizations.setIamPolicy", organization), true);
    assert.equal(await ask("cloudsupport.accounts.purchase", organization), false);
    assert.equal(await ask("essentialcontacts.contacts.create", folder), true);
    assert.equal(await ask("cloudsupport.techCases.create", "projects/shop-dev"), true);
    assert.equal(await ask("cloudsupport.techCases.create", "projects/no-such-project"), false);
  });
});
