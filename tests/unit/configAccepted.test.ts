/** What a config may contain, how its values are normalized, and the values that are known only later (onboarding/). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { check, checkValue } from "../../onboarding/index.ts";
import type { CustomerCareConfig, ValueKind } from "../../onboarding/index.ts";
import { contactsOf } from "./configDocuments.ts";
import { changed, goodConfig, errorsOf } from "./configs.ts";
import type { Change } from "./configs.ts";

function accepted(document: unknown): CustomerCareConfig {
  assert.deepEqual(errorsOf(document), []);
  return check(document).config ?? assert.fail("no config");
}

describe("a config is accepted", () => {
  const good: Record<string, Change> = {
    "with all parts": () => undefined,
    "with no folder and no project": (config) =>
      Object.assign(config, { folders: {}, projects: {}, testCase: undefined }),
    "with a project under a name": ({ projects }) => (projects["Payments.Prod_1"] = { projectId: "pay-prod" }),
    "with a project of a domain": ({ projects }) => (projects["example.com:shop-prod"] = {}),
    "with a folder under a name": ({ folders }) => (folders["payments"] = { folderId: "567890123456" }),
    "with no services": ({ projects }) => (projects["shop-dev"]!["services"] = []),
    "with empty lists": ({ projects }) => (projects["shop-dev"] = { editors: [], contacts: { legal: [] } }),
    "with a case for the organization": (config) => (config.testCase = { organization: true }),
    "with a chat in English": ({ testCase }) => Object.assign(testCase, { channel: "chat", language: "en" }),
    "with another level's other category": ({ projects }) =>
      (projects["shop-dev"]!["contacts"] = { legal: ["security@example.com"] }),
    "with another level's other role": ({ projects }) =>
      (projects["shop-dev"]!["contactViewers"] = ["group:sre@example.com"]),
    "with members of each kind": ({ projects }) =>
      (projects["shop-dev"]!["editors"] = [
        "user:o'neil+x@example.com",
        "group:all@example.com",
        "serviceAccount:bot@shop-dev.iam.gserviceaccount.com",
        "serviceAccount:shop-dev.svc.id.goog[support/bot]",
        "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada@example.com",
        "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/repo:a/b",
        "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/support",
        "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*",
        "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repo/a/b",
      ]),
  };
  for (const [what, change] of Object.entries(good)) it(what, () => void accepted(changed(change)));

  it("with a project whose ID has a meaning in JavaScript", () => {
    const { projects } = accepted(
      changed((config) => Object.assign(config.projects, { constructor: { services: [] } })),
    );
    assert.deepEqual(Object.entries(projects ?? {}).at(-1), ["constructor", { services: [] }]);
  });

  it("with a plan alone, of each kind", () => {
    for (const plan of ["basic", "standard", "enhanced", "premium"]) assert.deepEqual(accepted({ plan }), { plan });
  });

  it("and its values are kept", () => assert.deepEqual(accepted(goodConfig()), goodConfig()));

  it("and addresses, domains and languages are normalized", () => {
    const { organization, testCase } = accepted(
      changed((config) => {
        config.organization = {
          domain: "Example.COM",
          editors: [
            "group:SRE@Example.com",
            "principal://iam.googleapis.com/locations/global/workforcePools/S/subject/Ada",
          ],
          contacts: {
            security: ["Security@Example.com"],
            "FinOps@example.com": { categories: ["billing"], language: "PT-br" },
          },
        };
        config.testCase["subscriberEmailAddresses"] = ["Ada@Example.com"];
      }),
    );
    assert.deepEqual(organization, {
      domain: "example.com",
      editors: [
        "group:sre@example.com",
        "principal://iam.googleapis.com/locations/global/workforcePools/S/subject/Ada",
      ],
      contacts: {
        security: ["security@example.com"],
        "FinOps@example.com": { categories: ["billing"], language: "pt-BR" },
      },
    });
    assert.deepEqual(testCase?.subscriberEmailAddresses, ["ada@example.com"]);
  });

  it("where an absent value is known only later", () => {
    const document = { plan: "enhanced", organization: {}, projects: { shop: {} } };
    const later = (...paths: string[]) =>
      check(document, (path) => paths.includes(path.join("."))).problems.map(({ path }) => path.join("."));
    assert.deepEqual(later("organization.id", "projects.shop.projectId"), []);
    assert.deepEqual(later("organization.domain", "projects.shop.projectId"), []);
    assert.deepEqual(later(), ["organization", "projects.shop"]);
    assert.deepEqual(later("organization.id", "organization.domain", "projects.shop.projectId"), ["organization"]);

    const sameName = { plan: "basic", projects: { one: { projectId: "other-dev" }, "other-dev": {} } };
    assert.equal(check(sameName).problems.length, 1);
    assert.deepEqual(check(sameName, (path) => path.join(".") === "projects.other-dev.projectId").problems, []);
  });
});

describe("contacts", () => {
  it("are the same by category and by address", () => {
    const expected = [
      { email: "finops@example.com", categories: ["billing"], language: "en" },
      { email: "security@example.com", categories: ["suspension", "security", "legal"], language: "en" },
    ];
    assert.deepEqual(
      contactsOf({
        legal: ["security@example.com"],
        security: ["Security@example.com"],
        billing: ["finops@example.com"],
        suspension: ["security@example.com"],
      }),
      expected,
    );
    assert.deepEqual(
      contactsOf({
        "Security@example.com": { categories: ["legal", "suspension", "security"] },
        "finops@example.com": { categories: ["billing"] },
      }),
      expected,
    );
  });

  it("have the language that is written by the address, else English", () =>
    assert.deepEqual(
      contactsOf({
        legal: ["a@example.com"],
        "b@example.com": { categories: ["legal"], language: "fr" },
      }).map(({ email, language }) => [email, language]),
      [
        ["a@example.com", "en"],
        ["b@example.com", "fr"],
      ],
    ));

  it("are none where none is written", () => {
    assert.deepEqual(contactsOf(), []);
    assert.deepEqual(contactsOf({ legal: [] }), []);
  });
});

describe("a value that is known only later", () => {
  const good: [ValueKind, string, string][] = [
    ["projectId", "shop-dev", "shop-dev"],
    ["organizationId", "123456789012", "123456789012"],
    ["folderId", "456789012345", "456789012345"],
    ["member", "group:SRE@example.com", "group:sre@example.com"],
  ];
  for (const [kind, value, expected] of good)
    it(`is normalized: ${kind}`, () => assert.equal(checkValue("care", ["x"], kind, value), expected));

  const bad: [ValueKind, unknown, string][] = [
    [
      "projectId",
      "projects/shop-dev",
      '"projects/shop-dev" is a resource name; write the project\'s ID alone: "shop-dev"',
    ],
    ["organizationId", undefined, 'is missing; write "123456789012"'],
    ["folderId", "folders/1", '"folders/1" is a resource name; write the folder\'s number alone: "1"'],
    [
      "channel",
      "Oncall@example.com",
      '"Oncall@example.com" is an e-mail address, and only notification channels can be Outputs; write the address as a plain value',
    ],
    [
      "member",
      "allUsers",
      '"allUsers" is everyone on the internet and must not get a support role; write one such as "group:support@example.com"',
    ],
  ];
  for (const [kind, value, error] of bad)
    it(`is refused as in the config: ${kind}`, () =>
      assert.throws(() => checkValue("care", ["projects", "shop", kind], kind, value), {
        name: "ConfigError",
        message: `care:projects.shop.${kind}: ${error}`,
      }));
});
