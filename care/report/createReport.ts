/** Makes the report from the readings. It sends no request. */
import type { Comment } from "../../google/index.ts";
import { caseChannels, caseLanguageNames, consoleLinks, plans, publicLinks } from "../../guide/index.ts";
import type { Language } from "../../guide/index.ts";
import { shownValue } from "../../text/index.ts";
import { parentOf } from "../case/stackCase.ts";
import { insightCounts, recommendationCounts } from "./advice.ts";
import { alertsOf } from "./alerts.ts";
import { contactsOf } from "./contacts.ts";
import { accessOf } from "./grants.ts";
import { incidentsOf } from "./incidents.ts";
import { isActive } from "./readings.ts";
import type { CaseReading, PlaceReadings, Readings } from "./readings.ts";
import { incidentRecipients, isAlertingKnown } from "./recipients.ts";
import { countRows, inOrder, isEmpty, isOpen, verdictOf } from "./report.ts";
import type { CaseEvent, Plan, Report, ReportPlace, SupportCase } from "./report.ts";
import { generalRows, rowsOfPlace, testCaseRows } from "./rows/index.ts";
import { findingsOf, row, rowOf } from "./rows/row.ts";
import type { RowWithFaults } from "./rows/row.ts";
import { contextOf } from "./context.ts";
import type { ReportContext } from "./context.ts";
import type { StackContents } from "./stack.ts";

export function createReport(stack: StackContents, readings: Readings, language: Language, now: Date): Report {
  const context = contextOf(stack, readings, language, now);
  const caseRows = testCaseRows(context);
  const placed = readings.places.map((place) => placeOf(place, context, caseRows));
  const isOfPlace = ({ place }: { readonly place: string }) =>
    placed.some(({ placeRows, place: { resource } }) => resource === place && placeRows.length > 1);
  const general = [...generalRows(context), ...caseRows.filter((one) => !isOfPlace(one)).map((one) => one.row)];
  const places = placed.map(({ place }) => place);
  const contents = { places, cases: casesOf(context), notChecked: notCheckedIn(readings) };
  const placeRows = placed.flatMap((one) => one.placeRows);
  const rows = inOrder([checklistRow([...general, ...placeRows], contents, context), ...general]);
  const { page } = context.words;
  return {
    version: 2,
    language,
    stack: stack.name,
    project: stack.project,
    madeAt: now.toISOString(),
    plan: planOf(context),
    counts: countRows([...rows, ...placeRows]),
    findings: [
      ...rows.flatMap((one) => findingsOf(one, "")),
      ...placed.flatMap(({ placeRows, place }) => placeRows.flatMap((one) => findingsOf(one, place.resource))),
    ],
    rows: rows.map(rowOf),
    ...contents,
    incidentRecipients: incidentRecipients(context),
    incidents: incidentsOf(context),
    recommendations: recommendationCounts(context),
    insights: insightCounts(context),
    links: [
      { title: page.guideLink, link: publicLinks.guide },
      { title: page.plansLink, link: publicLinks.plans },
      { title: page.dashboardLink, link: publicLinks.serviceHealthDashboard },
      { title: page.trainingLink, link: publicLinks.skillsBoost },
    ],
  };
}

function placeOf(
  place: PlaceReadings,
  context: ReportContext,
  caseRows: ReturnType<typeof testCaseRows>,
): { readonly place: ReportPlace; readonly placeRows: readonly RowWithFaults[] } {
  const { resource, level, displayName = "", parent = null, isOfStack: ofStack } = place;
  const contacts = isActive(place) ? contactsOf(place, context.projectNames, context.now) : null;
  const own = rowsOfPlace(place, contacts, context);
  const placeRows = inOrder(
    isActive(place) ? [...own, ...caseRows.filter((one) => one.place === resource).map((one) => one.row)] : own,
  );
  const access = isActive(place) ? accessOf(place, context) : null;
  return {
    placeRows,
    place: {
      resource,
      level,
      displayName: shownValue(displayName),
      parent,
      ofStack,
      contacts,
      access,
      alerts: isActive(place) ? alertsOf(place) : null,
      rows: placeRows.map(rowOf),
    },
  };
}

