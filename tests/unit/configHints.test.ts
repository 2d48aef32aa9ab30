/** The advice of an error: near names, and values that can be copied into the config (onboarding/nearNames.ts, onboarding/schema.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { check } from "../../onboarding/index.ts";
import { nearName } from "../../onboarding/nearNames.ts";
import {
  caseChannels,
  caseLanguageNames,
  casePriorityNames,
  escalationReasonNames,
  notificationCategoryNames,
  planNames,
  serviceNames,
  valueAddedServiceNames,
} from "../../guide/index.ts";
import { keys } from "./configs.ts";
import { other, pathsIn, sharded, whole, withValue } from "../support/wholeConfigs.ts";
import type { Path } from "../support/wholeConfigs.ts";

/** The problems at a path or below it. */
function problemsAt(document: unknown, path: Path) {
  return check(document).problems.filter((problem) => path.every((key, index) => problem.path[index] === key));
}

describe("each path of the schema", () => {
  const documents = [whole, other, sharded];
  for (const document of documents) assert.deepEqual(check(document).problems, []);
  const all = documents.flatMap((document) => pathsIn(document).map((path) => ({ document, path })));

  it("is in the configs that are swept here", () => {
    const swept = new Set(all.map(({ path }) => path.at(-1)));
    for (const list of Object.values(keys))
      for (const key of list.split(/, | or /)) assert.ok(swept.has(key), `no config has ${key}`);
  });

  const wrong: Readonly<Record<string, unknown>> = {
    nothing: null,
    "a number": 0.5,
    true: "true",
    "an empty text": "",
    "a text": "?",
    "a list": [["?"]],
    "a map": { "?": "?" },
  };
  for (const [what, value] of Object.entries(wrong))
    it(`with ${what} is an error that names the path, the value and what to write`, () => {
      for (const { document, path } of all) {
        const problems = problemsAt(withValue(document, path, value), path);
        if (value !== null && problems.length === 0) continue;
        const [first] = problems;
        assert.ok(first, `no error names ${path.join(".")}`);
        for (const { message } of problems) {
          assert.match(message, /; (write|move|leave|quote|add) /, path.join("."));
          assert.doesNotMatch(message, /undefined|\[object|\n/);
        }
      }
    });

  it("with nothing where a map belongs suggests a map that can be copied", () => {
    const maps = all.filter(({ document, path }) => {
      const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], document);
      return typeof value === "object" && !Array.isArray(value);
    });
    assert.ok(maps.length > 10);
    for (const { document, path } of maps) {
      const [problem] = problemsAt(withValue(document, path, null), path);
      const [, example = ""] = /write (\{.*?\})(?:, or |$)/.exec(problem?.message ?? "") ?? [];
      const copied = withValue(document, path, parse(example));
      assert.deepEqual(problemsAt(copied, path), [], `${path.join(".")}: ${problem?.message ?? ""}`);
    }
  });

  it("is reported with all others at once", () => {
    const spoilt = pathsIn(whole)
      .filter((path) => path.length === 2)
      .reduce<unknown>((document, path) => withValue(document, path, null), whole);
    const paths = new Set(check(spoilt).problems.map(({ path }) => path.slice(0, 2).join(".")));
    for (const path of pathsIn(whole).filter(({ length }) => length === 2))
      assert.ok(paths.has(path.join(".")), path.join("."));
  });
});

describe("a project with nothing under it", () => {
  it("gets the fix {}", () => {
    const [problem] = check({ plan: "basic", projects: { "pay-dev": null } }).problems;
    assert.match(problem?.message ?? "", /^has no value; write \{\}, or a map of/);
  });
});

