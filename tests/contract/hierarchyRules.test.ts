/** The rules of folders and projects in google/cloud/resourcemanager/v3/folders.proto and projects.proto. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import {
  cloudresourcemanager_v1,
  cloudresourcemanager_v3,
} from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { folder, operator, organization, refusal, refusedWith, useLocalCloud, violatedFields } from "./localCloud.ts";

const local = useLocalCloud("cloudresourcemanager");
const v1 = new cloudresourcemanager_v1.Cloudresourcemanager({});
const { folders, projects, operations } = new cloudresourcemanager_v3.Cloudresourcemanager({});

beforeEach(() => {
  const { policy } = local.cloud.state.organizations.get(organization) ?? assert.fail();
  for (const role of ["roles/owner", "roles/resourcemanager.folderAdmin"])
    policy.bindings.push({ role, members: [operator] });
});

const caller = () => local.as("operator");

async function newFolder(displayName: string, parent = organization): Promise<string> {
  const { data } = await folders.create({ requestBody: { parent, displayName } }, caller());
  const done = await operations.get({ name: data.name ?? "" }, caller());
  return (done.data.response?.["name"] as string | undefined) ?? assert.fail();
}

const shop = "projects/shop-dev";

type Patch = cloudresourcemanager_v3.Schema$Project;

const patch = (requestBody: Patch, updateMask?: string) =>
  projects.patch({ name: shop, requestBody, ...(updateMask !== undefined && { updateMask }) }, caller());

const labelsOf = async () => (await projects.get({ name: shop }, caller())).data.labels;

describe("a folder", () => {
  it("is at most ten levels deep, and a parent has at most 300", async () => {
    let deep = organization;
    for (let level = 1; level <= 10; level++) deep = await newFolder("Deep", deep);
    const more = (parent: string) => folders.create({ requestBody: { parent, displayName: "More" } }, caller());
    assert.equal(await refusedWith(more(deep)), "400 FAILED_PRECONDITION");
    const wide = await newFolder("Wide");
    for (let child = 1; child <= 300; child++) await newFolder(`Child ${child}`, wide);
    assert.equal(await refusedWith(more(wide)), "400 FAILED_PRECONDITION");
    const [name] = [...local.cloud.state.folders.values()]
      .filter(({ parent }) => parent === wide)
      .map((one) => one.name);
    await folders.delete({ name: name ?? "" }, caller());
    await more(wide);
    const undelete = folders.undelete({ name: name ?? "", requestBody: {} }, caller());
    assert.equal(await refusedWith(undelete), "400 FAILED_PRECONDITION", "the name is free, but the place is not");
  });

  it("can be deleted and undeleted again without an effect, and has the time of its deletion", async () => {
    const name = await newFolder("Short lived");
    const get = async () => (await folders.get({ name }, caller())).data;
    await folders.delete({ name }, caller());
    const deleted = await get();
    assert.equal(deleted.deleteTime, deleted.updateTime);
    local.clock.advance(1000);
    await folders.delete({ name }, caller());
    assert.deepEqual(await get(), deleted);
    await folders.undelete({ name, requestBody: {} }, caller());
    const undeleted = await get();
    assert.equal(undeleted.deleteTime, undefined);
    local.clock.advance(1000);
    await folders.undelete({ name, requestBody: {} }, caller());
    assert.deepEqual(await get(), undeleted);
  });

  it("is found by NOT", async () => {
    await newFolder("Other");
    const find = async (query: string) =>
      (await folders.search({ query }, caller())).data.folders?.map(({ displayName }) => displayName);
    assert.deepEqual(await find("NOT displayName=Shop"), ["Other"]);
    assert.deepEqual(await find(`parent=${organization} AND NOT displayName=O*`), ["Shop"]);
  });
});

describe("a project", () => {
  it("can be deleted again without an effect in v3, and has the time of its deletion", async () => {
    await projects.delete({ name: shop }, caller());
    const { data: deleted } = await projects.get({ name: shop }, caller());
    assert.equal(deleted.deleteTime, deleted.updateTime);
    local.clock.advance(1000);
    await projects.delete({ name: shop }, caller());
    assert.deepEqual((await projects.get({ name: shop }, caller())).data, deleted);
    assert.equal(await refusedWith(v1.projects.delete({ projectId: "shop-dev" }, caller())), "400 FAILED_PRECONDITION");
    await projects.undelete({ name: shop, requestBody: {} }, caller());
    assert.equal((await projects.get({ name: shop }, caller())).data.deleteTime, undefined);
  });

  it("cannot be updated while it is being deleted", async () => {
    await projects.delete({ name: shop }, caller());
    assert.equal(await refusedWith(patch({ displayName: "Shop" })), "400 FAILED_PRECONDITION");
    const update = v1.projects.update({ projectId: "shop-dev", requestBody: { name: "Shop" } }, caller());
    assert.equal(await refusedWith(update), "400 FAILED_PRECONDITION");
  });

  it("keeps its labels without a mask, and loses them with one", async () => {
    await patch({ labels: {} });
    assert.deepEqual(await labelsOf(), { env: "dev" });
    await patch({}, "displayName");
    assert.deepEqual(await labelsOf(), { env: "dev" });
    await patch({ labels: { env: "test" } });
    assert.deepEqual(await labelsOf(), { env: "test" });
    await patch({}, "labels");
    assert.equal(await labelsOf(), undefined);
  });

  const labels = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, ""]));
  for (const [title, body] of [
    ["a display name of one letter", { displayName: "x" }],
    ["a display name of 31 letters", { displayName: "x".repeat(31) }],
    ["a display name with a slash", { displayName: "Shop/dev" }],
    ["a label in upper case", { labels: { Env: "dev" } }],
    ["a label with a sign", { labels: { "env!": "dev" } }],
    ["a label of 64 letters", { labels: { ["x".repeat(64)]: "dev" } }],
    ["a value with a space", { labels: { env: "X Y" } }],
    ["65 labels", { labels: labels(65) }],
  ] as const satisfies readonly (readonly [string, Patch])[])
    it(`has not ${title}`, async () => {
      const field = "labels" in body ? "project.labels" : "project.display_name";
      assert.deepEqual(violatedFields(await refusal(patch(body))), [field]);
      const requestBody: Patch = { projectId: "new-dev", parent: folder, ...(body as Patch) };
      assert.deepEqual(violatedFields(await refusal(projects.create({ requestBody }, caller()))), [field]);
    });

  for (const projectId of ["google-shop", "shop-ssl-dev", "null-shop", "undefined-1"])
    it(`has no ID with a restricted string: ${projectId}`, async () => {
      const requestBody = { projectId, parent: folder };
      assert.deepEqual(violatedFields(await refusal(projects.create({ requestBody }, caller()))), ["project_id"]);
    });

  it("has up to 64 labels, also with underscores and letters of other alphabets", async () => {
    await patch({ displayName: `"Shop" 'dev'!`, labels: { ...labels(63), straße_1: "größe-2" } });
    assert.equal(Object.keys((await labelsOf()) ?? {}).length, 64);
  });
});

describe("an etag", () => {
  it("refuses an update of a project that has changed since, also at the same time", async () => {
    const { etag } = (await projects.get({ name: shop }, caller())).data;
    assert.ok(etag);
    await patch({ labels: { env: "test" }, etag });
    assert.equal(await refusedWith(patch({ labels: { env: "dev" }, etag })), "409 ABORTED");
    assert.deepEqual(await labelsOf(), { env: "test" });
  });

  it("refuses an update of a folder that has changed since", async () => {
    const { etag } = (await folders.get({ name: folder }, caller())).data;
    assert.ok(etag);
    const rename = (displayName: string) =>
      folders.patch({ name: folder, updateMask: "displayName", requestBody: { displayName, etag } }, caller());
    await rename("Shops");
    assert.equal(await refusedWith(rename("Shopping")), "409 ABORTED");
  });
});
