/** The creation of cases in Cloud Support v2, and their classifications, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { organization, refusal, refusedWith, useLocalCloud, violatedFields } from "../localCloud.ts";
import { caseClassifications, cases, casesIn, computeEngineId, guideCase, shop } from "./supportApi.ts";

const local = useLocalCloud("cloudsupport");
const { createCase, found } = casesIn(local);

const computeEngine = "Technical Issue > Compute > Compute Engine";

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
