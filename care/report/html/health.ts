/** The incidents: a time line of the last 30 days, which shows what came together, and a table with all of it. */
import { h, s } from "hastscript";
import type { Element } from "hast";
import { recent } from "../readPlaces.ts";
import type { Incident } from "../report.ts";
import { headings, notChecked, pill, scrolled, section, value } from "./section.ts";
import type { Drawn, Section } from "./section.ts";

/** Of the time line, in the units of its view. */
const width = 680;
const bar = 10;
const gap = 6;

export function healthSection(drawn: Drawn): Section {
  const { report, words } = drawn;
  const { page } = words;
  const { incidents } = report;
  const unchecked = notChecked(report.notChecked.incidents, drawn);
  if (incidents === null) return section("health", page.health, h("p", page.notChecked));
  if (incidents.length === 0) return section("health", page.health, h("p", page.noIncident), ...unchecked);
  const table = h("table", [
    headings(page.incident, page.from, page.to, page.products, page.locations, page.projects),
    h(
      "tbody",
      incidents.map((incident) => incidentRow(incident, drawn)),
    ),
  ]);
  return section("health", page.health, timeLine(incidents, drawn), scrolled(page.health, table), ...unchecked);
}

function incidentRow(incident: Incident, { words: { page }, format }: Drawn): Element {
  const { title, active, startTime, endTime, products, locations, projects } = incident;
  const list = (items: readonly string[]) =>
    h(
      "ul",
      items.map((item) => h("li", value(item))),
    );
  const projectItems = projects.map(({ project, relevance, link }) =>
    h("li", [h("a", { href: link }, value(project)), h("span", { className: "row-name" }, relevance)]),
  );
  return h("tr", [
    h("th", { scope: "row" }, value(title)),
    h("td", format.time(startTime)),
    h("td", active ? pill("ongoing", page.goesOn) : format.time(endTime)),
    h("td", list(products)),
    h("td", list(locations)),
    h("td", h("ul", projectItems)),
  ]);
}

/** The table says the same: it is not read out. */
function timeLine(incidents: readonly Incident[], { report, words: { page }, format }: Drawn): Element {
  const end = Date.parse(report.madeAt);
  const start = end - recent;
  const place = (time: number) => (Math.min(Math.max(time - start, 0), recent) / recent) * width;
  const shown = incidents.filter(({ active, endTime }) => active || Date.parse(endTime) > start).slice(0, 40);
  const height = shown.length * (bar + gap) + 24;
  const bars = shown.map(({ active, startTime, endTime }, index) => {
    const from = place(Date.parse(startTime) || start);
    const to = active ? width : place(Date.parse(endTime));
    return s("rect", {
      x: from.toFixed(1),
      y: index * (bar + gap),
      width: Math.max(to - from, 4).toFixed(1),
      height: bar,
      rx: 3,
      className: active ? "bar-active" : "bar",
    });
  });
  const axis = s("line", { x1: 0, x2: width, y1: height - 20, y2: height - 20, className: "axis" });
  const label = (x: number, anchor: string, time: number) =>
    s("text", { x, y: height - 5, textAnchor: anchor }, format.date(new Date(time).toISOString()));
  return h("figure", { className: "card", ariaHidden: "true" }, [
    h("figcaption", { className: "muted" }, page.timeLine),
    s("svg", { viewBox: `0 0 ${String(width)} ${String(height)}` }, [
      ...bars,
      axis,
      label(0, "start", start),
      label(width / 2, "middle", (start + end) / 2),
      label(width, "end", end),
    ]),
  ]);
}
