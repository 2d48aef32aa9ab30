/** The report of what was read: nothing more is asked. */
import { caseChannels, caseLanguageNames, plans, publicLinks } from "../../guide/index.ts";
import type { Language, ResourceName } from "../../guide/index.ts";
import { insightCounts, recommendationCounts } from "./advice.ts";
import { casesOf } from "./cases.ts";
import { contactsOf } from "./contacts.ts";
import { accessOf } from "./grants.ts";
import { incidentsOf } from "./incidents.ts";
import { inOrder, isOpen, rowStatuses } from "./report.ts";
import type { Plan, Report, ReportPlace, Row, RowStatus } from "./report.ts";
import type { PlaceReadings, Readings } from "./readings.ts";
import { generalRows, rowsOfPlace, testCaseRows } from "./rows/index.ts";
import { isThere } from "./rows/project.ts";
import { row } from "./rows/row.ts";
import { sceneOf } from "./scene.ts";
import type { Scene } from "./scene.ts";
import type { StackContents } from "./stack.ts";
import { printable } from "../visible.ts";

export function makeReport(stack: StackContents, readings: Readings, language: Language, now: Date): Report {
  const scene = sceneOf(stack, readings, language, now);
  const caseRows = testCaseRows(scene);
  const names = new Map<ResourceName, ResourceName>(
    readings.places.flatMap(({ resource, project }) => (project?.value ? [[project.value.name, resource]] : [])),
  );
  const places = readings.places.map((place) => placeOf(place, scene, names, caseRows));
  const isOfPlace = ({ place }: { readonly place: string }) =>
    places.some(({ resource, rows }) => resource === place && rows.length > 1);
  const general = [...generalRows(scene), ...caseRows.filter((one) => !isOfPlace(one)).map((one) => one.row)];
  const checklist = checklistRow([...general, ...places.flatMap(({ rows }) => rows)], scene);
  const rows = inOrder([checklist, ...general]);
  const { page } = scene.words;
  return {
    ...{ version: 1, language, stack: stack.name, project: stack.project, madeAt: now.toISOString() },
    plan: planOf(scene),
    counts: countsOf([...rows, ...places.flatMap((place) => place.rows)]),
    rows,
    places,
    cases: casesOf(scene),
    incidents: incidentsOf(scene),
    recommendations: recommendationCounts(scene),
    insights: insightCounts(scene),
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
  scene: Scene,
  names: ReadonlyMap<ResourceName, ResourceName>,
  caseRows: ReturnType<typeof testCaseRows>,
): ReportPlace {
  const { resource, level, displayName = "", parent = null, isOfStack: ofStack } = place;
  const contacts = isThere(place) ? contactsOf(place, names, scene.now) : null;
  const own = rowsOfPlace(place, contacts, scene);
  const rows = isThere(place)
    ? [...own, ...caseRows.filter((one) => one.place === resource).map((one) => one.row)]
    : own;
  return {
    ...{ resource, level, displayName: printable(displayName), parent, ofStack, contacts },
    rows: inOrder(rows),
    access: isThere(place) ? accessOf(place, scene) : null,
  };
}

function checklistRow(rows: readonly Row[], { words: { details, tasks } }: Scene): Row {
  const open = rows.filter(isOpen).length;
  const status = open === 0 ? "done" : "notDone";
  return row("G0 checklist", tasks.checklist, publicLinks.guide, { status, details: details.checklist(open) });
}

function countsOf(rows: readonly Row[]): Record<RowStatus, number> {
  // The checklist's own row says no more than the others do.
  const counted = rows.filter((one) => one.row !== "G0 checklist");
  const count = (status: RowStatus) => counted.filter((one) => one.status === status).length;
  return Object.fromEntries(rowStatuses.map((status) => [status, count(status)])) as Record<RowStatus, number>;
}

function planOf({ stack: { config }, words: { guide } }: Scene): Plan {
  const { plan: name, valueAddedServices: bought = [] } = config;
  const plan = plans[name];
  const services = (names: readonly (keyof typeof guide.valueAddedServices)[]) =>
    names.map((one) => guide.valueAddedServices[one]).sort();
  const hasCases = plan.casePriorities.length > 0;
  return {
    ...{ name, displayName: guide.plans[name], audience: guide.audiences[name] },
    ...{ cloudSupportApi: plan.cloudSupportApi, escalations: plan.escalations },
    priorities: plan.casePriorities.map((priority) => guide.priorities[priority]),
    languages: hasCases ? caseLanguageNames.map((language) => guide.languages[language]) : [],
    channels: hasCases ? caseChannels.map((channel) => guide.channels[channel]) : [],
    bought: services(bought),
    available: services(plan.valueAddedServices.filter((one) => !bought.includes(one))),
  };
}
