/** The parts of the report: what a plan rules out, which grants apply, what comes from the outputs, and how it is written. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { applies, membersOf } from "../../../care/report/grants.ts";
import { htmlOf } from "../../../care/report/html/page.ts";
import { markdownOf } from "../../../care/report/markdown.ts";
import { placesOfOutputs } from "../../../care/report/stack.ts";
import { openFacts } from "../../../care/report/report.ts";
import { languageNames, words } from "../../../guide/index.ts";
import { visibleLines } from "../../../text/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { openIn, reportOn, rowsAt } from "../../support/report/reportOn.ts";

describe("a report", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  beforeEach(() => cloud.reset());
  afterAll(() => cloud.close());

  const shopDev = { plan: "enhanced", projects: { "shop-dev": {} } };

  it("names what the plan does not include, and which plan has it", async () => {
    for (const { policy } of [...cloud.state.organizations.values(), ...cloud.state.projects.values()])
      policy.bindings = policy.bindings.filter(({ role }) => role !== "roles/cloudsupport.techSupportEditor");
    const report = await reportOn(cloud, { config: { ...shopDev, plan: "basic" } });
    const general = rowsAt(report, "");
    assert.deepEqual(
      ["G1 value-added", "G4 test case"].map((row) => [general.get(row)?.status, general.get(row)?.next]),
      [
        ["notPossible", "It is available with Enhanced and Premium."],
        ["notPossible", "It is available with Standard, Enhanced and Premium."],
      ],
    );
    const project = rowsAt(report, "projects/shop-dev");
    assert.equal(project.get("G3 editor")?.status, "notPossible");
    assert.equal(project.get("G2 services")?.details, "Not enabled: Essential Contacts API and Service Health API.");
    assert.deepEqual([report.plan.priorities, report.plan.languages, report.plan.channels], [[], [], []]);
  });

  it("has no task for a gap of an organization that the stack does not own, and one in the stack that owns it", async () => {
    const organization = cloud.state.organizations.get("organizations/123456789012") ?? assert.fail();
    organization.policy.bindings = organization.policy.bindings.filter(
      ({ role }) => role !== "roles/cloudsupport.admin",
    );
    const gapsOf = async (config: Readonly<Record<string, unknown>>) => {
      const rows = rowsAt(await reportOn(cloud, { config }), "organizations/123456789012");
      return ["G3 admin", "G5 contacts"].map((row) => [rows.get(row)?.status, rows.get(row)?.next !== undefined]);
    };
    assert.deepEqual(await gapsOf(shopDev), [
      ["notOwned", false],
      ["notOwned", false],
    ]);
    assert.deepEqual(await gapsOf({ ...shopDev, organization: { id: "123456789012" } }), [
      ["notDone", true],
      ["notDone", true],
    ]);
  });

  it("has one open row for a disabled service, a grant and a contact of the config: what depends on them waits", async () => {
    for (const { policy } of [...cloud.state.organizations.values(), ...cloud.state.projects.values()])
      policy.bindings = policy.bindings.filter(({ role }) => role !== "roles/cloudsupport.techSupportEditor");
    const organization = {
      id: "123456789012",
      editors: ["group:sre@example.com"],
      contacts: { all: ["care@example.com"] },
    };
    const report = await reportOn(cloud, { config: { ...shopDev, organization } });
    const project = rowsAt(report, "projects/shop-dev");
    assert.deepEqual(
      ["G2 services", "G3 editor", "G5 contacts", "G6 Service Health"].map((row) => project.get(row)?.status),
      ["notDone", "waiting", "waiting", "waiting"],
    );
    assert.deepEqual(
      report.findings.map(({ kind, place }) => `${place} ${kind}`),
      [
        "organizations/123456789012 grantMissing",
        "organizations/123456789012 contactMissing",
        "organizations/123456789012 contactStale",
        "projects/shop-dev service",
      ],
    );
  });

  it("has places of the outputs that the config does not name", async () => {
    const report = await reportOn(cloud, { config: shopDev, places: ["projects/pay-dev"] });
    assert.deepEqual(
      report.places.map(({ resource, ofStack }) => [resource, ofStack]),
      [
        ["organizations/123456789012", false],
        ["folders/456789012345", false],
        ["projects/pay-dev", true],
        ["projects/shop-dev", true],
      ],
    );
    assert.equal(rowsAt(report, "projects/pay-dev").get("G2 services")?.status, "notDone");
  });

  it("reports that the config has a test case that is not created, and that a case is gone", async () => {
    const config = { ...shopDev, testCase: { project: "shop-dev" } };
    assert.ok(
      openIn(await reportOn(cloud, { config })).includes("G4 test case notDone: In the config, but not in the state."),
    );
    const gone = await reportOn(cloud, { config, cases: ["projects/shop-dev/cases/10000001"] });
    assert.equal(
      rowsAt(gone, "projects/shop-dev").get("G4 test case")?.details,
      "projects/shop-dev/cases/10000001 no longer exists.",
    );
  });

  it("reports a case that stays open from the state's config, though the stack's config has no test case", async () => {
    const supportCase = cloud.state.cases.get("43595344") ?? assert.fail();
    supportCase.state = "NEW";
    const closing = async (staysOpen?: "keepOpen" | "adopted") => {
      const report = await reportOn(cloud, {
        config: shopDev,
        cases: [supportCase.name],
        ...(staysOpen && { staysOpen }),
      });
      const { status, details } = rowsAt(report, "projects/shop-dev").get("G4 close") ?? assert.fail();
      return `${status}: ${details}`;
    };
    assert.deepEqual(
      [await closing("keepOpen"), await closing("adopted"), await closing()],
      [
        "notConfigured: It stays open until the stack is destroyed.",
        "notConfigured: It was adopted, and stays open.",
        "notDone: It is open.",
      ],
    );
  });

  it("counts recommendations by category and priority, insights by severity", async () => {
    cloud.state.projects.get("shop-dev")?.services.set("recommender.googleapis.com", { enabledAt: 0 });
    const { recommendations, insights } = await reportOn(cloud, { config: shopDev });
    assert.deepEqual(recommendations, [
      { category: "COST", displayName: "Cost", counts: { P1: 0, P2: 0, P3: 1, P4: 0 } },
      { category: "SECURITY", displayName: "Security", counts: { P1: 0, P2: 1, P3: 0, P4: 0 } },
    ]);
    assert.deepEqual(insights?.[0]?.counts, { CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 0 });
  });

  it("names which API the quota project lacks", async () => {
    cloud.state.projects.get("ops-admin")?.services.delete("essentialcontacts.googleapis.com");
    const report = await reportOn(cloud, { config: shopDev });
    const contacts = rowsAt(report, "projects/shop-dev").get("G5 contacts");
    assert.deepEqual(
      [contacts?.status, contacts?.details],
      ["notRead", "Essential Contacts API is not enabled on the quota project."],
    );
  });

  it("is Markdown and a page whose structure no value changes", async () => {
    const report = await reportOn(cloud, { config: shopDev, cases: ["projects/shop-dev/cases/43595344"] });
    const kinds = (text: string) => fromMarkdown(text).children.map(({ type }) => type);
    // A long value has more places where a line may break, and a word with a hyphen is kept whole.
    const lineBreaks = /<wbr>|<span class="whole">([^<]*)<\/span>/g;
    const tags = (html: string) =>
      html
        .replace(/<script>[\s\S]*/, "")
        .replace(lineBreaks, "$1")
        .match(/<\/?[a-z]+/g)?.length;
    const [before, tagsBefore] = [kinds(markdownOf(report)), tags(htmlOf(report))];
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), (value) => {
        const changed = {
          ...report,
          cases: report.cases.map((one) => ({ ...one, title: visibleLines(value) || "x" })),
        };
        assert.deepEqual(kinds(markdownOf(changed)), before);
        assert.equal(tags(htmlOf(changed)), tagsBefore);
        return Promise.resolve();
      }),
      { numRuns: 100, examples: [["- "], ["a-b"], ["x".repeat(40)]] },
    );
  });

  it("is Markdown in which GitHub finds no mention and nothing struck out that others wrote", async () => {
    const report = await reportOn(cloud, { config: shopDev, cases: ["projects/shop-dev/cases/43595344"] });
    const withTitle = (title: string) =>
      markdownOf({ ...report, cases: report.cases.map((one) => ({ ...one, title })) });
    const kinds = (text: string) =>
      JSON.stringify(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })).match(
        /"type":"(?!text)\w+"/g,
      );
    const before = kinds(withTitle("x"));
    for (const title of ["~~gone~~", "a ~b~ c"]) assert.deepEqual(kinds(withTitle(title)), before, title);
    assert.doesNotMatch(withTitle("ask @octocat, (@octo-org/team) or octo/repo#12, #12"), /@octo|#12/);
    assert.match(withTitle("ada@example.com, C# 12"), /ada@example\.com, C# 12/);
  });

  it("shows nothing as none that was not read", async () => {
    const config = { ...shopDev, projects: { "shop-dev": {}, "pay-dev": {} } };
    const unread = await reportOn(cloud, { config, caller: "nobody" });
    for (const text of [markdownOf(unread), htmlOf(unread).replace(/<(style|script)>[^]*?<\/\1>/g, "")]) {
      assert.doesNotMatch(text, /No recipient|No incident|Nobody (is|gets|has)|None in/);
      assert.match(text, /Not checked in 2 places/);
    }
  });

  it("is not done if nothing is configured, and has no empty tables", async () => {
    for (const language of languageNames) {
      const report = await reportOn(cloud, { config: { plan: "enhanced" }, language });
      const { verdictEmpty } = words[language].page;
      const general = rowsAt(report, "").get("G0 checklist");
      assert.deepEqual([general?.status, general?.details], ["link", verdictEmpty]);
      assert.ok(markdownOf(report).includes(`**${verdictEmpty}**`));
      assert.doesNotMatch(htmlOf(report), /<tbody[^>]*><\/tbody>|verdict-done"/);
      assert.doesNotMatch(markdownOf(report), /\| -+ \|\n\n/);
    }
  });

  it("separates the next step from the sentence before it", async () => {
    const [event] = cloud.state.events.values();
    const [title, id] = ["Elevated error rates", "projects/shop-dev/locations/global/events/one"];
    cloud.state.projects.get("shop-dev")?.services.set("servicehealth.googleapis.com", { enabledAt: 0 });
    cloud.state.events.set(id, { ...event, name: id, title, state: "ACTIVE", startTime: "2026-09-01T00:00:00Z" });
    for (const language of languageNames) {
      const report = await reportOn(cloud, { config: shopDev, language });
      const markdown = markdownOf(report);
      assert.match(markdown, new RegExp(`${title} → ${words[language].next.followIncident}`));
      for (const { details, next } of openFacts(report).filter((one) => one.next !== undefined))
        assert.ok(htmlOf(report).includes('class="next"') && !markdown.includes(`${details} ${String(next)}`));
    }
  });

  it("has no character in a member or a condition that turns the text's direction", async () => {
    const binding = { role: "roles/cloudsupport.techSupportEditor", members: ["user:\u202egnp.exe@example.com"] };
    const condition = { expression: 'resource.name == "\u202ex\r"' };
    cloud.state.projects.get("shop-dev")?.policy.bindings.push(binding, { ...binding, condition });
    assert.doesNotMatch(JSON.stringify(await reportOn(cloud, { config: shopDev })), /\u202e|\\r/);
  });
});

