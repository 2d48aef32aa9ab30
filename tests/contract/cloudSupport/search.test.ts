/** How Cloud Support v2 lists and searches cases, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { organization, refusal, refusedWith, useLocalCloud, violatedFields } from "../localCloud.ts";
import { cases, casesIn, shop } from "./supportApi.ts";

const local = useLocalCloud("cloudsupport");
const { createCase, found } = casesIn(local);

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
