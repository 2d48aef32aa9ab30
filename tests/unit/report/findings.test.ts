/**
 * The report on random organizations: counts, chips, rows, the list of open findings and the red cells all agree, as a
 * page, as Markdown and as JSON.
 */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import fc from "fast-check";
import { htmlOf } from "../../../care/report/html/page.ts";
import { markdownOf } from "../../../care/report/markdown.ts";
import { allRows, isOpen, openFacts, partsByUrgency, rowStatuses, verdictOf } from "../../../care/report/report.ts";
import type { Report, RowStatus } from "../../../care/report/report.ts";
import { notificationCategories, notificationCategoryNames, serviceNames, words } from "../../../guide/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { assertHeard, channelNumbers, plantAlertPolicy, plantChannels } from "../../support/report/alerts.ts";
import { newIncidents } from "../../support/previews/alerts.ts";
import { reportOn } from "../../support/report/reportOn.ts";

const projectIds = ["shop-dev", "pay-dev", "legacy-dev", "gone-dev"];
const places = ["organizations/123456789012", "folders/456789012345", ...projectIds.map((id) => `projects/${id}`)];
const emails = ["a@example.com", "b@example.com"];
const emailsAbove = ["c@example.com"];
const editor = "roles/cloudsupport.techSupportEditor";
const caseName = "projects/shop-dev/cases/43595344";

const someOf = <One>(all: readonly One[]) => fc.subarray([...all]);

const contact = fc.record({
  at: fc.constantFrom(...places),
  email: fc.constantFrom(...emails, ...emailsAbove),
  categories: fc.subarray([...notificationCategoryNames], { minLength: 1 }),
  problem: fc.constantFrom("none", "none", "invalid", "stale"),
});

/** What the organization is like, and what the config asks of it. */
const organizations = fc.record({
  plan: fc.constantFrom("basic", "standard", "enhanced", "premium"),
  asked: fc.record({
    contacts: fc.dictionary(fc.constantFrom(...notificationCategoryNames), someOf(emails), { maxKeys: 3 }),
    contactsAbove: fc.dictionary(fc.constantFrom(...notificationCategoryNames), someOf(emailsAbove), { maxKeys: 3 }),
    editors: someOf(["user:ada@example.com", "group:sre@example.com"]),
    services: someOf(serviceNames),
    hasOrganization: fc.boolean(),
    testCase: fc.constantFrom(undefined, {}, { keepOpen: true }),
  }),
  // Google has each address once at a place.
  contacts: fc.uniqueArray(contact, { maxLength: 4, selector: ({ at, email }) => `${at} ${email}` }),
  services: fc.tuple(...projectIds.map(() => someOf(serviceNames))),
  withoutBilling: someOf(projectIds),
  withoutEditors: someOf(places),
  incidents: fc.array(fc.record({ project: fc.constantFrom(...projectIds), active: fc.boolean() }), { maxLength: 3 }),
  alerts: fc.array(
    fc.record({
      project: fc.constantFrom(...projectIds),
      enabled: fc.boolean(),
      filter: fc.subarray([newIncidents, 'jsonPayload.impactedProducts:"Cloud Run"']),
      channels: fc.subarray([...channelNumbers]),
    }),
    { maxLength: 3 },
  ),
  caseState: fc.constantFrom("none", "NEW", "CLOSED", "gone"),
  unread: someOf([
    "essentialcontacts.googleapis.com",
    "servicehealth.googleapis.com",
    "cloudbilling.googleapis.com",
    "serviceusage.googleapis.com",
    "recommender.googleapis.com",
    "cloudsupport.googleapis.com",
    "monitoring.googleapis.com",
  ]),
});

type Organization = typeof organizations extends fc.Arbitrary<infer Value> ? Value : never;

