/** How long `care doctor` waits for an API that does not reply, and how it reports what it could not read. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import {
  billingApi,
  checkUpTransport,
  GoogleError,
  readGoogleSettings,
  resourceManagerApi,
} from "../../../google/index.ts";
import { loadSeed, startCloud } from "../../../tools/localCloud/index.ts";
import { examined, inBrief } from "../../support/examination.ts";
import { endLimitsWithoutReply } from "../../support/timeLimits.ts";

/** As many as are asked at once, and some more. */
const ids = Array.from({ length: 30 }, (_, index) => `shop-${String(index).padStart(2, "0")}`);

function seedOf(projects: readonly string[]) {
  const seed = structuredClone(loadSeed());
  const [usual = assert.fail()] = seed.projects;
  seed.projects.push(
    ...projects.map((projectId, index) => ({ ...usual, projectId, projectNumber: String(200_000_000_000 + index) })),
  );
  return seed;
}

const config = { plan: "enhanced", projects: Object.fromEntries(ids.map((id) => [id, {}])) };

describe("an API that does not reply", () => {
  it("is asked twice by those that wait for it, not at all by the rest, and reported in one finding", async (t) => {
    const cloud = await startCloud({ seed: seedOf(ids) });
    t.onTestFinished(() => cloud.close());
    cloud.faults.add({ match: { rpc: "GetProjectBillingInfo", times: 999 }, effect: "hang-before-effect" });
    endLimitsWithoutReply(cloud, "GetProjectBillingInfo", 10_000, t);
    const findings = await examined(cloud, { config });
    assert.deepEqual(inBrief(findings), ["warning not-read projects/shop-00"]);
    assert.match(
      findings[0]?.what ?? "",
      /billingInfo: no reply within 10 s \(2 attempts, with waits of 1 s\)\. Not readable/,
    );
    assert.match(findings[0]?.what ?? "", /Not readable .*: the billing \((projects\/shop-\d\d, ){10}19 more\)\.$/);
    const asked = cloud.requests.filter(({ rpc }) => rpc === "GetProjectBillingInfo").length;
    assert.ok(asked >= 2 && asked <= 2 * 24, String(asked));
  });

  it("keeps no other API from being asked", async (t) => {
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    cloud.faults.add({ match: { rpc: "GetProjectBillingInfo", times: 2 }, effect: "hang-before-effect" });
    const settings = readGoogleSettings(() => undefined, cloud.environment);
    endLimitsWithoutReply(cloud, "GetProjectBillingInfo", 10_000, t);
    const options = { sleep: () => Promise.resolve() };
    const transport = checkUpTransport(settings, { asked: 0, answered: 0 }, options);
    const billing = () => billingApi(transport).getBillingInfo("shop-dev");
    const isOverdue = (error: unknown) => error instanceof GoogleError && error.code === "TimeoutError";
    await assert.rejects(billing, isOverdue);
    await assert.rejects(billing, /billingInfo: not sent, because another request to this API timed out$/);
    assert.equal((await resourceManagerApi(transport).getProject("shop-dev")).projectId, "shop-dev");
  });

  it("is one finding for all that it keeps from being read, whichever API it is of", async () => {
    const cloud = await startCloud();
    await cloud.close();
    const findings = await examined(cloud, {
      config: { plan: "enhanced", projects: { "shop-dev": { editors: ["group:a@example.com"] }, "pay-dev": {} } },
    });
    assert.deepEqual(inBrief(findings), ["warning not-read projects/pay-dev"]);
    assert.match(findings[0]?.what ?? "", /no reply \(ECONNREFUSED\)/);
    for (const what of ["the grants (projects/shop-dev)", "the billing (projects/pay-dev, projects/shop-dev)"])
      assert.ok(findings[0]?.what.includes(what), findings[0]?.what);
  });

  it("is another finding than one that is in trouble, and than another trouble", async (t) => {
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    const fail = (rpc: string, code: number) => {
      cloud.faults.add({ match: { rpc, times: 999 }, effect: { error: { code } } });
    };
    fail("GetProjectBillingInfo", 503);
    fail("GetProject", 503);
    fail("GetEffectivePolicy", 500);
    const findings = await examined(cloud, { config: { plan: "enhanced", projects: { "shop-dev": {} } } });
    assert.deepEqual(
      findings.map(({ what }) => /(\d{3}) [A-Z]+: .* Not readable .*: (.*)\.$|(\d{3}) [A-Z]+: /.exec(what)?.slice(1)),
      [
        ["503", "the billing (projects/shop-dev)", undefined],
        [undefined, undefined, "500"],
      ],
    );
  });
});
