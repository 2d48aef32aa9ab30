/** Moves in the hierarchy by Resource Manager v1 and v3, and the folders of v2, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import {
  cloudresourcemanager_v1,
  cloudresourcemanager_v2,
  cloudresourcemanager_v3,
} from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { folder, operator, organization, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("cloudresourcemanager");
const v1 = new cloudresourcemanager_v1.Cloudresourcemanager({});
const v2 = new cloudresourcemanager_v2.Cloudresourcemanager({});
const v3 = new cloudresourcemanager_v3.Cloudresourcemanager({});

/** Grants a role on the organization. */
function grant(...roles: string[]): void {
  for (const role of roles)
    local.cloud.state.organizations.get(organization)?.policy.bindings.push({ role, members: [operator] });
}

async function newFolder(displayName: string, parent = organization): Promise<string> {
  const { data } = await v3.folders.create({ requestBody: { parent, displayName } }, local.as("operator"));
  const done = await v3.operations.get({ name: data.name ?? "" }, local.as("operator"));
  return (done.data.response?.["name"] as string | undefined) ?? assert.fail();
}

const parentOf = async (name: string) => (await v3.folders.get({ name }, local.as("operator"))).data.parent;

describe("a project", () => {
  const name = "projects/shop-dev";
  const projectParent = () => local.cloud.state.projects.get("shop-dev")?.parent;

  it("moves by an update of v1 with another parent, as the gcp plugin does", async () => {
    grant("roles/resourcemanager.projectMover");
    const parent = { type: "organization", id: "123456789012" };
    const { data: before } = await v1.projects.get({ projectId: "shop-dev" }, local.as("operator"));
    const requestBody = { ...before, parent };
    const { data } = await v1.projects.update({ projectId: "shop-dev", requestBody }, local.as("operator"));
    assert.deepEqual(data.parent, parent);
    assert.equal(projectParent(), organization);
    assert.deepEqual(data.labels, before.labels);
  });

  it("moves by projects.move of v3, with an operation", async () => {
    grant("roles/resourcemanager.projectMover");
    const requestBody = { destinationParent: organization };
    const { data } = await v3.projects.move({ name, requestBody }, local.as("operator"));
    const done = await v3.operations.get({ name: data.name ?? "" }, local.as("operator"));
    assert.equal(done.data.response?.["parent"], organization);
    assert.equal(projectParent(), organization);
  });

  it("does not move without the permission on its old and its new parent", async () => {
    const requestBody = { destinationParent: organization };
    const move = () => v3.projects.move({ name, requestBody }, local.as("operator"));
    assert.equal(await refusedWith(move()), "403 PERMISSION_DENIED");
    const { policy } = local.cloud.state.folders.get(folder) ?? assert.fail();
    policy.bindings.push({ role: "roles/resourcemanager.projectMover", members: [operator] });
    assert.equal(await refusedWith(move()), "403 PERMISSION_DENIED", "the new parent");
    assert.equal(projectParent(), folder);
  });
});

describe("a folder", () => {
  it("moves with its contents", async () => {
    grant("roles/resourcemanager.folderMover");
    const target = await newFolder("Target");
    await v3.folders.move({ name: folder, requestBody: { destinationParent: target } }, local.as("operator"));
    assert.equal(await parentOf(folder), target);
    const { data } = await v1.projects.getAncestry({ projectId: "shop-dev", requestBody: {} }, local.as("operator"));
    assert.deepEqual(
      data.ancestor?.map(({ resourceId }) => resourceId?.id),
      ["shop-dev", folder.split("/")[1], target.split("/")[1], "123456789012"],
    );
  });

  it("does not move into itself, to a folder of the same name, or deeper than ten levels", async () => {
    grant("roles/resourcemanager.folderMover");
    const inner = await newFolder("Inner", folder);
    await newFolder("Shop", inner);
    let deep = await newFolder("Deep");
    for (let level = 2; level <= 10; level++) deep = await newFolder("Deep", deep);
    for (const destinationParent of [folder, inner, deep, organization]) {
      const error = await refusal(
        v3.folders.move({ name: folder, requestBody: { destinationParent } }, local.as("operator")),
      );
      assert.equal(`${error.code} ${error.status}`, "400 FAILED_PRECONDITION", destinationParent);
    }
    assert.equal(await parentOf(folder), organization);
  });

  it("can be undeleted", async () => {
    const name = await newFolder("Short lived");
    await v3.folders.delete({ name }, local.as("operator"));
    const { data } = await v3.folders.undelete({ name, requestBody: {} }, local.as("operator"));
    const done = await v3.operations.get({ name: data.name ?? "" }, local.as("operator"));
    assert.equal(done.data.response?.["state"], "ACTIVE");
    const again = v2.folders.undelete({ name, requestBody: {} }, local.as("operator"));
    assert.equal(await refusedWith(again), "400 FAILED_PRECONDITION");
  });
});

