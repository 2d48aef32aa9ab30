/** Properties of every import file, and of every config that it is written for. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { importFile } from "../../../care/adopt/importFile.ts";
import { urnOf, wantedOf } from "../../../care/adopt/resources.ts";
import { withEvents } from "../../../care/google/eventPlaces.ts";
import { placesOf } from "../../../onboarding/index.ts";
import { checked, names } from "./adopting.ts";

// The organization and the places below it have different members and contacts.
const level = (host: string) => {
  const members = fc.subarray([
    `user:ada@${host}.example.com`,
    `group:sre@${host}.example.com`,
    `serviceAccount:a@${host}-dev.iam.gserviceaccount.com`,
  ]);
  const addresses = fc.subarray([`a@${host}.example.com`, `o'neill@${host}.example.com`, `x+y@${host}.example.com`]);
  const contacts = fc.dictionary(fc.constantFrom("security", "technical", "legal"), addresses);
  return { editors: members, contactViewers: members, contacts };
};
const config = fc
  .record({
    organization: fc.option(
      fc.record({
        id: fc.constant("123456789012"),
        supportEvents: fc.option(
          fc.constantFrom(
            { project: "project-0" },
            { project: "elsewhere", topic: "cases" },
            { project: "elsewhere", topic: "projects/elsewhere/topics/cases" },
          ),
          { nil: undefined },
        ),
        ...level("all"),
      }),
      { nil: undefined },
    ),
    folders: fc.dictionary(fc.constantFrom("1", "2", "shop"), fc.record(level("folder"))),
    projects: fc.dictionary(
      fc.constantFrom("shop-dev", "pay-dev", "Old.dev_1", "a-b"),
      fc.record({
        services: fc.subarray(["cloudsupport.googleapis.com", "pubsub.googleapis.com", "servicehealth.googleapis.com"]),
        alerts: fc.option(fc.constant({ serviceHealth: { notify: ["a@example.com", "b@example.com"] } }), {
          nil: undefined,
        }),
        ...level("project"),
      }),
    ),
  })
  .map(({ organization, folders, projects }) => ({
    plan: "enhanced",
    ...(organization && { organization }),
    folders: Object.fromEntries(
      Object.entries(folders).map(([key, one], index) => [key, { ...one, folderId: String(index + 7) }]),
    ),
    projects: Object.fromEntries(
      Object.entries(projects).map(([key, one], index) => [key, { ...one, projectId: `project-${String(index)}` }]),
    ),
  }));

const wantedFor = (document: unknown) => {
  const asked = checked(document);
  return wantedOf(asked, withEvents(placesOf(asked, "123456789012")));
};

/** The same document, written the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).toReversed();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reversed(child)]),
  );
}

describe("the import file", () => {
  it("names each entry once, each after its parent, which is in the file or in the stack", () => {
    fc.assert(
      fc.property(config, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (document, choices) => {
        const { components, resources } = wantedFor(document);
        const isInState = (index: number) => choices[index % choices.length] === true;
        const urns = new Map(components.map((one, index) => [one, isInState(index) ? urnOf(one, names) : undefined]));
        const imports = resources.map((resource, index) => ({ resource, id: `id ${String(index)}` }));
        const file = importFile(components, imports, (one) => urns.get(one), "9.35.0");
        const known = new Set(Object.keys(file.nameTable ?? {}));
        for (const { name, parent } of file.resources) {
          assert.ok(!known.has(name), `${name} is listed twice`);
          assert.ok(parent === undefined || known.has(parent), `${name} comes before ${String(parent)}`);
          known.add(name);
        }
        assert.deepEqual(
          Object.values(file.nameTable ?? {}).sort(),
          [...urns.values()].filter((urn) => urn !== undefined).sort(),
        );
        assert.equal(file.resources.filter(({ id }) => id !== undefined).length, resources.length);
      }),
    );
  });

  it("gives each resource a URN of its own, whatever the order of the config", () => {
    fc.assert(
      fc.property(config, (document) => {
        const urns = (value: unknown) => {
          const { components, resources } = wantedFor(value);
          return [...components, ...resources].map((one) => urnOf(one, names)).sort();
        };
        const all = urns(document);
        assert.equal(new Set(all).size, all.length);
        assert.deepEqual(urns(reversed(document)), all);
      }),
    );
  });

  it("is in a stack by its own name, without the organization and the project before it", () => {
    const [root] = wantedFor({ plan: "enhanced", projects: {} }).components;
    assert.ok(root);
    assert.equal(
      urnOf(root, { stack: "acme/customer-care/dev", project: "customer-care" }),
      "urn:pulumi:dev::customer-care::customer-care:index:CustomerCare::customer-care",
    );
  });
});
