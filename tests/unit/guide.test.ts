/** The guide as data (guide/) matches the guide's rows, in the words of Google's APIs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "vitest";
import { parse } from "yaml";
import type { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/v2.js";
import {
  apiTitles,
  caseChannels,
  caseLanguageNames,
  casePriorities,
  consoleLinks,
  defaultServices,
  notificationCategories,
  notificationCategoryNames,
  plans,
  publicLinks,
  roles,
  services,
  testCaseDefaults,
  valueAddedServices,
} from "../../guide/index.ts";
import { notificationCategory } from "../../tools/localCloud/essentialContacts.ts";
import { roleGives, rolePermissions } from "../../tools/localCloud/roles.ts";
import { serviceTitles } from "../../tools/localCloud/serviceCatalogue.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

/** A file of the repository, without the line breaks of a quotation. */
const textOf = (file: string) => readFileSync(join(root, file), "utf8").replace(/\n> /g, " ");

interface Described {
  readonly plan: { readonly description: string };
}

/** Google's own types of the Cloud Support API, as text, with the description of each field. */
const supportTypes = readFileSync(
  createRequire(import.meta.url).resolve("googleapis/build/src/apis/cloudsupport/v2.d.ts"),
  "utf8",
);

/** The fields of a case, with Google's comment on each. */
const caseFields = new Map(
  [
    ...(/interface Schema\$Case \{(.*?)\n {4}\}/s.exec(supportTypes)?.[1] ?? "").matchAll(
      /\/\*\*(.*?)\*\/\s*(\w+)\?:/gs,
    ),
  ].map(([, comment = "", name = ""]) => [name, comment]),
);

describe("G1 plan", () => {
  it("knows the four plans, from the least to the most", () =>
    assert.deepEqual(Object.keys(plans), ["basic", "standard", "enhanced", "premium"]));

  it("are named by both descriptions of plan in Pulumi.yaml", () => {
    const { config, template } = parse(textOf("Pulumi.yaml")) as { config: Described; template: { config: Described } };
    for (const { plan } of [config, template.config])
      for (const name of Object.keys(plans)) assert.match(plan.description, new RegExp(`\\b${name}\\b`));
  });

  it("are named by docs/how-to/acceptance.md if they have the Cloud Support API, and no other plan is", () => {
    const [, named = ""] =
      /^- The plan (.+)\. Google offers the Cloud Support API on no other plan\.$/m.exec(
        textOf("docs/how-to/acceptance.md"),
      ) ?? [];
    const expected = Object.values(plans).flatMap((plan) => (plan.cloudSupportApi ? [plan.displayName] : []));
    assert.deepEqual(named.split(/, | or /), expected);
  });

  it("are named by docs/how-to/guide.md", () => {
    for (const { displayName } of Object.values(plans))
      assert.match(textOf("docs/how-to/guide.md"), new RegExp(`\\b${displayName}\\b`));
  });

  it("names whom each is for", () => {
    assert.match(plans.standard.audience, /small and medium businesses .*development/);
    assert.match(plans.enhanced.audience, /medium and large businesses .*production/);
    assert.match(plans.premium.audience, /critical workloads/);
  });

  it("has the Cloud Support API with all but Basic", () =>
    assert.deepEqual(
      Object.entries(plans).map(([name, { cloudSupportApi }]) => [name, cloudSupportApi]),
      [
        ["basic", false],
        ["standard", true],
        ["enhanced", true],
        ["premium", true],
      ],
    ));

  it("has critical priority from Enhanced on, and none with Basic", () => {
    assert.deepEqual(plans.basic.casePriorities, []);
    assert.deepEqual(plans.standard.casePriorities, ["P2", "P3", "P4"]);
    assert.deepEqual(plans.enhanced.casePriorities, ["P1", "P2", "P3", "P4"]);
    assert.deepEqual(plans.premium.casePriorities, ["P1", "P2", "P3", "P4"]);
  });
});

describe("G1 value-added", () => {
  const namesOf = (plan: keyof typeof plans) =>
    plans[plan].valueAddedServices.map((name) => valueAddedServices[name].displayName);

  it("is available with Enhanced", () =>
    assert.deepEqual(namesOf("enhanced"), [
      "Technical Account Advisor Service",
      "Planned Event Support",
      "Assured Support",
      "Media CDN support",
    ]));

  it("is available with Premium", () =>
    assert.deepEqual(namesOf("premium"), ["Mission Critical Services", "Assured Support", "Media CDN support"]));

  it("is not available with Basic and Standard", () =>
    assert.deepEqual([...namesOf("basic"), ...namesOf("standard")], []));

  it("has none that no plan can have", () => {
    const had: string[] = Object.values(plans).flatMap(({ valueAddedServices: names }) => [...names]);
    assert.deepEqual(
      Object.keys(valueAddedServices).filter((name) => !had.includes(name)),
      [],
    );
  });
});

