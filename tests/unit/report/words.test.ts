/** The words of the report: all of them in each language, and none of one language in the report of another. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { htmlOf } from "../../../care/report/html/page.ts";
import { markdownOf } from "../../../care/report/markdown.ts";
import { statusLabel } from "../../../care/report/report.ts";
import { formatOf, words } from "../../../guide/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import { reportOn } from "../../support/report/reportOn.ts";

/** Each text by its path; what takes values is called with some. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String((value as (...all: unknown[]) => string)(...given(path)))]];
  return Object.entries(value as object).flatMap(([key, child]) => texts(child, path === "" ? key : `${path}.${key}`));
}

const takesNumbers =
  /\.(checklist|contactsHere|incidents|recommendations|recommendationsPartly|otherOperations|verdict\w*|matches|more|morePlaces|inTotal|noneIn|noIncidentIn|notCheckedAt)$/;
const takesLists =
  /\.(services(Enabled|Missing)|holders\w*|notGranted|contact(Gaps|s(Cover|Wait|Missing|Invalid|Stale))|buyPlan|enable|addContacts)$/;

const given = (path: string): unknown[] =>
  path.endsWith(".contactsDiffer")
    ? [[["uno", ["due"]]]]
    : path.endsWith(".contactsInOtherLanguage")
      ? [[["uno", "due"]]]
      : path.endsWith(".holdersInherited")
        ? ["uno", ["due", "tre"]]
        : takesNumbers.test(path)
          ? [2, 3]
          : takesLists.test(path)
            ? [["uno", "due"]]
            : ["uno", "due", "tre"];

const english = new Map(texts(words.en));
const french = new Map(texts(words.fr));

/** Names of Google's and of the field, which are the same in both. */
const same =
  /^(guide\.plans\.(standard|premium)|guide\.valueAddedServices\.(technical-account-advisor|assured-support|mission-critical-services)|guide\.channels\.email|guide\.categories\.suspension|details\.(contactsHere|holders|organizationFound|testCase)|why\.other|page\.(incident|insights|total))$/;

describe("the catalogue", () => {
  it("has each text in both languages", () => assert.deepEqual([...french.keys()].sort(), [...english.keys()].sort()));

  it("is in French, but for names", () => {
    const untranslated = [...english].filter(([path, text]) => french.get(path) === text).map(([path]) => path);
    assert.deepEqual(
      untranslated.filter((path) => !same.test(path)),
      [],
    );
    assert.ok(untranslated.length > 5);
  });

  it("counts, lists and dates as the language does", () => {
    const { details, page } = words.fr;
    assert.equal(
      details.incidents(0, 1),
      "0 incident en cours\u202f; 1 incident terminé au cours des 30 derniers jours.",
    );
    assert.equal(words.en.details.incidents(0, 1), "0 incidents now; 1 incident ended in the last 30 days.");
    assert.equal(details.contactsInvalid(["a"]), "Adresse qui n’est plus valide\u00a0: a.");
    assert.equal(details.contactsInvalid(["a", "b"]), "Adresses qui ne sont plus valides\u00a0: a et b.");
    assert.equal(page.verdictUnread(2), "2 tâches n’ont pas pu être vérifiées.");
    assert.equal(details.holders(["a", "b", "c"]), "a, b et c");
    assert.equal(words.en.details.holders(["a", "b", "c"]), "a, b and c");
    assert.equal(details.testCaseClosed("2026-09-01T23:30:00Z"), "Clôturée le 1 sept. 2026.");
    assert.equal(formatOf("fr").number(12_345), "12\u202f345");
    assert.equal(formatOf("en-GB").time("no time"), "no time");
  });
});

describe("the spaces of French", () => {
  it("do not break before a colon and other double punctuation, or within quotes", () => {
    const breaking = [...french].filter(([, text]) => / [:;?!»](?!\S)|« /.test(text)).map(([path]) => path);
    assert.deepEqual(breaking, []);
    assert.equal(words.fr.page.likeTechnical, "comme «\u00a0Technique\u00a0»");
  });
  it("do not change values", () => {
    const title = "Panne : que faire ?";
    assert.ok(words.fr.details.testCase("projects/shop-dev/cases/1", title, "nouvelle").includes(title));
    assert.equal(words.fr.why.other("https://example.com:8080"), "https://example.com:8080");
  });
});

describe("the label of a status", () => {
  it("agrees with the number of tasks", () => {
    const label = (number: number) => statusLabel(number, "done", words.fr, formatOf("fr"));
    assert.deepEqual([0, 1, 2].map(label), ["effectuée", "effectuée", "effectuées"]);
    assert.equal(statusLabel(2, "done", words.en, formatOf("en-GB")), "done");
  });
});

describe("a report in French", () => {
  it("has no English of the catalogue in it", async () => {
    const cloud = await startCloud();
    try {
      cloud.state.projects.get("shop-dev")?.services.set("recommender.googleapis.com", { enabledAt: 0 });
      for (const plan of ["basic", "enhanced"]) {
        const config = {
          plan,
          organization: { domain: "example.com", editors: ["group:sre@example.com"] },
          projects: { "shop-dev": {}, "legacy-dev": {}, "gone-dev": {}, "not-there": {} },
        };
        const cases = plan === "basic" ? [] : ["projects/shop-dev/cases/43595344"];
        const now = new Date("2026-09-10T12:00:00Z");
        const report = await reportOn(cloud, { config, cases, language: "fr", now });
        const reportTexts = [
          ...texts(report.rows),
          ...report.places.flatMap(({ rows }) => texts(rows)),
          ...texts(report.plan),
        ];
        // Texts long enough to be no name, and not French as well.
        const phrases = [...english.values()].filter(
          (text) =>
            text.length > 7 && !/uno|^2 /.test(text) && ![...french.values()].some((other) => other.includes(text)),
        );
        const written = [htmlOf(report), markdownOf(report), reportTexts.map(([, text]) => text).join("\n")].join("\n");
        const shown = written.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "").replace(/https:[^\s")]+/g, "");
        assert.deepEqual(
          phrases.filter((phrase) => isIn(phrase, shown)),
          [],
        );
        assert.match(shown, /Liste de contrôle/);
      }
    } finally {
      await cloud.close();
    }
  });
});

/** As words of its own. */
function isIn(phrase: string, text: string): boolean {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(text);
}
