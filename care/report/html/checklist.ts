/** The checklist: a collapsible part for each place, the search and the filter. */
import { h } from "hastscript";
import type { Element, ElementContent } from "hast";
import { countRows, isOpen, partsByUrgency, rowStatuses, statusLabel } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Part, ReportPlace, Row } from "../report.ts";
import { pill, section, value } from "./section.ts";
import type { Section } from "./section.ts";

/** With more places, only parts with open rows are expanded. */
const few = 12;

export function checklistSection(context: RenderContext): Section {
  const { report, words } = context;
  const { page } = words;
  const count = report.places.length + 1;
  const some = page.matches(0, count).replace("0", "{shown}");
  return section(
    "checklist",
    page.checklist,
    h("div", { className: "controls", hidden: true }, [
      h("label", { className: "search", htmlFor: "search" }, [
        page.search,
        h("input", { id: "search", type: "search", placeholder: page.searchHint, autoComplete: "off" }),
      ]),
      h("label", { htmlFor: "show" }, [
        page.show,
        h("select", { id: "show" }, [
          h("option", { value: "all" }, page.showAll),
          h("option", { value: "open" }, page.showOpen),
        ]),
      ]),
      h("button", { id: "open-all", type: "button" }, page.expandAll),
      h("button", { id: "close-all", type: "button" }, page.collapseAll),
    ]),
    h("p", { id: "matches", className: "muted", role: "status", dataSome: some, dataNone: page.noMatch }),
    ...partsByUrgency(report).map((one) => part(one, report.places.length <= few && one.rows.some(isOpen), context)),
  );
}

export function nameOf({ resource, displayName, level }: ReportPlace): Element {
  const id = resource.split("/")[1] ?? resource;
  return value(level === "project" || displayName === "" ? id : displayName);
}

function placeNote(
  { resource, displayName, level, ofStack }: ReportPlace,
  { words: { guide, page } }: RenderContext,
): string {
  const id = resource.split("/")[1] ?? resource;
  const other = level === "project" ? displayName : id;
  return [
    guide.levels[level],
    ...(other === "" || (other === id && level === "project") ? [] : [other]),
    ...(ofStack ? [] : [page.above]),
  ].join(" · ");
}

function part({ place, rows }: Part, open: boolean, context: RenderContext): Element {
  const { words, format } = context;
  const counts = countRows(rows);
  const pills = rowStatuses
    .filter((status) => counts[status] > 0)
    .map((status) =>
      pill(status, `${format.number(counts[status])} ${statusLabel(counts[status], status, words, format)}`),
    );
  return h("details", { dataPlace: true, open }, [
    h("summary", [
      h("h3", place === undefined ? value(words.page.everywhere) : nameOf(place)),
      ...(place === undefined ? [] : [h("span", { className: "muted" }, value(placeNote(place, context)))]),
      h("span", { className: "pills" }, pills),
    ]),
    h(
      "ul",
      { className: "rows" },
      rows.map((row) => rowItem(row, words.statuses[row.status])),
    ),
  ]);
}

/** What to do next, and the commands as a person copies them. */
export function nextSteps({
  next,
  commands = [],
}: {
  readonly next?: string | undefined;
  readonly commands?: readonly string[];
}): Element[] {
  if (next === undefined) return [];
  return [
    h("p", { className: "next" }, value(next)),
    ...commands.map((command) => h("p", { className: "command" }, h("code", wordsOf(command)))),
  ];
}

/** A line can break between the words of a command, but not within an option. */
function wordsOf(command: string): ElementContent[] {
  return command
    .split(" ")
    .flatMap((word, index): ElementContent[] => [
      ...(index === 0 ? [] : [{ type: "text", value: " " } as const]),
      h("bdi", { className: "word" }, word),
    ]);
}

function rowItem(row: Row, status: string): Element {
  return h("li", { dataOpen: String(isOpen(row)) }, [
    h("div", pill(row.status, status)),
    h("div", [h("a", { href: row.link }, row.task), h("span", { className: "row-name" }, row.row)]),
    h("div", [...(row.details === "" ? [] : [h("p", value(row.details))]), ...nextSteps(row)]),
  ]);
}
