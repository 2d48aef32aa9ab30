/** Comments, attachments and subscriptions to events in Cloud Support v2, through Google's own client. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { organization, refusal, refusedWith, useLocalCloud, violatedFields } from "../localCloud.ts";
import { cases, media, seededCase } from "./supportApi.ts";

const local = useLocalCloud("cloudsupport");

const { supportEventSubscriptions } = new cloudsupport_v2.Cloudsupport({}).organizations;

describe("comments", () => {
  it("are added and read back", async () => {
    const { data } = await cases.comments.create(
      { parent: seededCase, requestBody: { body: "It is quiet now." } },
      local.as("operator"),
    );
    assert.equal(data.body, "It is quiet now.");
    assert.equal(data.plainTextBody, "It is quiet now.");
    assert.equal(data.creator?.displayName, "operator");
    const listed = await cases.comments.list({ parent: seededCase }, local.as("auditor"));
    assert.deepEqual(
      listed.data.comments?.map(({ body }) => body),
      ["It happened again at 04:10 UTC.", "It is quiet now."],
    );
    const { data: read } = await cases.comments.get({ name: data.name ?? "" }, local.as("auditor"));
    assert.deepEqual(read, data);
  });

  it("have from 1 to 12800 characters", async () => {
    const add = (body: string) =>
      cases.comments.create({ parent: seededCase, requestBody: { body } }, local.as("operator"));
    await add("x".repeat(12800));
    assert.equal(await refusedWith(add("x".repeat(12801))), "400 INVALID_ARGUMENT");
    assert.equal(await refusedWith(add("")), "400 INVALID_ARGUMENT");
  });
});

describe("attachments", () => {
  it("are uploaded with their metadata, listed, and downloaded byte by byte", async () => {
    const bytes = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10, 13, 10, 1]);
    const uploaded = await media.upload(
      {
        parent: seededCase,
        requestBody: { attachment: { filename: "core.bin" } },
        media: { mimeType: "application/x-core", body: Readable.from(bytes) },
      },
      local.as("operator"),
    );
    assert.equal(uploaded.data.filename, "core.bin");
    assert.equal(uploaded.data.mimeType, "application/x-core");
    assert.equal(uploaded.data.sizeBytes, "11");
    const listed = await cases.attachments.list({ parent: seededCase }, local.as("operator"));
    assert.deepEqual(listed.data.attachments, [uploaded.data]);
    const got = await cases.attachments.get({ name: uploaded.data.name ?? "" }, local.as("operator"));
    assert.deepEqual(got.data, uploaded.data);
    const downloaded = await media.download(
      { name: uploaded.data.name ?? "", alt: "media" },
      { ...local.as("operator"), responseType: "arraybuffer" },
    );
    assert.deepEqual(Buffer.from(downloaded.data as ArrayBuffer), bytes);
  });

  for (const path of ["upload/v2", "v2"])
    it(`are what the body is at ${path}, also JSON`, async () => {
      const { rootUrl, headers } = local.as("operator");
      const query = "uploadType=media&attachment.filename=log.json";
      const body = '{"a":1}';
      const reply = await fetch(`${rootUrl}${path}/${seededCase}/attachments?${query}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body,
      });
      assert.equal(reply.status, 200);
      const [attachment] = local.cloud.state.cases.get("43595344")?.attachments ?? [];
      assert.deepEqual([attachment?.mimeType, attachment?.bytes.toString()], ["application/json", body]);
    });

  it("are uploaded as in Google's sample: the bytes alone, the name in the query", async () => {
    const { rootUrl, headers } = local.as("operator");
    const reply = await fetch(`${rootUrl}upload/v2/${seededCase}/attachments?attachment.filename=notes.txt`, {
      method: "POST",
      headers: { ...headers, "content-type": "text/plain" },
      body: "It restarted.",
    });
    assert.equal(reply.status, 200);
    const [attachment] = local.cloud.state.cases.get("43595344")?.attachments ?? [];
    assert.equal(attachment?.filename, "notes.txt");
    assert.equal(attachment.bytes.toString(), "It restarted.");
  });

  it("need a name", async () => {
    const call = media.upload(
      { parent: seededCase, media: { mimeType: "text/plain", body: "text" } },
      local.as("operator"),
    );
    assert.deepEqual(violatedFields(await refusal(call)), ["attachment.filename"]);
  });
});

describe("support event subscriptions", () => {
  const pubSubTopic = "projects/ops-admin/topics/support-events";

  it("are created, changed, deleted softly, undeleted and expunged", async () => {
    const created = await supportEventSubscriptions.create(
      { parent: organization, requestBody: { pubSubTopic } },
      local.as("operator"),
    );
    const name = created.data.name ?? assert.fail();
    assert.equal(created.data.state, "WORKING");
    const changed = await supportEventSubscriptions.patch(
      { name, updateMask: "pubSubTopic", requestBody: { pubSubTopic: `${pubSubTopic}-2` } },
      local.as("operator"),
    );
    assert.equal(changed.data.pubSubTopic, `${pubSubTopic}-2`);
    const deleted = await supportEventSubscriptions.delete({ name }, local.as("operator"));
    assert.equal(deleted.data.state, "DELETED");
    assert.ok((deleted.data.purgeTime ?? "") > (deleted.data.deleteTime ?? ""));
    const listed = await supportEventSubscriptions.list({ parent: organization }, local.as("operator"));
    assert.deepEqual(listed.data, {});
    const all = await supportEventSubscriptions.list({ parent: organization, showDeleted: true }, local.as("operator"));
    assert.equal(all.data.supportEventSubscriptions?.length, 1);
    const undeleted = await supportEventSubscriptions.undelete({ name }, local.as("operator"));
    assert.equal(undeleted.data.state, "WORKING");
    await supportEventSubscriptions.delete({ name }, local.as("operator"));
    await supportEventSubscriptions.expunge({ name }, local.as("operator"));
    assert.equal(await refusedWith(supportEventSubscriptions.get({ name }, local.as("operator"))), "404 NOT_FOUND");
  });
});
