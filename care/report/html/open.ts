/** The open findings at a glance: each fact once, the most urgent first, with the next step. */
import { h } from "hastscript";
import type { Element } from "hast";
import { openFacts, statusLabel } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { OpenFact, PlacedRow } from "../report.ts";
import { nameOf, nextSteps } from "./checklist.ts";
import { pill, section, value } from "./section.ts";
import type { Section } from "./section.ts";

/** How many facts fit on a screen. */
const most = 8;

/** How many places of a fact are named. */
const mostPlaces = 6;

/** None if nothing is open. */
export function openSections(context: RenderContext): Section[] {
  const { report, words } = context;
  const facts = openFacts(report);
  if (facts.length === 0) return [];
  const rest = facts.slice(most).flatMap(({ rows }) => rows).length;
  return [
    section(
      "open",
      words.page.openTasks,
      h(
        "ul",
        { className: ["rows", "card", "open"] },
        facts.slice(0, most).map((fact) => factItem(fact, context)),
      ),
      ...(rest > 0 ? [h("p", h("a", { href: "#checklist" }, words.page.more(rest)))] : []),
    ),
  ];
}

function factItem(fact: OpenFact, context: RenderContext): Element {
  const { rows, status, incident } = fact;
  const { statuses } = context.words;
  const { format } = context;
  const isOne = rows.length === 1 || incident !== undefined;
  const rowNames = [...new Set(rows.map(({ row }) => row.row))].join(", ");
  const about = incident === undefined ? rowAbout(fact) : incidentAbout(fact, context);
  return h("li", [
    h(
      "div",
      pill(
        status,
        isOne
          ? statuses[status]
          : `${format.number(rows.length)} ${statusLabel(rows.length, status, context.words, format)}`,
      ),
    ),
    h("div", [...placesOf(rows, context), h("span", { className: "row-name" }, rowNames)]),
    h("div", [...about, ...nextSteps(fact)]),
  ]);
}

/** The names of the first places; if there are several, each links to the page for its task. */
function placesOf(rows: readonly PlacedRow[], { words: { page } }: RenderContext): Element[] {
  const places = [...Map.groupBy(rows, ({ place }) => place?.resource ?? "").values()].flatMap(([first]) =>
    first === undefined ? [] : [first],
  );
  const rest = places.length - mostPlaces;
  return [
    ...places.slice(0, mostPlaces).map(({ place, row }) => {
      const name = place === undefined ? value(page.everywhere) : nameOf(place);
      return h("strong", { className: "place" }, places.length === 1 ? name : h("a", { href: row.link }, name));
    }),
    ...(rest > 0 ? [h("span", { className: "place" }, page.morePlaces(rest))] : []),
  ];
}

function rowAbout({ details, rows }: OpenFact): Element[] {
  const isOnePlace = new Set(rows.map(({ place }) => place?.resource)).size === 1;
  const tasks = [...Map.groupBy(rows, ({ row }) => row.task)].map(([task, [first]]) =>
    h("p", isOnePlace && first !== undefined ? h("a", { href: first.row.link }, task) : task),
  );
  return [...tasks, h("p", value(details))];
}

function incidentAbout({ details, incident, rows }: OpenFact, { words: { page }, format }: RenderContext): Element[] {
  const { products = [], locations = [], startTime = "" } = incident ?? {};
  const [{ row }] = rows;
  return [
    h("p", h("a", { href: row.link }, value(details))),
    h("p", [
      value([...products, ...locations].join(", ")),
      ...(startTime === "" ? [] : [" · ", page.since(format.time(startTime))]),
    ]),
  ];
}
