/** The one clear error for what only the whole of a config shows, and all errors of a config together (onboarding/). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { check } from "../../onboarding/index.ts";
import type { Plan, ValueAddedService } from "../../guide/index.ts";
import { categories, changed, eachAlone, keys, errorsOf, planList, supportWith } from "./configs.ts";

const offers =
  (service: ValueAddedService) =>
  ({ valueAddedServices }: Plan) =>
    valueAddedServices.includes(service);

describe("a config is refused for what the plan cannot have:", () => {
  eachAlone({
    "a value-added service of another plan": [
      (config) => (config["valueAddedServices"] = ["media-cdn", "mission-critical-services"]),
      `valueAddedServices: "mission-critical-services" requires ${supportWith(offers("mission-critical-services"))} (plan is enhanced); write technical-account-advisor, planned-event-support, assured-support or media-cdn`,
    ],
    "any value-added service with plan standard": [
      (config) => Object.assign(config, { plan: "standard", valueAddedServices: ["media-cdn"] }),
      `valueAddedServices: "media-cdn" requires ${supportWith(offers("media-cdn"))} (plan is standard); leave it out`,
    ],
    "a test case with plan basic": [
      (config) => (config.plan = "basic"),
      `testCase: requires ${supportWith(({ cloudSupportApi }) => cloudSupportApi)} (plan is basic), because Basic Support has no Cloud Support API; leave it out, or set plan to the plan that you bought`,
    ],
    "critical priority with plan standard": [
      (config) => {
        config.plan = "standard";
        config.testCase["priority"] = "P1";
      },
      `testCase.priority: "P1" requires ${supportWith(({ casePriorities }) => casePriorities.includes("P1"))} (plan is standard); write P2, P3 or P4`,
    ],
  });
});

describe("a config is refused where two levels claim the same", () => {
  eachAlone({
    "role of a member": [
      ({ projects }) => (projects["pay-dev"]!["editors"] = ["group:SRE@example.com"]),
      'projects.pay-dev.editors: "group:sre@example.com" already has roles/cloudsupport.techSupportEditor from organization.editors, which applies to everything below it; leave out one of the two',
    ],
    "category of a contact": [
      ({ folders }) =>
        (folders["456789012345"]!["contacts"] = { "Security@example.com": { categories: ["legal", "security"] } }),
      'folders.456789012345.contacts: "security@example.com" already gets security from organization.contacts, which apply to everything below it; leave out one of the two',
    ],
    "contact, who gets all above": [
      (config) => {
        config.organization["contacts"] = { all: ["ciso@example.com"] };
        config.projects["shop-dev"]!["contacts"] = { legal: ["ciso@example.com"], security: ["ciso@example.com"] };
      },
      'projects.shop-dev.contacts: "ciso@example.com" already gets security and legal from organization.contacts, which apply to everything below it; leave out one of the two',
    ],
  });
});

describe("a config is refused for the same place twice:", () => {
  eachAlone({
    "a project": [
      ({ projects }) => (projects["shop"] = { projectId: "shop-dev" }),
      'projects.shop: "shop-dev" is also projects.shop-dev; write one of them',
    ],
    "a project under two names": [
      ({ projects }) =>
        Object.assign(projects, { one: { projectId: "new-dev" }, "the.other": { projectId: "new-dev" } }),
      'projects["the.other"]: "new-dev" is also projects.one; write one of them',
    ],
    "a folder": [
      ({ folders }) => (folders["shop"] = { folderId: "456789012345" }),
      'folders.shop: "456789012345" is also folders.456789012345; write one of them',
    ],
    "the organization, by domain and by number": [
      ({ organization }) => (organization["domain"] = "example.com"),
      "organization: has both domain and id; write one of them",
    ],
  });
});

describe("a config is refused for a test case", () => {
  eachAlone({
    "for nothing": [
      (config) => (config.testCase = {}),
      "testCase: has neither project nor organization; write project: shop-dev, or organization: true",
    ],
    "for two": [
      ({ testCase }) => (testCase["organization"] = true),
      "testCase: has both project and organization; write one of them",
    ],
    "for a project that is not one of the config": [
      ({ testCase }) => (testCase["project"] = "shop-dve"),
      'testCase.project: "shop-dve" is not a key of projects (did you mean shop-dev?); write shop-dev or pay-dev',
    ],
    "for a project where there is none": [
      (config) => (config.projects = {}),
      'testCase.project: "shop-dev" is not a key of projects; add it there',
    ],
    "for an organization that the config does not have": [
      (config) => {
        delete (config as Record<string, unknown>)["organization"];
        config.testCase = { organization: true };
      },
      "testCase.organization: is true, but the config has no organization; write organization with its domain or id",
    ],
    "by live chat in French": [
      ({ testCase }) => Object.assign(testCase, { channel: "chat", language: "fr" }),
      'testCase.channel: "chat" is available only in English, and the language is "fr"; write channel: email, or language: en',
    ],
    "with a comment that is written twice": [
      ({ testCase }) => (testCase["comments"] = ["One", "One"]),
      'testCase.comments: "One" is listed twice; write it once',
    ],
    "with a blank comment": [
      ({ testCase }) => (testCase["comments"] = [" "]),
      'testCase.comments[0]: " " is blank; write "A note for the support team"',
    ],
    "with a comment that is too long": [
      ({ testCase }) => (testCase["comments"] = ["é".repeat(12_801)]),
      "testCase.comments[0]: has 12801 characters; write 12800 at most, or several comments",
    ],
    "with an attachment that is no path": [
      ({ testCase }) => (testCase["attachments"] = [""]),
      'testCase.attachments[0]: "" is blank; write "logs/boot.txt"',
    ],
    "escalated for no reason": [
      ({ testCase }) => (testCase["escalation"] = { justification: "Nobody can pay" }),
      "testCase.escalation.reason: is missing; write resolutionTime, technicalExpertise or businessImpact",
    ],
    "escalated with a plan that has no escalations": [
      (config) => {
        Object.assign(config, { plan: "standard", valueAddedServices: [] });
        config.testCase["escalation"] = { reason: "businessImpact", justification: "Nobody can pay" };
      },
      `testCase.escalation: requires ${supportWith(({ escalations }) => escalations)} (plan is standard); leave it out, or set plan to the plan that you bought`,
    ],
    "adopted by something other than a case's name": [
      ({ testCase }) => (testCase["adopt"] = "43595344"),
      'testCase.adopt: "43595344" is not the name of a case; write "projects/PROJECT_ID/cases/43595344", or "organizations/NUMBER/cases/43595344"',
    ],
    "adopted, with words of its own": [
      (config) => (config.testCase = { project: "shop-dev", adopt: "projects/shop-dev/cases/1", description: "x" }),
      "testCase.description: cannot be used with adopt, because it cannot be changed in an existing case; leave it out",
    ],
    "adopted, and kept open": [
      (config) => (config.testCase = { project: "shop-dev", adopt: "projects/shop-dev/cases/1", keepOpen: true }),
      "testCase.keepOpen: cannot be used with adopt, because an adopted case stays open; write closeOnDestroy: true to close it with the stack",
    ],
    "that is created here and closed on destroy": [
      ({ testCase }) => (testCase["closeOnDestroy"] = false),
      "testCase.closeOnDestroy: requires adopt; add adopt, or leave closeOnDestroy out, because a case that the stack creates is always closed",
    ],
  });
});

describe("one mistake is reported once:", () => {
  eachAlone({
    "a project that is none, though a test case is for it": [
      (config) => Object.assign(config.projects, { "shop-dev": null }),
      `projects.shop-dev: has no value; write {}, or a map of ${keys.project}`,
    ],
    "projects that are none, though a test case is for one": [
      (config) => Object.assign(config, { projects: ["shop-dev"] }),
      'projects: ["shop-dev"] is not a map of projects; write {"shop-dev": {}}',
    ],
    "a misspelt key of projects, though a test case is for one": [
      (config) => {
        Object.assign(config, { project: config.projects });
        delete (config as Record<string, unknown>)["projects"];
      },
      `project: "project" is not a key here (did you mean projects?); write ${keys.config}`,
    ],
    "an organization that is none, though a test case is for it": [
      (config) => Object.assign(config, { organization: "example.com", testCase: { organization: true } }),
      `organization: "example.com" is not an organization; write {domain: "example.com"}, or a map of ${keys.organization}`,
    ],
    "a misspelt key of what the test case is for": [
      (config) => (config.testCase = { projct: "shop-dev" }),
      `testCase.projct: "projct" is not a key here (did you mean project?); write ${keys.testCase}`,
    ],
    "a test case that is not for the organization": [
      (config) => (config.testCase = { organization: false }),
      "testCase.organization: false is not true; write true, or name a project under project",
    ],
    "a misspelt key of the organization's domain": [
      (config) => (config.organization = { domian: "example.com" }),
      `organization.domian: "domian" is not a key here (did you mean domain?); write ${keys.organization}`,
    ],
    "a bad domain, though it is the organization's only name": [
      (config) => (config.organization = { domain: "example" }),
      'organization.domain: "example" is not a domain; write the organization\'s domain, such as "example.com"',
    ],
    "a plan that is missing, though a value-added service and a test case need one": [
      (config) => {
        delete (config as Record<string, unknown>)["plan"];
        config["valueAddedServices"] = ["media-cdn"];
      },
      `plan: is missing; write ${planList}`,
    ],
    "a member that is listed thrice": [
      ({ projects }) => (projects["pay-dev"]!["editors"] = ["user:A@b.co", "user:a@b.co", "user:a@B.co"]),
      'projects.pay-dev.editors: "user:a@b.co" is listed twice; write it once',
    ],
  });

  it("a category that is none, whatever is under it", () => {
    for (const under of [["x"], { categories: ["x", "y"], name: "x" }, 5, null])
      assert.deepEqual(
        errorsOf(changed(({ organization }) => (organization["contacts"] = { pager: under }))),
        [
          `customer-care:organization.contacts.pager: "pager" is neither a notification category nor an e-mail address; write ${categories}, or an address with its categories`,
        ],
        JSON.stringify(under),
      );
  });
});

describe("two mistakes are reported as two:", () => {
  const twoOf: Record<string, readonly [contacts: readonly [object, object], paths: readonly string[]]> = {
    "an address that is listed twice in a category, and by itself too": [
      [{ legal: ["a@b.co", "a@b.co"], "A@b.co": { categories: ["all"] } }, {}],
      ["organization.contacts.legal", 'organization.contacts["A@b.co"]'],
    ],
    "an address under a category and by itself, there with a category that is none": [
      [{ legal: ["a@b.co"], "A@b.co": { categories: ["pager"] } }, {}],
      ['organization.contacts["A@b.co"].categories[0]', 'organization.contacts["A@b.co"]'],
    ],
    "an address by itself twice, once without categories": [
      [{ "a@b.co": { categories: ["all"] }, "A@b.co": {} }, {}],
      ['organization.contacts["A@b.co"].categories', 'organization.contacts["A@b.co"]'],
    ],
    "a category that is none, at two levels": [
      [{ pager: { categories: ["all"] } }, { pager: { categories: ["all"] } }],
      ["organization.contacts.pager", "projects.pay-dev.contacts.pager"],
    ],
  };
  for (const [what, [[above, below], paths]] of Object.entries(twoOf))
    it(what, () => {
      const lines = errorsOf(
        changed(({ organization, projects }) => {
          organization["contacts"] = above;
          projects["pay-dev"]!["contacts"] = below;
        }),
      );
      assert.deepEqual(
        lines.map((line) => line.slice("customer-care:".length, line.indexOf(": "))),
        paths,
      );
      for (const line of lines) assert.doesNotMatch(line, /legal (and|or) legal/);
    });
});

describe("a config is refused that is", () => {
  for (const document of [null, 5, "enhanced", [], true])
    it(JSON.stringify(document), () =>
      assert.deepEqual(errorsOf(document), [
        document === null
          ? `customer-care: has no value; write {plan: standard}, or a map of ${keys.config}`
          : `customer-care: ${JSON.stringify(document)} is not a config; write a map of ${keys.config}`,
      ]),
    );

  it("empty: the plan is missing", () =>
    assert.deepEqual(errorsOf({}), [`customer-care:plan: is missing; write ${planList}`]));
});

describe("a key with a meaning in JavaScript", () => {
  const hostile = ["__proto__", "constructor", "toString", "hasOwnProperty", ""];
  const maps: Record<string, readonly string[]> = {
    "the config": [],
    "the organization": ["organization"],
    contacts: ["organization", "contacts"],
    projects: ["projects"],
    "a project": ["projects", "shop-dev"],
    folders: ["folders"],
    "the test case": ["testCase"],
  };
  for (const [what, path] of Object.entries(maps))
    for (const key of hostile) {
      // It is well-formed as a project ID.
      if (what === "projects" && key === "constructor") continue;
      it(`is an unknown one of ${what}: ${JSON.stringify(key)}`, () => {
        const document = changed((config) => {
          const map = path.reduce<object>((at, step) => (at as Record<string, object>)[step] ?? {}, config);
          Object.defineProperty(map, key, { value: {}, enumerable: true, configurable: true, writable: true });
        });
        assert.deepEqual(
          check(document).problems.map((problem) => problem.path),
          [[...path, key]],
        );
      });
    }
});

describe("all the mistakes of a config", () => {
  it("are reported together, by the path of each", () => {
    const lines = errorsOf({
      plan: "standrd",
      valueAddedServices: ["media-cdn", "media-cdn"],
      organization: { id: "x", editors: ["ada"], contacts: { securty: ["x"], legal: ["x"] } },
      folders: { shop: {} },
      projects: { "shop-dev": { services: ["x"], administrators: [] }, "other-dev": null },
      testCase: { project: "other-dev", language: "de", keepOpen: 1 },
      region: "x",
    });
    assert.deepEqual(
      lines.map((line) => line.slice("customer-care:".length, line.indexOf(": "))).sort(),
      [
        "plan",
        "valueAddedServices",
        "organization.id",
        "organization.editors[0]",
        "organization.contacts.securty",
        "organization.contacts.legal[0]",
        "folders.shop",
        "projects.shop-dev.services[0]",
        "projects.shop-dev.administrators",
        "projects.other-dev",
        "testCase.language",
        "testCase.keepOpen",
        "region",
      ].sort(),
    );
  });

  it("are reported with the index that each has in its list, whatever else is wrong there", () =>
    assert.deepEqual(
      check(
        changed(({ organization }) => (organization["editors"] = [null, "user:a@example.com", "x", 5])),
      ).problems.map(({ path }) => path.at(-1)),
      [0, 2, 3],
    ));

  it("are reported next to what only the whole shows", () => {
    const lines = errorsOf(
      changed((config) => {
        config["valueAddedServices"] = ["mission-critical-services", "tam"];
        config.projects["pay-dev"]!["editors"] = ["x", "group:sre@example.com"];
      }),
    );
    assert.equal(lines.length, 4);
    for (const expected of [
      /"tam" is not a value-added service/,
      new RegExp(
        `"mission-critical-services" requires ${supportWith(offers("mission-critical-services"))} \\(plan is enhanced\\)`,
      ),
      /editors\[0\]: "x" is not a member/,
      /"group:sre@example.com" already has roles\/cloudsupport.techSupportEditor/,
    ])
      assert.match(lines.join("\n"), expected);
  });

  it("leave the document as it was", () => {
    const document = changed((config) => Object.assign(config, { region: "x", folders: null }));
    const before = structuredClone(document);
    check(document);
    assert.deepEqual(document, before);
  });
});
