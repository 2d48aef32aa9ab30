/** Which resources `care adopt` finds: contacts, and grants to every kind of member. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { needsDecision } from "../../../care/adopt/adoption.ts";
import { textOf } from "../../../care/adopt/text.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { addTo, adopting, here, inBrief } from "./adopting.ts";

const organizationName = "organizations/123456789012";

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

const add = addTo(() => cloud);

describe("a member with a blank in its name", () => {
  it("is there, and left to the first update, as no import can name it", async () => {
    const member = "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/Support Leads";
    const config = {
      plan: "enhanced",
      projects: { "shop-dev": { services: [], editors: [member, "user:ada@example.com"] } },
    };
    const project = cloud.state.projects.get("shop-dev") ?? assert.fail();
    project.policy.bindings.push({
      role: "roles/cloudsupport.techSupportEditor",
      members: [member, "user:ada@example.com"],
    });
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(inBrief(adoption), [
      `blank-in-name projects/shop-dev roles/cloudsupport.techSupportEditor for ${member}`,
      "found projects/shop-dev roles/cloudsupport.techSupportEditor for user:ada@example.com",
    ]);
    assert.deepEqual(
      adoption.file?.resources.flatMap(({ id = [] }) => id),
      ["shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com"],
    );
    assert.match(textOf(adoption, here), /create +[^]*Support\s+Leads/);
    assert.equal(needsDecision(adoption), false);
  });
});

describe("a contact", () => {
  const config = {
    plan: "enhanced",
    projects: { "shop-dev": { services: [], contacts: { security: ["a@example.com"] } } },
  };
  const parent = "projects/100000000001";

  it("is found by the project's ID, not by the number that Google has in its name", async () => {
    add(parent, 7, "a@example.com");
    const { outcomes } = await adopting(cloud, { config });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["found", "projects/shop-dev/contacts/7"]],
    );
  });

  it("in other letters cannot be taken, and is not among the rest", async () => {
    add(parent, 7, "A@Example.com");
    const { outcomes, left, file } = await adopting(cloud, { config });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["address-differs", undefined]],
    );
    assert.deepEqual([left, file], [[], undefined]);
  });

  it("that exists twice, in different letters, is imported in the config's", async () => {
    add(parent, 7, "A@example.com");
    add(parent, 8, "a@example.com");
    const { outcomes, left } = await adopting(cloud, { config });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["found", "projects/shop-dev/contacts/8"]],
    );
    assert.deepEqual(
      left.map((one) => one.kind === "contact" && one.email),
      ["A@example.com"],
    );
  });

  it("with its categories in another order differs in that alone, which needs no person", async () => {
    add(parent, 7, "a@example.com", ["LEGAL", "SECURITY"]);
    const both = { security: ["a@example.com"], legal: ["a@example.com"] };
    const adoption = await adopting(cloud, {
      config: { plan: "enhanced", projects: { "shop-dev": { services: [], contacts: both } } },
    });
    assert.deepEqual(inBrief(adoption), ["differs projects/shop-dev contact a@example.com order"]);
    assert.equal(needsDecision(adoption), false);
  });

  it("is found among thousands, page by page", async () => {
    for (let id = 2; id < 2500; id++) add(organizationName, id, `person-${String(id)}@example.com`);
    add(organizationName, 2500, "a@example.com");
    const { outcomes, left } = await adopting(cloud, {
      config: { plan: "enhanced", organization: { id: "123456789012", contacts: { security: ["a@example.com"] } } },
    });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["found", `${organizationName}/contacts/2500`]],
    );
    assert.equal(left.length, 2499);
  });
});

describe("a grant", () => {
  const member = "user:contractor@partner.example";
  it("under a condition is another one than the config's", async () => {
    const config = { plan: "enhanced", organization: { id: "123456789012", editors: [member] } };
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(inBrief(adoption), [
      `missing ${organizationName} roles/cloudsupport.techSupportEditor for ${member}`,
    ]);
    assert.ok(
      adoption.left.some((one) => one.kind === "grant" && one.member === member && one.condition !== undefined),
    );
  });

  it("is found for any kind of member, whatever is in its name", async () => {
    const members = [
      "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/attribute.team/on:call+é",
      "serviceAccount:shop-dev.svc.id.goog[prod/on-call]",
      "user:o'neill+support@example.com",
    ];
    cloud.state.projects
      .get("shop-dev")
      ?.policy.bindings.push({ role: "roles/cloudsupport.techSupportEditor", members });
    const { outcomes } = await adopting(cloud, {
      config: { plan: "enhanced", projects: { "shop-dev": { services: [], editors: members } } },
    });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      members.map((one) => ["found", `shop-dev roles/cloudsupport.techSupportEditor ${one}`]),
    );
  });
});
