/** Cloud Support v2, through Google's own client. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import {
  errorInfo,
  operator,
  organization,
  refusal,
  refusedWith,
  useLocalCloud,
  violatedFields,
} from "./localCloud.ts";

const local = useLocalCloud("cloudsupport");
const { cases, caseClassifications, media } = new cloudsupport_v2.Cloudsupport({});
const { supportEventSubscriptions } = new cloudsupport_v2.Cloudsupport({}).organizations;

const shop = "projects/shop-dev";
const seededCase = "projects/shop-dev/cases/43595344";
const computeEngine = "Technical Issue > Compute > Compute Engine";
const computeEngineId =
  "100IK2AKCLHMGRJ9CDGMOCGP8DM6UTB4BT262T31BT1M2T31DHNMENPO6KS36CPJ786L2TBFEHGN6NPI64R3CDHN8880G08I1H3MURR7DHII0GRCDTQM8";

/** The guide's test case. */
const guideCase: cloudsupport_v2.Schema$Case = {
  displayName: "Test issue",
  description: "Test message",
  classification: { id: computeEngineId },
  priority: "P4",
  testCase: true,
};

async function createCase(change: cloudsupport_v2.Schema$Case = {}, parent = shop): Promise<string> {
  const { data } = await cases.create({ parent, requestBody: { ...guideCase, ...change } }, local.as("operator"));
  return data.name ?? assert.fail("a case without a name");
}

async function found(query: string, parent = organization): Promise<(string | null | undefined)[]> {
  const { data } = await cases.search({ parent, query }, local.as("operator"));
  return (data.cases ?? []).map(({ displayName }) => displayName);
}