function plant({ state, faults }: Cloud, given: Organization): void {
  for (const [index, id] of projectIds.entries()) {
    const project = state.projects.get(id) ?? assert.fail(id);
    for (const name of serviceNames) project.services.delete(name);
    for (const name of given.services[index] ?? []) project.services.set(name, { enabledAt: 0 });
    if (given.withoutBilling.includes(id)) project.billingAccountName = "";
  }
  for (const place of given.withoutEditors) {
    const [collection, id = ""] = place.split("/");
    const resource =
      collection === "organizations"
        ? state.organizations.get(place)
        : collection === "folders"
          ? state.folders.get(place)
          : state.projects.get(id);
    const { policy } = resource ?? assert.fail(place);
    policy.bindings = policy.bindings.filter(({ role }) => role !== editor);
  }
  state.contacts.clear();
  for (const [index, { at, email, categories, problem }] of given.contacts.entries()) {
    const parent = at.startsWith("projects/") ? (state.projects.get(at.replace("projects/", ""))?.name ?? "") : at;
    const name = `${parent}/contacts/${String(index + 1)}`;
    state.contacts.set(name, {
      name,
      email,
      languageTag: "en",
      notificationCategorySubscriptions: categories.map((category) => notificationCategories[category].apiName),
      validationState: problem === "invalid" ? "INVALID" : "VALID",
      validateTime: problem === "stale" ? "2020-01-01T00:00:00Z" : new Date().toISOString(),
    });
  }
  const [event] = state.events.values();
  state.events.clear();
  for (const [index, { project, active }] of given.incidents.entries()) {
    const name = `projects/${project}/locations/global/events/incident-${String(index)}`;
    const times = { updateTime: new Date().toISOString(), startTime: new Date().toISOString() };
    state.events.set(name, { ...event, ...times, name, state: active ? "ACTIVE" : "CLOSED" });
  }
  for (const id of projectIds) plantChannels(state, id);
  for (const { project, ...policy } of given.alerts) plantAlertPolicy(state, project, policy);
  const supportCase = state.cases.get("43595344") ?? assert.fail();
  if (given.caseState === "gone") state.cases.delete("43595344");
  else if (given.caseState !== "none") supportCase.state = given.caseState;
  for (const service of given.unread)
    faults.add({ match: { service, times: 1000 }, effect: { error: { code: 403, status: "PERMISSION_DENIED" } } });
}

function configOf({ plan, asked }: Organization) {
  const { contacts, contactsAbove, editors, hasOrganization, services, testCase } = asked;
  const isPossible = plan === "enhanced" || plan === "premium" || plan === "standard";
  return {
    plan,
    ...(hasOrganization ? { organization: { id: "123456789012", editors, contacts: contactsAbove } } : {}),
    projects: {
      ...Object.fromEntries(projectIds.map((id) => [id, {}])),
      "shop-dev": { services, contacts, editors: hasOrganization ? [] : editors },
    },
    ...(testCase !== undefined && isPossible && services.includes("cloudsupport.googleapis.com")
      ? { testCase: { ...testCase, project: "shop-dev" } }
      : {}),
  };
}

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

function assertCounted(report: Report): void {
  const rows = allRows(report);
  for (const status of rowStatuses)
    assert.equal(report.counts[status], rows.filter(({ row }) => row.status === status).length, status);
  assert.equal(
    Object.values(report.counts).reduce((sum, one) => sum + one, 0),
    rows.length,
  );
  // The head of the report and the row of the whole checklist count the same.
  const { page } = words[report.language];
  assert.equal(rows.find(({ row }) => row.row === "G0 checklist")?.row.details, verdictOf(report, page));
  for (const { place, row } of rows) {
    const findings = report.findings.filter(
      (one) => one.place === (place?.resource ?? "") && one.row === row.row && one.task === row.task,
    );
    assert.equal(isOpen(row), findings.length > 0, `${row.row} ${row.status}`);
    for (const { details } of findings) assert.ok(row.details.includes(details), details);
    if (isOpen(row)) assert.ok(row.next !== undefined, `${row.row} has no next step`);
  }
  assert.equal(
    report.findings.length,
    report.findings.filter((one) =>
      rows.some(({ place, row }) => one.place === (place?.resource ?? "") && one.task === row.task),
    ).length,
  );
}