/** It agrees with the head of the report: done only if no other row is open, and something is configured. */
function checklistRow(
  others: readonly RowWithFaults[],
  contents: Pick<Report, "cases" | "notChecked" | "places">,
  context: ReportContext,
): RowWithFaults {
  const status = others.some(isOpen) || isEmpty(contents) ? "link" : "done";
  const details = verdictOf({ ...contents, counts: countRows(others) }, context.words.page);
  return row(context, "checklist", "", { status, details });
}

function notCheckedIn({ places, cases }: Readings): Report["notChecked"] {
  const where = (isChecked: (place: PlaceReadings) => boolean) =>
    places.filter((place) => !(isActive(place) && isChecked(place))).map(({ resource }) => resource);
  const ofProjects = (isChecked: (place: PlaceReadings) => boolean) =>
    where((place) => place.level !== "project" || isChecked(place));
  return {
    alerts: ofProjects(isAlertingKnown),
    access: where(({ policy }) => policy.value !== undefined),
    contacts: where(({ contacts }) => contacts.value !== undefined),
    cases: cases.filter(({ found }) => found.value === undefined).map(({ of }) => of.name),
    incidents: ofProjects(({ events }) => events?.value !== undefined),
    recommendations: ofProjects(({ advice }) => advice?.value !== undefined && advice.value.errors.length === 0),
  };
}

function planOf({ stack: { config }, words: { guide } }: ReportContext): Plan {
  const { plan: name, valueAddedServices: bought = [] } = config;
  const plan = plans[name];
  const services = (names: readonly (keyof typeof guide.valueAddedServices)[]) =>
    names.map((one) => guide.valueAddedServices[one]).sort();
  const hasCases = plan.casePriorities.length > 0;
  return {
    name,
    displayName: guide.plans[name],
    audience: guide.audiences[name],
    cloudSupportApi: plan.cloudSupportApi,
    escalations: plan.escalations,
    priorities: plan.casePriorities.map((priority) => guide.priorities[priority]),
    languages: hasCases ? caseLanguageNames.map((language) => guide.languages[language]) : [],
    channels: hasCases ? caseChannels.map((channel) => guide.channels[channel]) : [],
    bought: services(bought),
    available: services(plan.valueAddedServices.filter((one) => !bought.includes(one))),
  };
}

/** The stack's cases, each with its timeline. */
function casesOf({ readings, words }: ReportContext): SupportCase[] {
  return readings.cases.flatMap(({ of, found, comments, attachments }: CaseReading): SupportCase[] => {
    if (found.value === undefined) return [];
    const { name, displayName, state, priority = "", createTime, updateTime = createTime } = found.value;
    const by = (creator: Comment["creator"] = {}) =>
      shownValue(
        creator.googleSupport === true ? words.page.googleSupport : (creator.displayName ?? creator.username ?? ""),
      );
    const events: CaseEvent[] = [
      { kind: "created", time: createTime, by: "", text: shownValue(displayName) },
      ...(comments.value ?? []).map(({ createTime: time, creator, body }): CaseEvent => ({
        kind: "comment",
        time,
        by: by(creator),
        text: shownValue(body),
      })),
      ...(attachments.value ?? []).map(({ createTime: time, creator, filename }): CaseEvent => ({
        kind: "attachment",
        time,
        by: by(creator),
        text: shownValue(filename),
      })),
      ...(state === "CLOSED" ? [{ kind: "closed", time: updateTime, by: "", text: "" } as const] : []),
    ];
    return [
      {
        resource: of.resource,
        name,
        title: shownValue(displayName),
        priority,
        leftBehind: of.leftBehind,
        state: words.guide.caseStates[state],
        link: consoleLinks.cases(parentOf(name)),
        events: events.sort((one, other) => Date.parse(one.time) - Date.parse(other.time)),
      },
    ];
  });
}
