/** Pub/Sub v1, and the events of support cases that are published there, by Google's own clients. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { pubsub_v1 } from "googleapis/build/src/apis/pubsub/index.js";
import { casesIn } from "./cloudSupport/supportApi.ts";
import { organization, refusedWith, useLocalCloud } from "./localCloud.ts";

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