describe("case classifications", () => {
  it("finds the one of Google's samples by its display name", async () => {
    const query = 'display_name:"*Compute Engine"';
    const { data } = await caseClassifications.search({ query }, local.as("operator"));
    assert.deepEqual(data, { caseClassifications: [{ id: computeEngineId, displayName: computeEngine }] });
  });

  it("pages through all of them, ten at a time unless asked otherwise", async () => {
    const first = await caseClassifications.search({}, local.as("operator"));
    assert.equal(first.data.caseClassifications?.length, 10);
    const ids = new Set<string>();
    let pageToken: string | undefined;
    do {
      const { data } = await caseClassifications.search(
        { pageSize: 12, ...(pageToken === undefined ? {} : { pageToken }) },
        local.as("operator"),
      );
      for (const { id } of data.caseClassifications ?? []) ids.add(id ?? "");
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    assert.ok(ids.size > 25, `only ${ids.size} classifications`);
    assert.equal(ids.size, local.cloud.state.caseClassifications.length - 1, "all but the deactivated one");
  });

  it("keeps a deactivated one for six months, though it is no longer found", async () => {
    const deactivated = { id: "42", displayName: "Technical Issue > Old" };
    local.cloud.state.caseClassifications.push({ ...deactivated, deactivateTime: "2026-09-01T00:00:00Z" });
    const { data } = await caseClassifications.search({ query: 'display_name:"Old"' }, local.as("operator"));
    assert.deepEqual(data, {});
    const requestBody = { ...guideCase, classification: { id: "42" } };
    const created = await cases.create({ parent: shop, requestBody }, local.as("operator"));
    assert.deepEqual(created.data.classification, deactivated);

    local.clock.advance(200 * 24 * 60 * 60 * 1000);
    const error = await refusal(cases.create({ parent: shop, requestBody }, local.as("operator")));
    assert.deepEqual(violatedFields(error), ["case.classification.id"]);
  });
});

describe("creating a case", () => {
  it("answers the guide's test case with what the server sets", async () => {
    const { data } = await cases.create({ parent: shop, requestBody: guideCase }, local.as("operator"));
    const now = new Date(local.clock.now()).toISOString();
    assert.deepEqual(data, {
      ...guideCase,
      name: "projects/shop-dev/cases/43595345",
      classification: { id: computeEngineId, displayName: computeEngine },
      languageCode: "en",
      state: "NEW",
      createTime: now,
      updateTime: now,
      creator: {
        displayName: "operator",
        email: "operator@ops-admin.iam.gserviceaccount.com",
        username: "operator@ops-admin.iam.gserviceaccount.com",
      },
    });
    assert.equal(local.cloud.state.cases.get("43595345")?.description, "Test message");
  });

  it("takes the names of Google's own sample, written with underscores", async () => {
    const requestBody = {
      display_name: "Test issue",
      description: "Test message",
      classification: { id: computeEngineId },
      time_zone: "-07:00",
      subscriber_email_addresses: ["foo@example.com"],
      testCase: true,
      priority: "P4",
    } as cloudsupport_v2.Schema$Case;
    const { data } = await cases.create({ parent: shop, requestBody }, local.as("operator"));
    assert.equal(data.displayName, "Test issue");
    assert.equal(data.timeZone, "-07:00");
    assert.deepEqual(data.subscriberEmailAddresses, ["foo@example.com"]);
  });

  it("ignores what only the server sets", async () => {
    const { data } = await cases.create(
      {
        parent: shop,
        requestBody: {
          ...guideCase,
          name: "projects/shop-dev/cases/1",
          state: "CLOSED",
          createTime: "2001-01-01T00:00:00Z",
          creator: { displayName: "Somebody", email: "somebody@example.com" },
          classification: { id: computeEngineId, displayName: "Something" },
        },
      },
      local.as("operator"),
    );
    assert.equal(data.name, "projects/shop-dev/cases/43595345");
    assert.equal(data.state, "NEW");
    assert.equal(data.creator?.displayName, "operator");
    assert.equal(data.classification?.displayName, computeEngine);
    assert.notEqual(data.createTime, "2001-01-01T00:00:00Z");
  });

  it("refuses a field that v2 does not have, in Google's words", async () => {
    const requestBody = { ...guideCase, severity: "S4" } as cloudsupport_v2.Schema$Case;
    const error = await refusal(cases.create({ parent: shop, requestBody }, local.as("operator")));
    const description = "Invalid JSON payload received. Unknown name \"severity\" at 'case': Cannot find field.";
    assert.deepEqual(error, {
      code: 400,
      message: description,
      status: "INVALID_ARGUMENT",
      details: [
        { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: [{ field: "case", description }] },
      ],
    });
  });

  it("is in English unless another language of support is requested", async () => {
    const languageOf = async (languageCode: string) =>
      (await cases.create({ parent: shop, requestBody: { ...guideCase, languageCode } }, local.as("operator"))).data
        .languageCode;
    assert.equal(await languageOf("ja"), "ja");
    assert.equal(await languageOf("de"), "en");
  });

  it("takes null for absent", async () => {
    const requestBody = { ...guideCase, timeZone: null, subscriberEmailAddresses: null };
    const { data } = await cases.create({ parent: shop, requestBody }, local.as("operator"));
    assert.equal(data.timeZone, undefined);
  });

  for (const field of ["displayName", "description", "classification", "priority"] as const)
    it(`needs ${field}`, async () => {
      const { [field]: _left, ...requestBody } = guideCase;
      const error = await refusal(cases.create({ parent: shop, requestBody }, local.as("operator")));
      assert.equal(error.status, "INVALID_ARGUMENT");
      const expected = {
        displayName: "case.display_name",
        description: "case.description",
        classification: "case.classification.id",
        priority: "case.priority",
      };
      assert.deepEqual(violatedFields(error), [expected[field]]);
    });

  it("refuses a classification that is none, and a priority that is none", async () => {
    const call = (change: cloudsupport_v2.Schema$Case) =>
      refusedWith(cases.create({ parent: shop, requestBody: { ...guideCase, ...change } }, local.as("operator")));
    assert.equal(await call({ classification: { id: "nothing" } }), "400 INVALID_ARGUMENT");
    assert.equal(await call({ priority: "P5" }), "400 INVALID_ARGUMENT");
    assert.equal(local.cloud.state.cases.size, 1);
  });

  it("takes no contact address from an identity that has an address", async () => {
    const requestBody = { ...guideCase, contactEmail: "ada@example.com" };
    const error = await refusal(cases.create({ parent: shop, requestBody }, local.as("operator")));
    assert.deepEqual(violatedFields(error), ["case.contact_email"]);
  });

  it("creates a second case of a request that comes twice: there is no request id", async () => {
    assert.notEqual(await createCase(), await createCase());
    assert.deepEqual(await found('"Test issue"'), ["Test issue", "Test issue"]);
  });

  it("gives an organization's case the organization's number", async () => {
    assert.equal(await createCase({}, organization), `${organization}/cases/43595345`);
  });
});

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
    found.supportPlan = "basic";
    const call = cases.create({ parent: shop, requestBody: guideCase }, local.as("operator"));
    assert.equal(await refusedWith(call), "403 PERMISSION_DENIED");
    assert.equal(await refusedWith(caseClassifications.search({}, local.as("operator"))), "403 PERMISSION_DENIED");
  });
});