describe("a value without its brackets", () => {
  const cases: readonly (readonly [path: Path, value: unknown, write: string])[] = [
    [["organization", "editors"], "group:sre@corp.example", '["group:sre@corp.example"]'],
    [["organization", "editors"], "user:a@b.example, user:c@d.example", '["user:a@b.example","user:c@d.example"]'],
    [["organization", "contacts", "security"], "ciso@corp.example", '["ciso@corp.example"]'],
    [["organization", "contacts", "finops@example.com"], ["billing", "legal"], '{categories: ["billing","legal"]}'],
    [["organization", "contacts", "finops@example.com"], "billing", '{categories: ["billing"]}'],
    [["organization", "contacts"], ["ciso@corp.example"], '{security: ["ciso@corp.example"]}'],
    [["organization"], "corp.example", '{domain: "corp.example"}'],
    [["organization"], "987654321098", '{id: "987654321098"}'],
    [["projects"], ["pay-dev", "pay-prod"], '{"pay-dev": {}, "pay-prod": {}}'],
    [["projects"], "pay-dev", '{"pay-dev": {}}'],
    [["folders"], ["987654321098"], '{"987654321098": {}}'],
    [["testCase"], "shop", '{project: "shop"}'],
    [["testCase", "keepOpen"], "Yes", "true, unquoted"],
    [["testCase", "realCase"], "non", "false, unquoted"],
    [["testCase", "displayName"], "One\nTwo ", '"One Two"'],
    [["valueAddedServices"], "media-cdn", '["media-cdn"]'],
    [["projects", "shop", "services"], "cloudsupport.googleapis.com", '["cloudsupport.googleapis.com"]'],
    [["projects", "shop", "projectId"], "Shop-Prod", '"shop-prod"'],
    [["projects", "shop", "projectId"], "projects/100000000001", 'alone, such as "shop-dev"'],
    [["folders", "shop", "folderId"], "folders/x", 'alone, such as "456789012345"'],
    [["organization", "id"], " 123456789012 ", '"123456789012"'],
    [["organization", "id"], 2 ** 60, 'in quotes, such as "123456789012"'],
    [["testCase", "timeZone"], "Paris", "Europe/Paris"],
    [["testCase", "timeZone"], "Europe/Pariss", "Europe/Paris"],
    [
      ["testCase", "adopt"],
      "https://console.cloud.google.com/support/cases/detail/v2/43595344?project=shop-dev",
      '"projects/shop-dev/cases/43595344"',
    ],
  ];
  for (const [path, value, write] of cases)
    it(`is suggested as it would be written: ${path.join(".")} ${JSON.stringify(value)}`, () => {
      const [problem] = problemsAt(withValue(whole, path, value), path);
      assert.ok(problem?.message.includes(write), problem?.message);
    });

  it("counts as a number where it is a number in quotes", () => {
    const [problem] = check({ ...other, fleet: { shards: "16" } }).problems;
    assert.equal(problem?.message, '"16" is not a number of shards; write 16, unquoted');
  });
});

/** Each list of names, with a place in the config where one of them is allowed. */
const lists: Readonly<Record<string, readonly [names: readonly string[], path: Path]>> = {
  plan: [planNames, ["plan"]],
  "value-added service": [valueAddedServiceNames, ["valueAddedServices", 0]],
  service: [serviceNames, ["projects", "shop", "services", 0]],
  "notification category": [
    notificationCategoryNames,
    ["organization", "contacts", "finops@example.com", "categories", 0],
  ],
  priority: [casePriorityNames, ["testCase", "priority"]],
  channel: [caseChannels, ["testCase", "channel"]],
  "language of a case": [caseLanguageNames, ["testCase", "language"]],
  "reason of an escalation": [escalationReasonNames, ["testCase", "escalation", "reason"]],
};

const words = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .split(/[- ]/)
    .map((word) => word.toLowerCase());

/** How people write a name who know it by heart, or nearly. */
const spellings: Readonly<Record<string, (name: string) => string>> = {
  "in capitals": (name) => name.toUpperCase(),
  "as a sentence": (name) => name.charAt(0).toUpperCase() + name.slice(1),
  "with blanks": (name) => words(name).join(" "),
  "with underscores": (name) => words(name).join("_"),
  "with hyphens": (name) => words(name).join("-"),
  "in one word": (name) => words(name).join(""),
  "as an enum": (name) => words(name).join("_").toUpperCase(),
  "with a blank before and after": (name) => ` ${name} `,
};

/** In the plural or the singular, and with one slip, where enough of the name is left. */
const slips: Readonly<Record<string, (name: string) => string>> = {
  "in the plural": (name) => (name.endsWith("s") ? name : `${name}s`),
  "in the singular": (name) => name.replace(/s$/, ""),
  "without a letter": (name) => name.slice(0, 2) + name.slice(3),
  "with a letter twice": (name) => name.slice(0, 3) + name.slice(2),
  "with another letter": (name) => `${name.slice(0, 2)}x${name.slice(3)}`,
};

