/** The incidents of the last 30 days, each with a bar on a timeline. */
import { h, s } from "hastscript";
import type { Element } from "hast";
import { recent } from "../readPlaces.ts";
import { checkedProjects } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Incident } from "../report.ts";
import { cards, notChecked, pill, section, value } from "./section.ts";
import type { Section } from "./section.ts";

export function healthSection(context: RenderContext): Section {
  const { report, words, format } = context;
  const { page } = words;
  const { incidents } = report;
  const unchecked = notChecked(report.notChecked.incidents, context);
  if (incidents === null) {
    const hasProject = report.places.some(({ level }) => level === "project");
    return section("health", page.health, h("p", hasProject ? page.notChecked : page.noProject));
  }
  if (incidents.length === 0)
    return section(
      "health",
      page.health,
      h("p", page.noIncidentIn(checkedProjects(report, "incidents"))),
      ...unchecked,
    );
  const [from, to] = windowOf(context).map((time) => format.date(new Date(time).toISOString()));
  const titles = [
    page.incident,
    `${page.healthRecent}: ${String(from)} – ${String(to)}`,
    page.products,
    page.locations,
    page.projects,
  ];
  return section(
    "health",
    page.health,
    cards(
      page.health,
      titles,
      incidents.map((incident) => incidentRow(incident, context)),
    ),
    ...unchecked,
  );
}

function windowOf({ report: { madeAt } }: RenderContext): readonly [start: number, end: number] {
  const end = Date.parse(madeAt);
  return [end - recent, end];
}

function incidentRow(incident: Incident, context: RenderContext): Element {
  const { page } = context.words;
  const { active, endTime, locations, products, projects, startTime, title } = incident;
  const { time } = context.format;
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
    h("td", { className: "when" }, [
      h("p", [time(startTime), " – ", active ? pill("ongoing", page.ongoing) : time(endTime)]),
      timeLine(incident, context),
    ]),
    h("td", list(products)),
    h("td", list(locations)),
    h("td", h("ul", projectItems)),
  ]);
}

/** Screen readers skip it, since the times are next to it. In percent, so that it is sharp on a phone, too. */
function timeLine({ active, startTime, endTime }: Incident, context: RenderContext): Element {
  const [start, end] = windowOf(context);
  const percent = (time: number) => (Math.min(Math.max(time - start, 0), recent) / recent) * 100;
  const to = percent(active ? end : Date.parse(endTime) || end);
  const from = Math.min(percent(Date.parse(startTime) || start), to);
  const [x, width] = [Math.min(from, 98), Math.max(to - from, 2)];
  return s("svg", { className: "bars", ariaHidden: "true" }, [
    s("rect", { className: "track", x: "0", y: "0", width: "100%", height: "100%", rx: 3 }),
    ...[25, 50, 75].map((at) => s("line", { x1: `${String(at)}%`, x2: `${String(at)}%`, y1: "0", y2: "100%" })),
    s("rect", {
      className: active ? "bar-active" : "bar",
      x: `${x.toFixed(1)}%`,
      y: "0",
      width: `${width.toFixed(1)}%`,
      height: "100%",
      rx: 3,
    }),
  ]);
}
