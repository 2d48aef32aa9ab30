/** What `care adopt` reports of the resources that this stack or another has. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { isIncomplete, needsDecision } from "../../../care/adopt/adoption.ts";
import { jsonOf } from "../../../care/adopt/json.ts";
import { textOf } from "../../../care/adopt/text.ts";
import type { Managed, ManagedKind } from "../../../care/stack/managed.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { adopting, here } from "./adopting.ts";

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

describe("what a stack has already", () => {
  const config = { plan: "enhanced", projects: { "shop-dev": { services: [], editors: ["user:ada@example.com"] } } };
  const claim = {
    resource: "projects/shop-dev" as const,
    thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
    urn: "urn:pulumi:prod::customer-care::a$b::c/user:ada@example.com",
  };
  it("is not imported, whether it is this stack or another", async () => {
    const own = await adopting(cloud, { config, states: { claims: [claim] } });
    assert.deepEqual(
      own.outcomes.map(({ status }) => status),
      ["in-stack"],
    );
    const others = await adopting(cloud, { config, states: { others: [{ name: "prod", claims: [claim] }] } });
    assert.deepEqual(
      others.outcomes.map(({ status, holders }) => [status, holders]),
      [["in-other-stack", [{ stack: "prod", urn: claim.urn }]]],
    );
  });
  it("is reported with the command by which each of the others forgets it", async () => {
    const others = ["prod", "a stack"].map((name) => ({ name, claims: [claim] }));
    const adoption = await adopting(cloud, { config, states: { others } });
    const [resource] = jsonOf(adoption, { ...here, cwd: "../program" }).resources;
    assert.equal(
      resource?.remedy,
      ["prod", "'a stack'"]
        .map((name) => `pulumi state delete '${claim.urn}' --stack ${name} --cwd ../program`)
        .join(" && "),
    );
    assert.match(
      textOf(adoption, here).replace(/\s+/g, " "),
      /stacks prod and a stack have it: .*docs\/how-to\/adopt\.md.* beginning with pulumi state delete 'urn:\S+' --stack prod &&/,
    );
  });
  it("is not known of a stack whose state cannot be read", async () => {
    const adoption = await adopting(cloud, { config, states: { others: [{ name: "prod", claims: undefined }] } });
    assert.deepEqual([adoption.unreadStacks, needsDecision(adoption), isIncomplete(adoption)], [["prod"], false, true]);
  });
});

describe("what the stack has and the config does not", () => {
  const config = { plan: "enhanced", projects: { "shop-dev": { services: [], editors: ["user:ada@example.com"] } } };
  const role = "roles/cloudsupport.techSupportEditor";
  const managed = (kind: ManagedKind, resource: string, thing: string): Managed => ({
    kind,
    resource,
    thing,
    type: `type of ${kind}`,
    name: `customer-care/${thing}`,
    urn: `urn:pulumi:dev::customer-care::a$b::customer-care/${thing}`,
  });
  const states = (...all: readonly Managed[]) => ({ states: { managed: all } });

  it("is deleted by the next update, and is not left to others", async () => {
    cloud.state.projects.get("shop-dev")?.policy.bindings.push({ role, members: ["user:zoe@example.com"] });
    const adoption = await adopting(cloud, {
      config,
      ...states(
        managed("grant", "projects/shop-dev", `${role} user:ada@example.com`),
        managed("grant", "projects/shop-dev", `${role} user:zoe@example.com`),
        managed("service", "projects/pay-dev", "cloudsupport.googleapis.com"),
        managed("contact", "folders/456789012345", "leads@example.com"),
        managed("case", "projects/shop-dev", "projects/shop-dev/cases/43595345"),
      ),
    });
    assert.deepEqual(
      adoption.deletions.map(({ kind, resource, thing }) => `${kind} ${resource} ${thing}`),
      [
        `grant projects/shop-dev ${role} user:zoe@example.com`,
        "service projects/pay-dev cloudsupport.googleapis.com",
        "contact folders/456789012345 leads@example.com",
        "case projects/shop-dev projects/shop-dev/cases/43595345",
      ],
    );
    assert.ok(!adoption.left.some((one) => one.kind === "grant" && one.member === "user:zoe@example.com"));
    assert.equal(needsDecision(adoption), true);
    const text = textOf(adoption, here);
    assert.match(text, /^delete +projects\/shop-dev\n/m);
    assert.match(text, /; 4 to delete/);
    assert.match(text, /^ +pulumi state delete 'urn:\S+ user:zoe@example\.com' --stack dev$/m);
  });

  it("needs nobody where it is a service alone, which stays enabled", async () => {
    const adoption = await adopting(cloud, {
      config,
      ...states(managed("service", "projects/shop-dev", "cloudsupport.googleapis.com")),
    });
    assert.deepEqual([adoption.deletions.length, needsDecision(adoption)], [1, false]);
    assert.equal(jsonOf(adoption, here).deletions[0]?.remedy, null);
  });

  it("is not what its support events have, unless the config has none any more", async () => {
    const topic = "projects/ops-admin/topics/support-events";
    const ofEvents = states(
      managed("service", "projects/ops-admin", "pubsub.googleapis.com"),
      managed("topic", "projects/ops-admin", topic),
      managed("publisher", "projects/ops-admin", topic),
      managed("subscription", "organizations/123456789012", topic),
    );
    const events = { plan: "enhanced", organization: { id: "123456789012", supportEvents: { project: "ops-admin" } } };
    assert.deepEqual((await adopting(cloud, { config: events, ...ofEvents })).deletions, []);
    const { deletions } = await adopting(cloud, { config, ...ofEvents });
    assert.deepEqual(
      deletions.map(({ kind }) => kind),
      ["service", "topic", "publisher", "subscription"],
    );
  });

  it("is not judged by a project's number, nor where the config's part is not known", async () => {
    const contact = managed("contact", "projects/100000000001", "security@example.com");
    const byNumber = {
      plan: "enhanced",
      projects: { "shop-dev": { services: [], contacts: { security: ["security@example.com"] } } },
    };
    assert.deepEqual((await adopting(cloud, { config: byNumber, ...states(contact) })).deletions, []);
    const everyProject = { plan: "enhanced", folders: { "456789012345": { everyProject: { services: [] } } } };
    const unread = { config: everyProject, caller: "nobody", ...states(contact) };
    assert.deepEqual((await adopting(cloud, unread)).deletions, []);
  });
});
