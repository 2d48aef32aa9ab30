/** `care doctor` looks up the projects below a folder as the program does, and judges each. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { examined, inBrief } from "../../support/examination.ts";

const config = { plan: "enhanced", folders: { "456789012345": { everyProject: {} } } };
const given = { config, gcp: { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" } };

describe("care doctor, with every project below a folder", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => {
    cloud.reset();
  });
  afterAll(() => cloud.close());

  it("finds nothing where all is well", async () => {
    assert.deepEqual(inBrief(await examined(cloud, given)), []);
  });

  it("warns of a project without billing that the config does not name, because an update skips it", async () => {
    const project = cloud.state.projects.get("pay-prod") ?? assert.fail();
    project.billingAccountName = "";
    assert.deepEqual(inBrief(await examined(cloud, given)), ["warning billing-disabled projects/pay-prod"]);
  });

  it("names the role that is missing where the folder cannot be listed", async () => {
    const organization = cloud.state.organizations.get("organizations/123456789012") ?? assert.fail();
    organization.policy.bindings = organization.policy.bindings.filter(({ role }) => role.includes("serviceUsage"));
    const found = await examined(cloud, given);
    const missing = found.find(({ id }) => id === "permission-missing");
    assert.equal(missing?.where, "folders/456789012345");
    assert.match(missing.what, /To find the projects below the folder, the caller lacks Browser \(roles\/browser\)/);
  });

  it("reports what was not read where the list fails", async () => {
    cloud.faults.add({ match: { rpc: "ListProjects", times: 10 }, effect: { error: { code: 500 } } });
    const brief = inBrief(await examined(cloud, given));
    assert.deepEqual(brief, ["warning not-read folders/456789012345"]);
  });
});