describe("a near name", () => {
  for (const [what, [names, path]] of Object.entries(lists))
    it(`of a ${what} is named, however it is written`, () => {
      for (const name of names) {
        const all = name.length > 4 ? { ...spellings, ...slips } : spellings;
        for (const [how, change] of Object.entries(all)) {
          const written = change(name);
          if (names.includes(written)) continue;
          const [problem] = problemsAt(withValue(whole, path, written), path);
          assert.ok(problem?.message.includes(`(did you mean ${name}?)`), `${how}: ${problem?.message ?? "accepted"}`);
        }
      }
    });

  const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    plan: { "Enhanced Support": "enhanced", "premium plan": "premium", Avancé: "enhanced", "De base": "basic" },
    "value-added service": {
      "Technical Account Advisor Service": "technical-account-advisor",
      "Assured Support": "assured-support",
      assured: "assured-support",
      mediaCdn: "media-cdn",
      "Mission Critical": "mission-critical-services",
    },
    service: {
      cloudsupport: "cloudsupport.googleapis.com",
      "Cloud Support API": "cloudsupport.googleapis.com",
      "essential-contacts": "essentialcontacts.googleapis.com",
      servicehealth: "servicehealth.googleapis.com",
      "cloudsupport.google.com": "cloudsupport.googleapis.com",
    },
    "notification category": {
      PRODUCT_UPDATES: "product-updates",
      sécurité: "security",
      facturation: "billing",
      juridique: "legal",
      "incidents techniques": "technical-incidents",
      toutes: "all",
    },
    priority: { p1: "P1", "1": "P1", critical: "P1", "High impact": "P2", moyen: "P3", faible: "P4" },
    channel: { "e-mail": "email", mail: "email", courriel: "email", "Live chat": "chat" },
    "language of a case": {
      french: "fr",
      Français: "fr",
      anglais: "en",
      English: "en",
      japanese: "ja",
      jp: "ja",
      zh_cn: "zh-CN",
      "en-US": "en",
      "fr-FR": "fr",
    },
    "reason of an escalation": { RESOLUTION_TIME: "resolutionTime", "business impact": "businessImpact" },
  };
  for (const [what, writings] of Object.entries(others))
    for (const [written, name] of Object.entries(writings))
      it(`of a ${what} is named: ${written}`, () => {
        const [, path] = lists[what] ?? assert.fail(what);
        const [problem] = problemsAt(withValue(whole, path, written), path);
        assert.ok(problem?.message.includes(`(did you mean ${name}?)`), problem?.message);
      });

  it("of a priority is named where it is a number", () => {
    const [problem] = problemsAt(withValue(whole, ["testCase", "priority"], 3), ["testCase", "priority"]);
    assert.match(problem?.message ?? "", /^3 is not a priority \(did you mean P3\?\)/);
  });

  it("of a contact's language is named, in English, in French or in its own words", () => {
    const path = ["organization", "contacts", "finops@example.com", "language"];
    const named = {
      french: "fr",
      Français: "fr",
      allemand: "de",
      Deutsch: "de",
      pt_br: "pt-BR",
      "fr_FR.UTF-8": "fr-FR",
    };
    for (const [written, tag] of Object.entries(named)) {
      const [problem] = problemsAt(withValue(whole, path, written), path);
      assert.ok(problem?.message.includes(`(did you mean ${tag}?)`), problem?.message);
    }
  });

  it("of a key is named, however it is written, at each level", () => {
    const maps = pathsIn(whole).flatMap((path) => {
      const key = path.at(-1);
      const isNamed =
        typeof key !== "string" || key.includes("@") || ["shop"].includes(key) || path.includes("contacts");
      return isNamed ? [] : [{ at: path.slice(0, -1), key }];
    });
    assert.ok(maps.length > 40);
    for (const { at, key } of maps)
      for (const [how, change] of Object.entries(key.length > 4 ? { ...spellings, ...slips } : spellings)) {
        const written = change(key);
        const parent = at.reduce<unknown>(
          (value, step) => (value as Record<string | number, unknown>)[step],
          whole,
        ) as object;
        if (written in parent) continue;
        const [problem] = problemsAt(withValue(whole, [...at, written], {}), [...at, written]);
        assert.ok(problem?.message.includes(`(did you mean ${key}?)`), `${how}: ${problem?.message ?? "accepted"}`);
      }
  });

  it("of a key is named in French, by a role, and as other tools have it", () => {
    const named: readonly (readonly [at: Path, written: string, key: string])[] = [
      [[], "projets", "projects"],
      [[], "dossiers", "folders"],
      [[], "organisation", "organization"],
      [[], "test_case", "testCase"],
      [["projects", "shop"], "project-id", "projectId"],
      [["projects", "shop"], "roles/cloudsupport.techSupportEditor", "editors"],
      [["projects", "shop"], "Tech Support Editor", "editors"],
      [["organization"], "admins", "administrators"],
      [["testCase"], "subscribers", "subscriberEmailAddresses"],
    ];
    for (const [at, written, key] of named) {
      const [problem] = problemsAt(withValue(whole, [...at, written], {}), [...at, written]);
      assert.ok(problem?.message.includes(`(did you mean ${key}?)`), problem?.message);
    }
  });

  it("is none where two are as near, or none is near", () => {
    assert.equal(nearName("P5", casePriorityNames), undefined);
    assert.equal(nearName("chinese", caseLanguageNames), undefined);
    assert.equal(nearName("compute.googleapis.com", serviceNames), undefined);
    assert.equal(nearName("", planNames), undefined);
    assert.equal(nearName("🙂", planNames), undefined);
  });

  it("comes before a short list, whatever the number of projects", () => {
    const projects = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`shop-${String(10_000 + index)}`, {}]),
    );
    const [problem] = check({ plan: "enhanced", projects, testCase: { project: "shop-1234" } }).problems;
    assert.match(problem?.message ?? "", /; write shop-10000, .* or one of 2990 others$/);
    assert.ok((problem?.message.length ?? 0) < 400);
  });
});
