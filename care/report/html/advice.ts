/** Recommendations and insights, as heat maps. */
import { h } from "hastscript";
import type { Element } from "hast";
import { priorities, severities } from "../advice.ts";
import { checkedProjects } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Count } from "../report.ts";
import { headings, notChecked, scrolled, section } from "./section.ts";
import type { Section } from "./section.ts";

export function adviceSection(context: RenderContext): Section {
  const { report, words } = context;
  const { guide, page } = words;
  const { recommendations, insights } = report;
  if (recommendations === null || insights === null) {
    const hasProject = report.places.some(({ level }) => level === "project");
    return section("advice", page.advice, h("p", hasProject ? page.notChecked : page.noProject));
  }
  const severityNames = severities.map((severity) => guide.severities[severity]);
  return section(
    "advice",
    page.advice,
    h("p", { className: "note" }, page.adviceNote),
    counted(page.advice, priorities, priorities, recommendations, context),
    h("h3", page.insights),
    counted(page.insights, severities, severityNames, insights, context),
    ...notChecked(report.notChecked.recommendations, context),
  );
}

function counted(
  label: string,
  kinds: readonly string[],
  titles: readonly string[],
  counts: readonly Count[],
  { report, words: { page }, format }: RenderContext,
): Element {
  const checked = checkedProjects(report, "recommendations");
  if (counts.length === 0) return h("p", checked === 0 ? page.notChecked : page.noneIn(checked));
  const cell = (number: number) =>
    number === 0
      ? h("td", { className: ["number", "muted"] }, "–")
      : h(
          "td",
          { className: ["number", `heat-${String(number > 9 ? 3 : number > 2 ? 2 : 1)}`] },
          format.number(number),
        );
  const rows = counts.map(({ displayName, counts: of }) => {
    const sum = kinds.reduce((total, kind) => total + (of[kind] ?? 0), 0);
    return h("tr", [
      h("th", { scope: "row" }, displayName),
      ...kinds.map((kind) => cell(of[kind] ?? 0)),
      h("td", { className: "number" }, h("strong", format.number(sum))),
    ]);
  });
  return scrolled(
    label,
    h("table", { className: "matrix" }, [headings(page.category, ...titles, page.total), h("tbody", rows)]),
  );
}
