/** The initial content of the local cloud. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { loadSeed, startCloud } from "../../tools/localCloud/index.ts";
import type { SeedInput } from "../../tools/localCloud/index.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "local-cloud-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

function seedFile(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

describe("the default seed", () => {
  const seed = loadSeed();

  it("has the classification of Google's samples, and 25 others or more, all with ids of their own", () => {
    const names = seed.caseClassifications.map(({ displayName }) => displayName);
    assert.ok(names.includes("Technical Issue > Compute > Compute Engine"));
    assert.ok(names.length > 25);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(seed.caseClassifications.map(({ id }) => id)).size, names.length);
  });

  it("has grants, a contact and a case of others, which an onboarding must leave alone", () => {
    const members = seed.organizations[0]?.bindings.flatMap((binding) => binding.members);
    assert.ok(members?.includes("group:auditors@example.com"));
    assert.equal(seed.contacts[0]?.email, "legal@example.com");
    assert.equal(seed.cases[0]?.creator, "user:someone-else@example.com");
  });

  it("has the guide's services off", () => {
    const services = seed.projects.find(({ projectId }) => projectId === "shop-dev")?.services ?? assert.fail();
    for (const service of ["cloudsupport", "essentialcontacts", "servicehealth"])
      assert.ok(!services.includes(`${service}.googleapis.com`));
  });
});

describe("another seed", () => {
  const own: SeedInput = {
    organizations: [{ id: "1", domain: "own.example", directoryCustomerId: "C1" }],
    projects: [{ projectId: "own-project", projectNumber: "11", parent: "organizations/1" }],
  };

  it("is taken as data", async () => {
    const cloud = await startCloud({ seed: own });
    assert.deepEqual([...cloud.state.projects.keys()], ["own-project"]);
    assert.equal(cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"], undefined, "nobody can call");
    await cloud.close();
  });

  it("is taken from a YAML file", async () => {
    const file = seedFile("own.yaml", JSON.stringify(own));
    const cloud = await startCloud({ seed: file });
    assert.equal(cloud.state.organizations.get("organizations/1")?.displayName, "own.example");
    await cloud.close();
  });

  it("is refused in words when the file is missing, is not YAML, or is not a seed", () => {
    const missing = join(directory, "missing.yaml");
    assert.throws(() => loadSeed(missing), { message: `The seed file ${missing} cannot be read; name a YAML file.` });
    assert.throws(
      () => loadSeed(seedFile("broken.yaml", "organizations: [")),
      /^Error: The seed file .* is not YAML: /,
    );
    assert.throws(
      () => loadSeed(seedFile("wrong.yaml", "organizations:\n  - { id: 1, domain: a.example }\nproject: []\n")),
      (error: Error) =>
        ["organizations[0].id", "organizations[0].directoryCustomerId", '"project"'].every((word) =>
          error.message.includes(word),
        ),
    );
  });

  for (const [what, seed, words] of [
    [
      "a parent that it does not have",
      { projects: [{ projectId: "own-project", projectNumber: "1", parent: "folders/9" }] },
      /no folders\/9, the parent of projects\/1/,
    ],
    [
      "a case of a classification that it does not have",
      {
        ...own,
        cases: [
          {
            name: "projects/own-project/cases/12345678",
            displayName: "Case",
            description: "Case",
            classification: "none",
            priority: "P4",
            creator: "user:a@own.example",
            createTime: "2026-01-01T00:00:00Z",
          },
        ],
      },
      /no case classification none/,
    ],
    [
      "a folder in itself",
      { folders: [{ id: "1", displayName: "One", parent: "folders/1" }] },
      /a circle: folders\/1 is in folders\/1\n.*at folders\[0\]\.parent/,
    ],
    [
      "a circle of folders, and one below it",
      {
        folders: ["2", "3", "1", "1"].map((parent, index) => ({
          id: String(index + 1),
          displayName: `Folder ${index}`,
          parent: `folders/${parent}`,
        })),
      },
      /^((?!folders\[3\])[^])*a circle: folders\/1 is in folders\/2 is in folders\/3 is in folders\/1\n.*at folders\[0\]\.parent((?!folders\[3\])[^])*$/,
    ],
    [
      "eleven levels of folders",
      {
        ...own,
        folders: Array.from({ length: 12 }, (_, index) => ({
          id: String(index + 1),
          displayName: "Deep",
          parent: index === 0 ? "organizations/1" : `folders/${index}`,
        })),
      },
      /^((?!folders\[11\])[^])*folders\/11 is deeper than 10 levels\n.*at folders\[10\]\.parent((?!folders\[11\])[^])*$/,
    ],
    [
      "301 folders in an organization",
      {
        ...own,
        folders: Array.from({ length: 301 }, (_, index) => ({
          id: String(index + 1),
          displayName: `Folder ${index}`,
          parent: "organizations/1",
        })),
      },
      /organizations\/1 has more than 300 folders\n.*at folders\[300\]\.parent/,
    ],
    [
      "a billing account of an organization that it does not have",
      { billingAccounts: [{ name: "billingAccounts/1", displayName: "One", parent: "organizations/9" }] },
      /no organizations\/9, the parent of billingAccounts\/1\n.*at billingAccounts\[0\]\.parent/,
    ],
    ...(
      [
        ["organizations", { id: "1", domain: "other.example", directoryCustomerId: "C1" }, "organizations/1"],
        ["organizations", { id: "2", domain: "own.example", directoryCustomerId: "C2" }, "own.example"],
        ["folders", { id: "1", displayName: "Other", parent: "organizations/1" }, "folders/1"],
        ["folders", { id: "2", displayName: "One", parent: "organizations/1" }, 'folder "One" in organizations/1'],
        ["projects", { projectId: "own-project", projectNumber: "12" }, "projects/own-project"],
        ["projects", { projectId: "other-project", projectNumber: "11" }, "projects/11"],
        ["principals", { principal: "user:a@own.example" }, "user:a@own.example"],
        ["principals", { principal: "user:b@own.example", accessToken: "a-token" }, "access token a-token"],
        ["caseClassifications", { id: "1", displayName: "Other" }, "classification 1"],
      ] as const
    ).map(([list, item, identifier]): [string, SeedInput, RegExp] => {
      const seed: SeedInput = {
        ...own,
        folders: [{ id: "1", displayName: "One", parent: "organizations/1" }],
        principals: [{ principal: "user:a@own.example", accessToken: "a-token" }],
        caseClassifications: [{ id: "1", displayName: "One" }],
      };
      const items = [...(seed[list] ?? []), item];
      return [
        `${identifier} twice`,
        { ...seed, [list]: items },
        new RegExp(`${identifier} exists already, at ${list}\\[0\\]\n.*at ${list}\\[1\\]`),
      ];
    }),
    [
      "a contact on nothing",
      { contacts: [{ parent: "folders/9", email: "a@b.c", notificationCategorySubscriptions: ["ALL"] }] },
      /no folders\/9/,
    ],
  ] as [string, SeedInput, RegExp][])
    it(`is refused with ${what}`, async () => {
      await assert.rejects(startCloud({ seed }), words);
    });
});