describe("the life of a case", () => {
  it("is created, read, listed, closed, and read as closed", async () => {
    const name = await createCase();
    local.clock.advance(60_000);
    const closed = await cases.close({ name, requestBody: {} }, local.as("operator"));
    assert.equal(closed.data.state, "CLOSED");
    assert.equal(closed.data.updateTime, new Date(local.clock.now()).toISOString());
    const { data } = await cases.get({ name }, local.as("operator"));
    assert.deepEqual(data, closed.data);
  });

  it("is closed by a request without a body, as in Google's sample", async () => {
    const name = await createCase();
    const { data } = await cases.close({ name }, local.as("operator"));
    assert.equal(data.state, "CLOSED");
  });

  it("takes no write once it is closed", async () => {
    const name = await createCase();
    await cases.close({ name }, local.as("operator"));
    const writes = [
      cases.close({ name }, local.as("operator")),
      cases.patch({ name, updateMask: "priority", requestBody: { priority: "P3" } }, local.as("operator")),
      cases.comments.create({ parent: name, requestBody: { body: "More" } }, local.as("operator")),
    ];
    for (const write of writes) assert.equal(await refusedWith(write), "400 FAILED_PRECONDITION");
  });

  it("is found by its parent's number as well as by its id", async () => {
    const { data } = await cases.get({ name: "projects/100000000001/cases/43595344" }, local.as("operator"));
    assert.equal(data.name, seededCase);
    const other = cases.get({ name: "projects/pay-dev/cases/43595344" }, local.as("operator"));
    assert.equal(await refusedWith(other), "404 NOT_FOUND");
  });

  it("is escalated with a reason and a justification", async () => {
    const escalation = { reason: "BUSINESS_IMPACT", justification: "The shop is down." };
    const { data } = await cases.escalate({ name: seededCase, requestBody: { escalation } }, local.as("operator"));
    assert.equal(data.escalated, true);
    const unjustified = cases.escalate(
      { name: seededCase, requestBody: { escalation: { reason: "BUSINESS_IMPACT" } } },
      local.as("operator"),
    );
    assert.equal(await refusedWith(unjustified), "400 INVALID_ARGUMENT");
  });
});

describe("updating a case", () => {
  it("changes what the mask names, in either spelling, and nothing else", async () => {
    const requestBody = { priority: "P1", displayName: "Renamed", subscriberEmailAddresses: ["new@example.com"] };
    await cases.patch({ name: seededCase, updateMask: "display_name", requestBody }, local.as("operator"));
    const { data } = await cases.patch(
      { name: seededCase, updateMask: "subscriberEmailAddresses", requestBody },
      local.as("operator"),
    );
    assert.equal(data.displayName, "Renamed");
    assert.deepEqual(data.subscriberEmailAddresses, ["new@example.com"]);
    assert.equal(data.priority, "P2");
  });

  it("without a mask changes all that can change, and so clears absent fields", async () => {
    const requestBody = { priority: "P3", displayName: "Renamed" };
    const { data } = await cases.patch({ name: seededCase, requestBody }, local.as("operator"));
    assert.equal(data.priority, "P3");
    assert.equal(data.subscriberEmailAddresses, undefined);
    assert.equal(data.description, "Three instances of the shop restarted at 02:10 UTC.");
  });

  for (const updateMask of ["description", "classification", "timeZone", "testCase", "state"])
    it(`cannot change ${updateMask}`, async () => {
      const requestBody = { description: "Other words" };
      const error = await refusal(cases.patch({ name: seededCase, updateMask, requestBody }, local.as("operator")));
      assert.equal(error.status, "INVALID_ARGUMENT");
      assert.deepEqual(violatedFields(error), ["update_mask"]);
    });
});

