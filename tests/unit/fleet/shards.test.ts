/** Which stack has a project: the same for ever, whatever others there are. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { check, everyProjectFolders, shardOf, withProjects } from "../../../onboarding/index.ts";
import { jumpHash } from "../../../onboarding/shards.ts";
import { stackConfigs } from "../../../care/fleet/stackConfigs.ts";
import type { Fleet } from "../../../care/fleet/fleetFile.ts";

const id = fc.stringMatching(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
const shards = fc.integer({ min: 1, max: 1000 });

describe("a shard", () => {
  it("is that of the published algorithm", () => {
    assert.equal(jumpHash(256n, 1024), 520);
    assert.equal(jumpHash(0xdead10ccn, 666), 361);
    assert.equal(jumpHash(0n, 1), 0);
  });

  it("is one of the fleet's, and with one more shard the same or the new one", () => {
    fc.assert(
      fc.property(id, shards, (project, of) => {
        const own = shardOf(project, of);
        const next = shardOf(project, of + 1);
        return own >= 0 && own < of && (next === own || next === of);
      }),
    );
  });

  it("gets its share", () => {
    const counts = new Map<number, number>();
    for (let index = 0; index < 10_000; index++) {
      const shard = shardOf(`team-${String(index)}`, 10);
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    for (const count of counts.values()) assert.ok(count > 850 && count < 1150, String(count));
  });
});

const folders = { "456789012345": { everyProject: { services: ["cloudsupport.googleapis.com" as const] } } };

describe("projects below a folder", () => {
  it("are each in one stack of a fleet, and together all", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 50 }), fc.integer({ min: 1, max: 20 }), (ids, of) => {
        const found = new Map([["456789012345", ids]]);
        const all = Array.from({ length: of }, (_, number) =>
          Object.keys(withProjects({ folders, projects: {}, shard: { number, of } }, found).projects ?? {}),
        );
        assert.deepEqual(all.flat().sort(), [...ids].sort());
      }),
    );
  });

  it("are as listed under projects where they are, by key or by ID", () => {
    const projects = { "shop-dev": {}, payments: { projectId: "pay-dev" } };
    const found = new Map([["456789012345", ["pay-dev", "shop-dev", "shop-new"]]]);
    assert.deepEqual(withProjects({ folders, projects }, found).projects, {
      ...projects,
      "shop-new": { services: ["cloudsupport.googleapis.com"] },
    });
  });

  it("leave the folder's own grants and contacts", () => {
    const both = { ...folders, "567890123456": { folderId: "1", editors: ["group:a@example.com"], everyProject: {} } };
    const { folders: left } = withProjects({ folders: both }, new Map());
    assert.deepEqual(left, { "567890123456": { folderId: "1", editors: ["group:a@example.com"] } });
    assert.equal(everyProjectFolders({ folders: both }).get("567890123456"), "1");
  });
});

describe("a fleet's config", () => {
  it("is shared out so that each stack's part passes the checks, and no text is repeated", () => {
    const { config } = check({
      plan: "enhanced",
      fleet: { shards: 3 },
      organization: { domain: "example.com", editors: ["group:sre@example.com"] },
      folders: { shop: { folderId: "456789012345", contactViewers: ["group:a@example.com"], everyProject: {} } },
      projects: { "shop-dev": { editors: ["user:ada@example.com"] }, payments: { projectId: "pay-dev" } },
      testCase: { project: "payments" },
    });
    assert.ok(config);
    const fleet = { name: "prod", shards: 3, config, ofFile: new Set(["plan"]) } as unknown as Fleet;
    const parts = stackConfigs(fleet);
    assert.deepEqual([...parts.keys()], ["org", "prod-00", "prod-01", "prod-02"]);
    for (const part of parts.values()) assert.deepEqual(check(part).problems, []);
    const shardParts = [...parts].filter(([name]) => name !== "org").map(([, part]) => part);
    assert.deepEqual(shardParts.flatMap(({ projects = {} }) => Object.keys(projects)).sort(), ["payments", "shop-dev"]);
    const [withCase, ...others] = shardParts.filter(({ testCase }) => testCase !== undefined);
    assert.ok(withCase?.projects?.["payments"]);
    assert.deepEqual(others, []);
    assert.deepEqual(parts.get("org")?.folders, {
      shop: { folderId: "456789012345", contactViewers: ["group:a@example.com"] },
    });
  });
});

describe("a config of a shard", () => {
  const problemsOf = (more: object) => check({ plan: "enhanced", ...more }).problems.map(({ message }) => message);
  it("refuses a project that belongs to another one", () => {
    const own = shardOf("shop-dev", 16);
    assert.deepEqual(problemsOf({ shard: { number: own, of: 16 }, projects: { "shop-dev": {} } }), []);
    assert.match(
      problemsOf({ shard: { number: (own + 1) % 16, of: 16 }, projects: { "shop-dev": {} } }).join(),
      new RegExp(`belongs to shard ${String(own)} of 16`),
    );
  });
  it("refuses a number beyond the fleet's, and a fleet next to it", () => {
    assert.match(problemsOf({ shard: { number: 4, of: 4 } }).join(), /4 is not less than 4/);
    assert.match(problemsOf({ shard: { number: 0, of: 4 }, fleet: { shards: 4 } }).join(), /cannot be used with fleet/);
  });
  it("reports an invalid count", () => {
    assert.match(
      problemsOf({ fleet: { shards: 0 } }).join(),
      /0 is not a number of shards; write a whole number from 1 to 1000/,
    );
    assert.match(problemsOf({ fleet: {} }).join(), /is missing; write a whole number from 1 to 1000/);
  });
});

describe("everyProject", () => {
  it("in addition to the same grant or contact of its folder is an error", () => {
    const every = { editors: ["group:a@example.com"], contacts: { legal: ["l@example.com"] } };
    const { problems } = check({ plan: "enhanced", folders: { "456789012345": { ...every, everyProject: every } } });
    assert.deepEqual(
      problems.map(({ path, message }) => `${path.join(".")}: ${message.split(" from ")[1] ?? ""}`),
      [
        "folders.456789012345.everyProject.editors: folders.456789012345.editors, which applies to everything below it; leave out one of the two",
        "folders.456789012345.everyProject.contacts: folders.456789012345.contacts, which apply to everything below it; leave out one of the two",
      ],
    );
  });
});