/** Each fact is there once, the most urgent first. */
function assertOnce(report: Report, { asked }: Organization): void {
  const facts = openFacts(report);
  const texts = facts.map(({ details, incident, next, status }) =>
    JSON.stringify([status, incident?.id, details, next]),
  );
  assert.deepEqual([...new Set(texts)], texts);
  const open = allRows(report).filter(({ row }) => isOpen(row));
  for (const { row } of open) {
    const of = facts.filter(({ rows }) => rows.some((one) => one.row === row));
    if (row.status === "ongoing") assert.ok(of.length > 0, row.details);
    else assert.equal(of.length, 1, row.details);
  }
  const abouts = report.findings.flatMap(({ about, kind, place }) => about.map((one) => `${place} ${kind} ${one}`));
  assert.deepEqual([...new Set(abouts)], abouts);
  // A contact that the config has above is missing there, and nowhere below.
  const missingAbove = report.findings
    .filter(({ kind, place }) => kind === "contactMissing" && place.startsWith("organizations/"))
    .flatMap(({ about }) => about);
  const comes = Object.entries(asked.contactsAbove)
    .filter(([, addresses]) => addresses.some((email) => missingAbove.includes(email)))
    .map(([category]) => category);
  for (const { about, place } of report.findings.filter(({ kind }) => kind === "contactGap"))
    if (place !== "projects/shop-dev")
      assert.deepEqual(
        about.filter((category) => comes.includes(category)),
        [],
      );
  const grantsAbove = report.findings.some(({ kind, row }) => kind === "grantMissing" && row === "G3 editor");
  const nobody = report.findings.filter(
    ({ kind, row, place }) => kind === "nobodyHasRole" && row === "G3 editor" && place.startsWith("projects/"),
  );
  if (asked.hasOrganization && grantsAbove) assert.deepEqual(nobody, []);
  // An ongoing incident, then open findings, then unchecked rows, then the rest.
  const order: readonly RowStatus[] = ["ongoing", "notDone", "notRead"];
  const urgency = ({ status }: { readonly status: RowStatus }) =>
    order.includes(status) ? order.indexOf(status) : order.length;
  const assertSorted = (ranks: readonly number[]) =>
    assert.deepEqual(
      ranks,
      [...ranks].sort((one, other) => one - other),
    );
  assertSorted(facts.map(urgency));
  const parts = partsByUrgency(report);
  for (const { rows } of parts) assertSorted(rows.map(urgency));
  assertSorted(parts.map(({ rows: [first] }) => (first === undefined ? order.length : urgency(first))));
  assert.deepEqual(
    parts.flatMap(({ rows }) => rows.map(({ task }) => task)).sort(),
    allRows(report)
      .map(({ row }) => row.task)
      .sort(),
  );
}

/** Nothing is "none" that was not read, and the page has "Not checked" there. */
function assertChecked(report: Report): void {
  const { page } = words.en;
  const html = htmlOf(report).replace(/<(style|script)>[^]*?<\/\1>/g, "");
  const sectionOf = (id: string) =>
    new RegExp(`<section aria-labelledby="${id}">([^]*?)</section>`).exec(html)?.[1] ?? assert.fail(id);
  const projects = report.places.filter(({ level }) => level === "project");
  for (const [id, places] of [
    ["health", report.notChecked.incidents],
    ["advice", report.notChecked.recommendations],
  ] as const) {
    const text = sectionOf(id);
    if (places.length > 0) assert.match(text, /Not checked/);
    const none = /No(?:ne| incident) in (\d+) project/.exec(text);
    assert.doesNotMatch(text, />none</i);
    if (none !== null) assert.equal(Number(none[1]), projects.length - places.length);
    if (places.length === projects.length) assert.equal(none, null);
  }
  const rowsIn = (id: string, name: string) =>
    [...sectionOf(id).matchAll(/<tr data-place-name="([^"]*)"[^>]*>(.*?)<\/tr>/gs)].filter(([, place = ""]) =>
      place.startsWith(`${name} `),
    );
  for (const { access, contacts, resource } of report.places) {
    const [, name = ""] = resource.split("/");
    const [accessRow] = rowsIn("access", name);
    const [contactsRow] = rowsIn("contacts", name);
    assert.equal(accessRow?.[2]?.includes(page.notChecked), access === null, resource);
    assert.equal(accessRow?.[2]?.includes(page.nobody), access?.length === 0, resource);
    assert.equal(contactsRow?.[2]?.includes(page.notChecked), contacts === null, resource);
  }
  const couldSearchCases = !allRows(report).some(({ row }) => row.row === "G4 close" && row.status === "notRead");
  assert.equal(sectionOf("case").includes(page.casesNotSearched), !couldSearchCases);
  for (const { row } of allRows(report))
    if (row.status === "waiting" && row.row.startsWith("G6")) assert.match(row.details, /^Not checked, /);
}

/** An ongoing incident is not under "done", and a gap at another stack's place is not open. */
function assertTrue(report: Report): void {
  const active = (report.incidents ?? []).filter((one) => one.active);
  const touched = new Set(active.flatMap(({ projects }) => projects.map(({ project }) => `projects/${project}`)));
  for (const { resource, rows } of report.places) {
    const row = rows.find(({ row: name }) => name === "G6 Service Health");
    assert.equal(row?.status === "ongoing", touched.has(resource), resource);
  }
  for (const { ofStack, rows } of report.places)
    for (const { status } of rows)
      assert.ok(ofStack ? status !== "notOwned" : !["ongoing", "notDone"].includes(status));
  for (const { resource, contacts, access, ofStack } of report.places) {
    assert.equal(report.notChecked.contacts.includes(resource), contacts === null);
    assert.equal(report.notChecked.access.includes(resource), access === null);
    for (const { problem, email } of contacts?.own ?? [])
      assert.equal(
        problem !== undefined && ofStack,
        report.findings.some(
          ({ place, kind, about }) =>
            place === resource && /^contact(Invalid|Stale)$/.test(kind) && about.includes(email),
        ),
      );
  }
}