describe("the parent of a folder or a project", () => {
  const caller = () => local.as("operator");
  const [displayName, projectId] = ["Within", "within-dev"];

  /** Each method with a parent in its request. */
  const methods = (parent: string): readonly (readonly [string, () => Promise<unknown>])[] => {
    const [collection = "", id = ""] = parent.split("/");
    const ofV1 = { type: collection.replace(/s$/, ""), id };
    const moved = { requestBody: { destinationParent: parent } };
    return [
      ["v3 projects.move", () => v3.projects.move({ name: "projects/shop-dev", ...moved }, caller())],
      ["v3 folders.move", () => v3.folders.move({ name: folder, ...moved }, caller())],
      ["v2 folders.move", () => v2.folders.move({ name: folder, ...moved }, caller())],
      ["v3 projects.create", () => v3.projects.create({ requestBody: { projectId, parent } }, caller())],
      ["v3 folders.create", () => v3.folders.create({ requestBody: { displayName, parent } }, caller())],
      ["v2 folders.create", () => v2.folders.create({ parent, requestBody: { displayName } }, caller())],
      ["v3 projects.list", () => v3.projects.list({ parent }, caller())],
      ["v3 folders.list", () => v3.folders.list({ parent }, caller())],
      ["v2 folders.list", () => v2.folders.list({ parent }, caller())],
      ["v1 projects.create", () => v1.projects.create({ requestBody: { projectId, parent: ofV1 } }, caller())],
      [
        "v1 projects.update",
        () => v1.projects.update({ projectId: "shop-dev", requestBody: { parent: ofV1 } }, caller()),
      ],
    ];
  };

  for (const parent of [
    "projects/shop-dev",
    "projects/100000000001",
    "billingAccounts/012345-567890-ABCDEF",
    "projects/ops-admin/topics/events",
    "constructor/1",
  ])
    it(`is an organization or a folder, not ${parent}`, async () => {
      grant("roles/owner", "roles/resourcemanager.projectMover", "roles/resourcemanager.folderMover");
      const { folders, projects } = local.cloud.state;
      const parents = () => [...folders.values(), ...projects.values()].map((one) => [one.name, one.parent]);
      const before = parents();
      for (const [method, call] of methods(parent))
        assert.equal(await refusedWith(call()), "400 INVALID_ARGUMENT", method);
      assert.deepEqual(parents(), before);
    });

  it("is not being deleted", async () => {
    grant("roles/owner", "roles/resourcemanager.projectMover", "roles/resourcemanager.folderMover");
    const parent = await newFolder("Deleted");
    await v3.folders.delete({ name: parent }, caller());
    for (const [method, call] of methods(parent).filter(([name]) => !name.endsWith(".list")))
      assert.equal(await refusedWith(call()), "400 FAILED_PRECONDITION", method);
  });
});

describe("folders of v2", () => {
  it("have a whole life", async () => {
    grant("roles/resourcemanager.folderMover");
    const { folders } = v2;
    const created = await folders.create(
      { parent: organization, requestBody: { displayName: "Second version" } },
      local.as("operator"),
    );
    const { data: done } = await v1.operations.get({ name: created.data.name ?? "" }, local.as("operator"));
    const name = (done.response?.["name"] as string | undefined) ?? "";
    assert.equal(done.response?.["lifecycleState"], "ACTIVE");
    await folders.patch(
      { name, updateMask: "displayName", requestBody: { displayName: "Renamed" } },
      local.as("operator"),
    );
    const listed = await folders.list({ parent: organization }, local.as("operator"));
    assert.deepEqual(
      listed.data.folders?.map(({ displayName }) => displayName),
      ["Renamed", "Shop"],
    );
    const found = await folders.search({ requestBody: { query: "displayName=Renamed" } }, local.as("operator"));
    assert.equal(found.data.folders?.[0]?.name, name);
    await folders.move({ name, requestBody: { destinationParent: folder } }, local.as("operator"));
    assert.equal((await folders.get({ name }, local.as("operator"))).data.parent, folder);
    const policy = await folders.getIamPolicy({ resource: name, requestBody: {} }, local.as("operator"));
    assert.deepEqual(policy.data.bindings, [{ role: "roles/resourcemanager.folderAdmin", members: [operator] }]);
    const deleted = await folders.delete({ name }, local.as("operator"));
    assert.equal(deleted.data.lifecycleState, "DELETE_REQUESTED");
    const undeleted = await folders.undelete({ name, requestBody: {} }, local.as("operator"));
    assert.equal(undeleted.data.lifecycleState, "ACTIVE");
  });
});