describe("G2 services", () => {
  it("are the three of the guide, and no other unless configured", () => {
    assert.deepEqual(defaultServices, [
      "cloudsupport.googleapis.com",
      "essentialcontacts.googleapis.com",
      "servicehealth.googleapis.com",
    ]);
    assert.deepEqual(
      Object.keys(services).filter((name) => !(defaultServices as string[]).includes(name)),
      ["recommender.googleapis.com", "monitoring.googleapis.com", "logging.googleapis.com", "pubsub.googleapis.com"],
    );
  });

  for (const [name, title] of Object.entries(apiTitles))
    it(`${name} has Google's title`, () => assert.ok(serviceTitles.get(name)?.endsWith(title)));
});

describe("G3 and G5 roles", () => {
  const everywhere = ["organization", "folder", "project"];
  const expected = {
    administrators: ["roles/cloudsupport.admin", ["organization"]],
    editors: ["roles/cloudsupport.techSupportEditor", everywhere],
    contactAdministrators: ["roles/essentialcontacts.admin", everywhere],
    contactViewers: ["roles/essentialcontacts.viewer", everywhere],
  };

  it("are granted where the guide grants them", () =>
    assert.deepEqual(
      Object.fromEntries(Object.entries(roles).map(([name, { role, levels }]) => [name, [role, [...levels]]])),
      expected,
    ));

  it("exist, as IAM's roles are collected", () => {
    for (const { role } of Object.values(roles)) assert.ok(role in rolePermissions, role);
  });

  it("give what they are for: an administrator no case, an editor cases, a viewer of contacts no change", () => {
    const cases = ["get", "list", "create", "update", "escalate"].map((verb) => `cloudsupport.techCases.${verb}`);
    const contacts = ["create", "update", "delete"].map((verb) => `essentialcontacts.contacts.${verb}`);
    const given = (role: string, permissions: string[]) =>
      permissions.filter((permission) => roleGives(role, permission));
    assert.deepEqual(given(roles.administrators.role, cases), []);
    assert.ok(roleGives(roles.administrators.role, "cloudsupport.accounts.setIamPolicy"));
    assert.deepEqual(given(roles.editors.role, cases), cases);
    assert.deepEqual(given(roles.contactAdministrators.role, contacts), contacts);
    assert.deepEqual(given(roles.contactViewers.role, contacts), []);
    assert.ok(roleGives(roles.contactViewers.role, "essentialcontacts.contacts.list"));
  });
});

describe("G4 test case", () => {
  it("is filled with the guide's words", () =>
    assert.deepEqual(testCaseDefaults, {
      classification: "Technical Issue > Compute > Compute Engine",
      displayName: "Test issue",
      description: "Test issue",
      errorMessage: "Test message",
      priority: "P4",
      channel: "email",
      language: "en",
      businessImpact: "Other",
      vmInstances: "none",
      thirdPartyAuthorization: true,
    }));

  it("has the values that docs/how-to/guide.md names", () => {
    const { displayName, description, priority, classification } = testCaseDefaults;
    const product = classification.split(" > ").at(-1) ?? "";
    const texts = [...new Set([displayName, description])].map((text) => `"${text}"`);
    const page = textOf("docs/how-to/guide.md");
    for (const value of [`product ${product}`, ...texts, `priority ${priority}`])
      assert.ok(page.includes(value), value);
  });

  it("gives the API the fields that Google's types have", () => {
    // The types are checked when this compiles, the words of Google when it runs.
    const { displayName, description, priority, language, classification } = testCaseDefaults;
    const input = {
      displayName,
      description,
      priority,
      languageCode: language,
      classification: { displayName: classification },
    } satisfies cloudsupport_v2.Schema$Case;
    for (const field of Object.keys(input)) assert.ok(caseFields.has(field), field);
  });

  it("writes into the description what the API has no field for", () => {
    for (const field of ["errorMessage", "businessImpact", "vmInstances", "thirdPartyAuthorization", "channel"])
      assert.ok(!caseFields.has(field), `the API has ${field}: it can be given as such`);
  });

  it("has the priorities that a customer chooses, which its plan allows by default", () => {
    assert.deepEqual(Object.keys(casePriorities), ["P1", "P2", "P3", "P4"]);
    assert.match(casePriorities.P4.displayName, /low impact/);
    for (const { cloudSupportApi, casePriorities: allowed } of Object.values(plans))
      assert.equal((allowed as readonly string[]).includes(testCaseDefaults.priority), cloudSupportApi);
  });

  it("is answered by e-mail or live chat", () => assert.deepEqual(caseChannels, ["email", "chat"]));

  it("has every language that Google's types name", () => {
    const named = [...(caseFields.get("languageCode") ?? "").matchAll(/`"([\w-]+)"`/g)].map(([, code]) => code);
    assert.deepEqual(named.sort(), ["en", "ja", "ko", "zh-CN", "zh-TW"]);
    assert.deepEqual(
      named.filter((code) => !(caseLanguageNames as (string | undefined)[]).includes(code)),
      [],
    );
    assert.deepEqual(Intl.getCanonicalLocales(caseLanguageNames), caseLanguageNames);
  });
});