describe("listing and searching cases", () => {
  it("lists ten directly under the parent, and the rest by the page token", async () => {
    for (let number = 1; number <= 11; number++) await createCase({ displayName: `Case ${number}` });
    await createCase({ displayName: "The organization's" }, organization);
    const first = await cases.list({ parent: shop }, local.as("operator"));
    assert.equal(first.data.cases?.length, 10);
    const pageToken = first.data.nextPageToken ?? assert.fail("no second page");
    const second = await cases.list({ parent: shop, pageToken }, local.as("operator"));
    assert.deepEqual(
      second.data.cases?.map(({ displayName }) => displayName),
      ["Case 10", "Case 11"],
    );
    assert.equal(second.data.nextPageToken, undefined);
    const own = await cases.list({ parent: organization }, local.as("operator"));
    assert.deepEqual(
      own.data.cases?.map(({ displayName }) => displayName),
      ["The organization's"],
    );
  });

  it("refuses a page token of its own making, and a negative page size", async () => {
    const pageToken = cases.list({ parent: shop, pageToken: "next" }, local.as("operator"));
    assert.deepEqual(violatedFields(await refusal(pageToken)), ["page_token"]);
    const pageSize = cases.list({ parent: shop, pageSize: -1 }, local.as("operator"));
    assert.deepEqual(violatedFields(await refusal(pageSize)), ["page_size"]);
  });

  it("filters a list by state, priority and creator", async () => {
    const closed = await createCase({ displayName: "Closed", priority: "P3" });
    await cases.close({ name: closed }, local.as("operator"));
    await createCase({ displayName: "Open", priority: "P3" });
    const listed = async (filter: string) => {
      const { data } = await cases.list({ parent: shop, filter }, local.as("operator"));
      return (data.cases ?? []).map(({ displayName }) => displayName);
    };
    assert.deepEqual(await listed("state=CLOSED"), ["Closed"]);
    assert.deepEqual(await listed("state=OPEN AND (priority=P0 OR priority=P3)"), ["Open"]);
    assert.deepEqual(await listed('state=OPEN AND creator.email="someone-else@example.com"'), [
      "Instances restart at night",
    ]);
    assert.deepEqual(await listed("priority=P3 AND priority=P2"), []);
  });

  it("searches the text of cases and comments under an organization", async () => {
    await createCase({ displayName: "Payments are slow" }, "projects/pay-dev");
    await createCase({ displayName: "The organization's", description: "About payments" }, organization);
    assert.deepEqual(await found('"payments"'), ["Payments are slow", "The organization's"]);
    assert.deepEqual(await found('"04:10 UTC"'), ["Instances restart at night"]);
    assert.deepEqual(await found('"payments" AND priority=P4', "projects/pay-dev"), ["Payments are slow"]);
    assert.equal((await found("")).length, 3);
  });

  it("searches by the time of the last change", async () => {
    const before = new Date(local.clock.now()).toISOString();
    local.clock.advance(1000);
    await createCase({ displayName: "New" });
    assert.deepEqual(await found(`update_time>"${before}"`), ["New"]);
    assert.deepEqual(await found('update_time>"2020-01-01T00:00:00-05:00"'), ["Instances restart at night", "New"]);
  });

  for (const query of [
    "state=NEW",
    "priority=P5",
    "priority>P1",
    'update_time<"2020-01-01T00:00:00Z"',
    'update_time>"yesterday"',
    "testCase=true",
    "(state=OPEN",
    "state=",
    "state=OPEN AND",
    'project="projects/shop-dev"',
  ])
    it(`refuses the query ${query}`, async () => {
      const call = cases.search({ parent: organization, query }, local.as("operator"));
      assert.equal(await refusedWith(call), "400 INVALID_ARGUMENT");
    });

  it("shows a searcher only the cases of projects that are open to him", async () => {
    const found = local.cloud.state.projects.get("shop-dev") ?? assert.fail();
    found.policy.bindings.push({
      role: "roles/cloudsupport.techSupportViewer",
      members: ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"],
    });
    const { data } = await cases.search({ parent: shop }, local.as("nobody"));
    assert.equal(data.cases?.length, 1);
    const above = cases.search({ parent: organization }, local.as("nobody"));
    assert.equal(await refusedWith(above), "403 PERMISSION_DENIED");
  });
});

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