function assertSame(report: Report): void {
  const { page, statuses } = words.en;
  const [html, markdown] = [htmlOf(report).replace(/<(style|script)>[^]*?<\/\1>/g, ""), markdownOf(report)];
  const open = allRows(report).filter(({ row }) => isOpen(row));
  const verdict = verdictOf(report, page);
  assert.ok(html.includes(`>${verdict}</p>`));
  assert.ok(markdown.includes(`**${verdict}**`));
  for (const status of rowStatuses.filter((one) => report.counts[one] > 0)) {
    const tile = `<li class="${status}"><b>${String(report.counts[status])}</b> ${statuses[status]}</li>`;
    assert.ok(html.includes(tile), tile);
  }
  // The chips of each place add up to its rows.
  for (const [, summary = "", rows = ""] of html.matchAll(
    /<details data-place[^>]*><summary>(.*?)<\/summary>(.*?)<\/details>/gs,
  )) {
    const chips = [...summary.matchAll(/<span class="pill (\w+)">(\d+) /g)];
    for (const [, status = "", number = ""] of chips)
      assert.equal(count(rows, new RegExp(`<span class="pill ${status}">`, "g")), Number(number), status);
    assert.equal(
      chips.reduce((sum, [, , number = ""]) => sum + Number(number), 0),
      count(rows, /<li data-open/g),
    );
  }
  assert.equal(count(html, /<li data-open="true">/g), open.length);
  // The list of open findings, whose rest is in the checklist.
  const [, list = ""] = /<ul class="rows card open">(.*?)<\/ul>/s.exec(html) ?? [];
  const facts = openFacts(report);
  assert.equal(count(list, /<li>/g), Math.min(facts.length, 8));
  // The chips of a list that is whole add up to the rows, but for incidents: each is one, whatever it affects.
  if (facts.length <= 8) {
    const chips = [...list.matchAll(/<span class="pill (?!ongoing)\w+">(\d*)/g)];
    assert.equal(
      chips.reduce((sum, [, number = ""]) => sum + Number(number === "" ? 1 : number), 0),
      open.filter(({ row }) => row.status !== "ongoing").length,
    );
  }
  const [, items = ""] = new RegExp(`### ${page.openTasks}\n\n([^]*?)\n\n###`).exec(markdown) ?? [];
  assert.equal(count(items, /^- /gm), facts.length);
  assert.equal(count(items, /\) \[/g), 0, "a comma is between the tasks of one fact");
  // Each red cell and each red pill has its finding.
  const about = (...kinds: readonly string[]) =>
    report.findings.filter(({ kind }) => kinds.includes(kind)).reduce((sum, one) => sum + one.about.length, 0);
  assert.equal(count(html, /<td class="number gap">/g), about("contactGap"));
  assert.equal(count(markdown, new RegExp(`\\*\\*${page.gap}\\*\\*`, "g")), about("contactGap"));
  const tables = html.replace(/<section aria-labelledby="(open|checklist)">.*?<\/section>/gs, "");
  const bad = report.places
    .flatMap(({ contacts }) => contacts?.own ?? [])
    .filter(({ problem }) => problem !== undefined);
  assert.equal(count(tables, /<span class="pill (notDone|notOwned)">/g), bad.length);
  assert.equal(
    count(tables, /<span class="pill ongoing">/g),
    (report.incidents ?? []).filter(({ active }) => active).length,
  );
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
}

describe("a report on any organization", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  it("contradicts itself nowhere, whether as a page, as Markdown or as JSON", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(organizations, async (given) => {
        cloud.reset();
        plant(cloud, given);
        const cases = given.caseState === "none" ? [] : [caseName];
        const report = await reportOn(cloud, { config: configOf(given), cases });
        seen += report.findings.length;
        assertCounted(report);
        assertOnce(report, given);
        assertTrue(report);
        assertHeard(report);
        assertChecked(report);
        assertSame(report);
      }),
      { numRuns: 60 },
    );
    assert.ok(seen > 100, String(seen));
  });
});