describe("G5 contacts", () => {
  it("have the categories of the local cloud (tools/localCloud/essentialContacts.ts)", () =>
    assert.deepEqual(
      notificationCategory.options,
      Object.values(notificationCategories).map(({ apiName }) => apiName),
    ));

  it("have the eight categories, in the order of google.cloud.essentialcontacts.v1.NotificationCategory", () =>
    assert.deepEqual(
      Object.values(notificationCategories).map(({ apiName }) => apiName),
      ["ALL", "SUSPENSION", "SECURITY", "TECHNICAL", "BILLING", "LEGAL", "PRODUCT_UPDATES", "TECHNICAL_INCIDENTS"],
    ));

  it("are listed by the error in docs/tutorial/firstStack.md", () => {
    const list = `${notificationCategoryNames.slice(0, -1).join(", ")} or ${notificationCategoryNames.at(-1) ?? ""}`;
    assert.ok(textOf("docs/tutorial/firstStack.md").includes(`write ${list}, or an address`), list);
  });

  it("with a hyphen are listed by docs/how-to/otherLanguages.md, where they have none", () => {
    for (const name of notificationCategoryNames.filter((one) => one.includes("-"))) {
      const other = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      for (const text of [name, other])
        assert.ok(textOf("docs/how-to/otherLanguages.md").includes(`\`${text}\``), text);
    }
  });

  it("name each by gcloud's word for it", () => {
    for (const name of notificationCategoryNames)
      assert.equal(name, notificationCategories[name].apiName.toLowerCase().replaceAll("_", "-"));
  });

  it("note that technical-incidents takes over from technical", () =>
    assert.match(
      notificationCategories["technical-incidents"].purpose,
      /contacts of technical no longer get incidents/,
    ));
});

describe("G0 links", () => {
  const resources = ["organizations/123456789012", "folders/456789012345", "projects/shop-dev"];
  const links = (resource: string) =>
    Object.entries(consoleLinks).map(([name, link]) =>
      name === "service"
        ? consoleLinks.service("cloudsupport.googleapis.com", resource)
        : (link as (resource: string) => string)(resource),
    );

  it("are https, in the console and outside of it", () => {
    for (const link of [...resources.flatMap(links), ...Object.values(publicLinks)]) {
      const { protocol, hostname } = new URL(link);
      assert.equal(protocol, "https:", link);
      assert.match(hostname, /(^|\.)(google\.com|cloudskillsboost\.google)$/);
    }
  });

  it("lead to the resource, by the query that the console has for its kind", () => {
    const queries = resources.map((resource) => new Set(links(resource).map((link) => new URL(link).search)));
    assert.deepEqual(queries, [
      new Set(["?organizationId=123456789012"]),
      new Set(["?folder=456789012345"]),
      new Set(["?project=shop-dev"]),
    ]);
  });

  it("differ from task to task", () => {
    const all = links("projects/shop-dev");
    assert.equal(new Set(all).size, all.length);
  });

  it("lead nowhere without a resource, and quote what an ID of a domain has", () => {
    assert.throws(() => consoleLinks.cases("shop-dev"), /not an organization, a folder or a project: shop-dev/);
    assert.throws(() => consoleLinks.cases("billingAccounts/1"), /not an organization/);
    assert.ok(consoleLinks.cases("projects/example.com:shop-dev").endsWith("?project=example.com%3Ashop-dev"));
  });
});
