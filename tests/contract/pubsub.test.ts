/** Pub/Sub v1, and the events of support cases that are published there, by Google's own clients. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { pubsub_v1 } from "googleapis/build/src/apis/pubsub/index.js";
import { casesIn } from "./cloudSupport/supportApi.ts";
import { organization, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";

// Without a prefix, as the tests call two APIs.
const local = useLocalCloud("");
const { topics } = new pubsub_v1.Pubsub({}).projects;
const { cases, organizations } = new cloudsupport_v2.Cloudsupport({});
const topic = "projects/ops-admin/topics/support-events";

const as = () => ({ ...local.as("operator"), rootUrl: `${local.cloud.address}/` });

const create = () => topics.create({ name: topic, requestBody: {} }, as());
const publish = (requestBody: object) => topics.publish({ topic, requestBody }, as());

async function messages(): Promise<Record<string, unknown>[]> {
  const reply = await fetch(`${local.cloud.address}/_local/messages`);
  return ((await reply.json()) as { messages: Record<string, unknown>[] }).messages;
}

describe("a topic", () => {
  it("is created, listed and deleted", async () => {
    const { data } = await create();
    assert.deepEqual(data, { name: topic });
    assert.equal(await refusedWith(create()), "409 ALREADY_EXISTS");
    assert.deepEqual((await topics.list({ project: "projects/ops-admin" }, as())).data, { topics: [data] });
    await topics.delete({ topic }, as());
    assert.equal(await refusedWith(topics.get({ topic }, as())), "404 NOT_FOUND");
    const elsewhere = "projects/legacy-dev/topics/support-events";
    assert.equal(await refusedWith(topics.get({ topic: elsewhere }, as())), "403 PERMISSION_DENIED");
  });

  it("has the settings of the request", async () => {
    const settings = {
      messageRetentionDuration: "86600s",
      messageStoragePolicy: { allowedPersistenceRegions: ["europe-west3"] },
      kmsKeyName: "projects/ops-admin/locations/europe-west3/keyRings/ring/cryptoKeys/key",
    };
    const labels = { team: "support" };
    const { data } = await topics.create({ name: topic, requestBody: { labels, ...settings } }, as());
    assert.deepEqual(data, { name: topic, labels, ...settings });
    const changed = { name: topic, messageRetentionDuration: "600s" };
    const requestBody = {
      topic: changed,
      updateMask: "messageRetentionDuration,messageStoragePolicy.enforceInTransit",
    };
    await topics.patch({ name: topic, requestBody }, as());
    const read = (await topics.get({ topic }, as())).data;
    assert.deepEqual(read, { ...data, ...changed });
  });

  for (const [what, requestBody, expected] of [
    ["a short retention", { messageRetentionDuration: "599s" }, "400 INVALID_ARGUMENT"],
    ["a long retention", { messageRetentionDuration: "2678401s" }, "400 INVALID_ARGUMENT"],
    ["a key without its ring", { kmsKeyName: "key" }, "400 INVALID_ARGUMENT"],
    ["a label with capitals", { labels: { Team: "support" } }, "400 INVALID_ARGUMENT"],
    [
      "a schema, which no project has",
      { schemaSettings: { schema: "projects/ops-admin/schemas/s" } },
      "501 UNIMPLEMENTED",
    ],
  ] as const)
    it(`is refused with ${what}`, async () => {
      assert.equal(await refusedWith(topics.create({ name: topic, requestBody }, as())), expected);
      await create();
      const updateMask = Object.keys(requestBody).join();
      const patch = topics.patch(
        { name: topic, requestBody: { topic: { name: topic, ...requestBody }, updateMask } },
        as(),
      );
      assert.equal(await refusedWith(patch), expected);
    });

  it("can be granted to everyone, and only with roles that contain permissions of Pub/Sub", async () => {
    await create();
    const grant = (role: string, member: string) =>
      topics.setIamPolicy(
        { resource: topic, requestBody: { policy: { bindings: [{ role, members: [member] }] } } },
        as(),
      );
    await grant("roles/pubsub.publisher", "allUsers");
    await grant("roles/owner", "user:ada@example.com");
    await grant("roles/dataflow.serviceAgent", "user:ada@example.com");
    for (const role of [
      "roles/cloudsupport.techSupportEditor",
      "roles/resourcemanager.folderAdmin",
      "roles/orgpolicy.policyAdmin",
      "roles/browser",
    ]) {
      const error = await refusal(grant(role, "user:ada@example.com"));
      assert.deepEqual([error.code, error.message], [400, `Role ${role} is not supported for this resource.`]);
    }
  });

  it("keeps the messages that are published to it", async () => {
    await create();
    const data = Buffer.from("hello").toString("base64");
    const { data: reply } = await publish({ messages: [{ data }, { attributes: { kind: "test" } }] });
    assert.deepEqual(reply, { messageIds: ["1", "2"] });
    const publishTime = "2026-10-01T09:00:00.000Z";
    assert.deepEqual(await messages(), [
      { topic, messageId: "1", publishTime, attributes: {}, data },
      { topic, messageId: "2", publishTime, attributes: { kind: "test" }, data: "" },
    ]);
    assert.equal(await refusedWith(publish({ messages: [] })), "400 INVALID_ARGUMENT");
    assert.equal(await refusedWith(publish({ messages: [{}] })), "400 INVALID_ARGUMENT");
    const nobody = { ...as(), headers: { authorization: "Bearer local-nobody-token" } };
    const requestBody = { messages: [{ data }] };
    assert.equal(await refusedWith(topics.publish({ topic, requestBody }, nobody)), "403 PERMISSION_DENIED");
  });
});

describe("the events of cases", () => {
  const subscriptions = organizations.supportEventSubscriptions;

  async function subscribe(): Promise<() => Promise<unknown[]>> {
    const { data } = await subscriptions.create({ parent: organization, requestBody: { pubSubTopic: topic } }, as());
    return async () => {
      const { state, failureReason } = (await subscriptions.get({ name: data.name ?? "" }, as())).data;
      return [state, failureReason];
    };
  }

  it("are published to the topic, once the topic and the grant exist", async () => {
    const { createCase } = casesIn({ ...local, cloud: local.cloud, as });
    const status = await subscribe();
    assert.deepEqual(await status(), ["WORKING", undefined]);
    await createCase();
    assert.deepEqual(await status(), ["FAILING", "TOPIC_NOT_FOUND"]);
    await create();
    await createCase();
    assert.deepEqual(await status(), ["FAILING", "PERMISSION_DENIED"]);
    const members = ["serviceAccount:cloud-support-apievents@system.gserviceaccount.com"];
    const policy = { bindings: [{ role: "roles/pubsub.publisher", members }] };
    await topics.setIamPolicy({ resource: topic, requestBody: { policy } }, as());
    const name = await createCase();
    await cases.comments.create({ parent: name, requestBody: { body: "Any news?" } }, as());
    await cases.close({ name, requestBody: {} }, as());
    assert.deepEqual(await status(), ["WORKING", undefined]);
    const published = (await messages()).map(
      ({ data }) => JSON.parse(Buffer.from(String(data), "base64").toString()) as object,
    );
    const updateTime = "2026-10-01T09:00:00.000Z";
    assert.deepEqual(published, [
      { name, state: "NEW", updateTime },
      { name, state: "NEW", updateTime },
      { name, state: "CLOSED", updateTime },
    ]);
  });

  it("are not published for a deleted subscription", async () => {
    await create();
    const { data } = await subscriptions.create({ parent: organization, requestBody: { pubSubTopic: topic } }, as());
    await subscriptions.delete({ name: data.name ?? "" }, as());
    const { createCase } = casesIn({ ...local, cloud: local.cloud, as });
    await createCase();
    assert.deepEqual(await messages(), []);
    assert.equal(local.cloud.state.supportEventSubscriptions.get(data.name ?? "")?.state, "DELETED");
  });
});