describe("a grant", () => {
  const now = new Date("2026-09-01T00:00:00Z");
  const under = (expression: string) => applies({ role: "r", condition: { expression } }, now);

  it("applies without a condition, and until its end", () => {
    assert.equal(applies({ role: "r" }, now), "yes");
    assert.equal(under('request.time < timestamp("2030-01-01T00:00:00Z")'), "yes");
    assert.equal(under('request.time < timestamp("2020-01-01T00:00:00Z")'), "no");
    assert.equal(under('resource.name.startsWith("projects/")'), "unknown");
  });

  it("has its groups first, and nobody who was deleted", () => {
    const members = [
      "user:b@example.com",
      "deleted:user:c@example.com?uid=1",
      "group:z@example.com",
      "user:a@example.com",
    ];
    assert.deepEqual(membersOf({ role: "r", members }), [
      "group:z@example.com",
      "user:a@example.com",
      "user:b@example.com",
    ]);
  });
});

describe("the outputs of a stack", () => {
  const ofStack = (checklist: unknown) =>
    placesOfOutputs({ resources: [{ type: "pulumi:pulumi:Stack", outputs: { checklist } }] });

  it("name its places, as the program writes them and as a landing zone may", () => {
    assert.deepEqual(ofStack({ "Customer Care": {}, "projects/b": {}, "folders/1": {} }), ["folders/1", "projects/b"]);
    assert.deepEqual(ofStack([{ where: "projects/b" }, { where: "" }, { where: "projects/b" }, null]), ["projects/b"]);
    assert.deepEqual([placesOfOutputs(undefined), ofStack(undefined), ofStack(null)], [[], [], []]);
  });
});
