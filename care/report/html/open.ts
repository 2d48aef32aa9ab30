/** What is open, at a glance: the first of it, where a person must act. */
import { h } from "hastscript";
import { allRows, isOpen } from "../report.ts";
import { nameOf, nextSteps } from "./checklist.ts";
import { pill, section, value } from "./section.ts";
import type { Drawn, Section } from "./section.ts";

/** So many fit on a screen. */
const most = 8;

/** None where nothing is open. */
export function openSections({ report, words: { page, statuses } }: Drawn): Section[] {
  const all = allRows(report)
    .filter(({ row }) => isOpen(row))
    .map(({ place, row }) => ({ name: place === undefined ? h("bdi", page.everywhere) : nameOf(place), row }));
  if (all.length === 0) return [];
  const items = all
    .slice(0, most)
    .map(({ name, row }) =>
      h("li", [
        h("div", pill(row.status, statuses[row.status])),
        h("div", [h("strong", name), h("span", { className: "row-name" }, row.row)]),
        h("div", [h("p", h("a", { href: row.link }, row.task)), h("p", value(row.details)), ...nextSteps(row)]),
      ]),
    );
  const rest = all.length - most;
  return [
    section(
      "open",
      page.openTasks,
      h("ul", { className: ["rows", "card", "open"] }, items),
      ...(rest > 0 ? [h("p", { className: "muted" }, page.more(rest))] : []),
    ),
  ];
}
