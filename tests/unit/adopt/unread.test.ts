/** What `care adopt` reports where it may not read the cloud: the resources are unknown, and none is missing. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { isIncomplete, needsDecision } from "../../../care/adopt/adoption.ts";
import { jsonOf } from "../../../care/adopt/json.ts";
import { textOf } from "../../../care/adopt/text.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { adopting, here, inBrief } from "./adopting.ts";
import { endLimitsWithoutReply } from "../../support/timeLimits.ts";

const organizationName = "organizations/123456789012";

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

function assertNamesNoPermission(adoption: Awaited<ReturnType<typeof adopting>>): void {
  assert.doesNotMatch(textOf(adoption, here), /missing permission/);
  assert.ok(adoption.notRead.length > 0);
  for (const { permission } of jsonOf(adoption, here).notRead) assert.equal(permission, null);
}

const threeLevels = {
  plan: "enhanced",
  organization: { id: "123456789012", editors: ["user:ada@example.com"], contacts: { security: ["a@example.com"] } },
  folders: { "456789012345": { editors: ["user:bob@example.com"], contacts: { security: ["b@example.com"] } } },
  projects: { "shop-dev": { services: [], editors: ["user:cy@example.com"] } },
};

describe("what may not be read", () => {
  it("is not known, and no absence is claimed, where a permission is missing at one level", async () => {
    const refusal = { code: 403, status: "PERMISSION_DENIED" as const, message: "The caller does not have permission" };
    cloud.faults.add({
      match: { rpc: "GetIamPolicy", path: "folders/", times: 9 },
      effect: { error: refusal },
    });
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.deepEqual(inBrief(adoption), [
      `found ${organizationName} roles/cloudsupport.techSupportEditor for user:ada@example.com`,
      `missing ${organizationName} contact a@example.com`,
      "not-read folders/456789012345 roles/cloudsupport.techSupportEditor for user:bob@example.com",
      "missing folders/456789012345 contact b@example.com",
      "missing projects/shop-dev roles/cloudsupport.techSupportEditor for user:cy@example.com",
    ]);
    assert.deepEqual(
      adoption.notRead.map(({ what, where, permission }) => [what, where, permission]),
      [["the grants", "folders/456789012345", "resourcemanager.folders.getIamPolicy"]],
    );
    assert.deepEqual([needsDecision(adoption), isIncomplete(adoption)], [false, true]);
    const text = textOf(adoption, here);
    assert.match(text, /unread +folders\/456789012345\n +the grants could not be read: [^]*403/);
    assert.match(
      text.replaceAll(/\s+/g, " "),
      /1 not known; 7 left to others\. Some of it could not be read: fix that, then run care adopt again\. $/,
    );
  });

  it("is everything for a caller without permissions, and there is nothing to import", async () => {
    const adoption = await adopting(cloud, { config: threeLevels, caller: "nobody" });
    assert.deepEqual([...new Set(adoption.outcomes.map(({ status }) => status))], ["not-read"]);
    assert.equal(adoption.file, undefined);
  });

  it("are contacts where the API is off on the quota project", async () => {
    cloud.state.projects.get("ops-admin")?.services.delete("essentialcontacts.googleapis.com");
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.deepEqual(
      adoption.outcomes.filter(({ resource }) => resource.thing.kind === "contact").map(({ status }) => status),
      ["not-read", "not-read"],
    );
  });

  const byDomain = {
    plan: "enhanced",
    organization: {
      domain: "example.org",
      editors: ["user:ada@example.com"],
      contacts: { security: ["a@example.com"] },
    },
    folders: { "456789012345": { editors: ["user:bob@example.com"] } },
  };
  const unknown = [
    "not-read example.org roles/cloudsupport.techSupportEditor for user:ada@example.com",
    "not-read example.org contact a@example.com",
    "missing folders/456789012345 roles/cloudsupport.techSupportEditor for user:bob@example.com",
  ];
  const permission = "resourcemanager.organizations.get";

  it("is an organization that the caller does not see: all of it is unknown, and nothing of it is claimed", async () => {
    const adoption = await adopting(cloud, { config: byDomain });
    assert.deepEqual(inBrief(adoption), unknown);
    assert.deepEqual(
      adoption.notRead.map((reading) => [reading.where, reading.permission, reading.error?.message]),
      [["example.org", permission, 'no organization with the domain "example.org" is visible to the caller']],
    );
    assert.equal(isIncomplete(adoption), true);
  });

  it("is an organization whose number the caller may not look for: so are its grants and contacts", async () => {
    const config = { ...byDomain, organization: { ...byDomain.organization, domain: "example.com" } };
    const refusal = { code: 403, status: "PERMISSION_DENIED" as const, message: "The caller does not have permission" };
    cloud.faults.add({ match: { rpc: "SearchOrganizations", times: 9 }, effect: { error: refusal } });
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(
      inBrief(adoption),
      unknown.map((line) => line.replace("example.org", "example.com")),
    );
    const text = textOf(adoption, here);
    assert.match(
      text,
      /^unknown +example\.com\n +roles\/cloudsupport\.techSupportEditor for user:ada@example\.com\n +contact/m,
    );
    assert.match(text, /^unread +example\.com\n[^]*\n +missing permission: resourcemanager\.organizations\.get$/m);
    assert.match(
      text,
      /^0 to import; 1 to create; 2 not known\. Nothing that could\s+be\s+read\s+needs\s+an\s+import\.\s+Some/m,
    );
  });

  it("includes an API that does not reply: it is called twice, and the other APIs count as read", async (t) => {
    cloud.faults.add({ match: { rpc: "ListContacts", times: 999 }, effect: "hang-before-effect" });
    endLimitsWithoutReply(cloud, "ListContacts", 10_000, t);
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.deepEqual(
      adoption.outcomes.map(({ status, resource }) => `${status} ${resource.thing.kind}`),
      ["found grant", "not-read contact", "missing grant", "not-read contact", "missing grant"],
    );
    const asked = cloud.requests.filter(({ rpc }) => rpc === "ListContacts").length;
    assert.ok(asked <= 4, String(asked));
    assertNamesNoPermission(adoption);
  });

  it("names a permission only where one is missing: not where the quota project or the API refuses", async () => {
    for (const [code, status, reason] of [
      [403, "PERMISSION_DENIED", "USER_PROJECT_DENIED"],
      [403, "PERMISSION_DENIED", "SERVICE_DISABLED"],
      [403, "PERMISSION_DENIED", "SECURITY_POLICY_VIOLATED"],
      [400, "FAILED_PRECONDITION", undefined],
    ] as const) {
      const error = { code, status, message: "No", ...(reason && { reason }) };
      cloud.faults.add({ match: { rpc: "ListContacts", times: 9 }, effect: { error } });
      assertNamesNoPermission(await adopting(cloud, { config: threeLevels }));
      cloud.faults.clear();
    }
    const refusal = { code: 403, status: "PERMISSION_DENIED" as const, message: "No" };
    cloud.faults.add({ match: { rpc: "ListContacts", times: 9 }, effect: { error: refusal } });
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.match(textOf(adoption, here), /missing permission: essentialcontacts\.contacts\.list/);
    assert.equal(jsonOf(adoption, here).notRead[0]?.permission, "essentialcontacts.contacts.list");
  });

  it("is refused as a whole where the credential is not accepted", async () => {
    await assert.rejects(adopting(cloud, { config: threeLevels, caller: "unheard-of" }), /401/);
  });
});

describe("every project below a folder", () => {
  const config = {
    plan: "enhanced",
    folders: { "456789012345": { everyProject: { services: [], editors: ["user:cy@example.com"] } } },
  };
  const editor = "roles/cloudsupport.techSupportEditor for user:cy@example.com";
  it("is looked at, those that are going excepted", async () => {
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(
      inBrief(adoption),
      ["pay-dev", "pay-prod", "shop-dev", "shop-prod", "shop-staging"].map((id) => `missing projects/${id} ${editor}`),
    );
  });
  it("is not known where the folder may not be read", async () => {
    const adoption = await adopting(cloud, { config, caller: "nobody" });
    assert.deepEqual(
      [adoption.outcomes, adoption.notRead.map(({ what, where }) => `${what} ${where}`), isIncomplete(adoption)],
      [[], ["the projects below the folder folders/456789012345"], true],
    );
  });
});
