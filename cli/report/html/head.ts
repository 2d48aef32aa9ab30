/** The top of the page: what it is of, and whether all is done. */
import { h } from "hastscript";
import type { Element } from "hast";
import { rowStatuses } from "../report.ts";
import { verdictOf } from "../verdict.ts";
import type { Drawn, Section } from "./section.ts";
import { value } from "./section.ts";

export function headOf({ report, words, format }: Drawn, sections: readonly Section[]): Element {
  const { page, statuses } = words;
  const { counts, madeAt, project, stack } = report;
  const isDone = report.findings.length === 0;
  const tiles = rowStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => h("li", { className: status }, [h("b", format.number(counts[status])), " ", statuses[status]]));
  return h("header", [
    h("h1", page.heading),
    h("p", { className: "muted" }, [
      value(page.stack(stack, project)),
      " · ",
      h("time", { dateTime: madeAt }, page.madeAt(format.time(madeAt))),
    ]),
    h("p", { className: ["verdict", isDone ? "verdict-done" : "verdict-open"] }, verdictOf(report, page)),
    h("ul", { className: "tiles" }, tiles),
    h(
      "nav",
      { ariaLabel: page.contents },
      h("ul", [
        ...sections.map(({ id, title }) => h("li", h("a", { href: `#${id}` }, title))),
        h("li", h("a", { href: "#links" }, page.links)),
      ]),
    ),
  ]);
}
