/** A stack on a cloud that enforces quotas, scaled down in time: requests refused with 429 are sent again, and nothing fails. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { holdingsOf } from "../../../tools/stack/index.ts";
import { integerFrom } from "../../support/integerFrom.ts";
import { fleetConfig, folder, localFleet } from "../../support/localFleet.ts";
import type { LocalFleet } from "../../support/localFleet.ts";

const count = integerFrom("CUSTOMER_CARE_QUOTA_PROJECTS", 20);

/** A minute of Google's, in milliseconds. */
const quotaMinute = 3000;

describe(`a fleet of ${String(count)} projects on a cloud that enforces quotas`, () => {
  let fleet: LocalFleet;
  beforeAll(async () => {
    const everyProject = { contacts: { technical: ["oncall@example.com"] } };
    fleet = await localFleet({
      name: "quotas",
      count,
      config: {
        "gcp:userProjectOverride": "true",
        "gcp:billingProject": "ops-admin",
        "customer-care:plan": "enhanced",
        "customer-care:fleet": fleetConfig["customer-care:fleet"],
        "customer-care:folders": { [folder]: { everyProject } },
      },
    });
    fleet.cloud.faults.set({
      quotaMinute,
      quotas: [
        { service: "serviceusage.googleapis.com", kind: "write", perMinute: 12 },
        { service: "serviceusage.googleapis.com", kind: "read", perMinute: 48 },
        { service: "cloudresourcemanager.googleapis.com", kind: "read", perMinute: 120 },
        { service: "essentialcontacts.googleapis.com", kind: "write", perMinute: 12 },
      ],
    });
  });
  afterAll(() => fleet.close());

  it("goes up without a failure", async (t) => {
    const begin = performance.now();
    const { code, stderr } = await fleet.care("up", "prod", "--yes");
    assert.equal(code, 0, stderr);
    const refused = fleet.cloud.requests.filter(({ status }) => status === 429).length;
    assert.ok(refused > 0, "no request was refused");
    const { contacts } = holdingsOf(fleet.cloud.state);
    assert.equal(contacts.filter((line) => line.includes("oncall@example.com")).length, count);
    const minutes = (performance.now() - begin) / quotaMinute;
    await t.annotate(
      `${String(count)} projects: ${minutes.toFixed(1)} of the cloud's minutes, ${String(fleet.cloud.requests.length)} requests, ${String(refused)} refused with 429`,
    );
  });
});
