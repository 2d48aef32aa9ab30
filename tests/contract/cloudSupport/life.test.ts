/** How cases in Cloud Support v2 are read, updated, escalated and closed, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { refusal, refusedWith, useLocalCloud, violatedFields } from "../localCloud.ts";
import { cases, casesIn, seededCase } from "./supportApi.ts";

const local = useLocalCloud("cloudsupport");
const { createCase } = casesIn(local);

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
