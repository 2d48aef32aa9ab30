/** The report as one HTML file. It loads nothing from any server, and every value is text to the browser. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { formatOf, locales, words } from "../../../guide/index.ts";
import { isEmpty, rowStatuses, statusLabel, verdictOf } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Report } from "../report.ts";
import { accessSection } from "./access.ts";
import { adviceSection } from "./advice.ts";
import { caseSection } from "./cases.ts";
import { checklistSection } from "./checklist.ts";
import { contactsSection } from "./contacts.ts";
import { healthSection } from "./health.ts";
import { openSections } from "./open.ts";
import { planSection } from "./plan.ts";
import { recipientsSection } from "./recipients.ts";
import { value } from "./section.ts";
import type { Section } from "./section.ts";

const text = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

const hashed = (source: string) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

export function htmlOf(report: Report): string {
  const { language, stack } = report;
  const context: RenderContext = { report, words: words[language], format: formatOf(locales[language]) };
  const { page } = context.words;
  const [style, script] = [text("page.css"), text("page.client.js")];
  const policy = [
    "default-src 'none'",
    `style-src ${hashed(style)}`,
    `script-src ${hashed(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const sections = [
    ...openSections(context),
    ...[
      checklistSection,
      healthSection,
      recipientsSection,
      contactsSection,
      accessSection,
      caseSection,
      adviceSection,
      planSection,
    ].map((section) => section(context)),
  ];
  const links = report.links.map(({ title, link }) => h("li", h("a", { href: link }, title)));
  return `<!doctype html>\n${toHtml(
    h("html", { lang: language }, [
      h("head", [
        h("meta", { charSet: "utf-8" }),
        h("meta", { httpEquiv: "Content-Security-Policy", content: policy }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("meta", { name: "color-scheme", content: "light dark" }),
        h("meta", { name: "referrer", content: "no-referrer" }),
        h("title", page.title(stack)),
        h("style", style),
      ]),
      h("body", [
        h("a", { className: "skip", href: "#checklist" }, page.skip),
        headOf(context, sections),
        h("main", [
          ...sections.map(({ element }) => element),
          h("section", { ariaLabelledBy: "links" }, [h("h2", { id: "links" }, page.links), h("ul", links)]),
        ]),
        h("footer", h("p", page.madeBy)),
        h("script", script),
      ]),
    ]),
  )}\n`;
}

/** The top of the page: its stack, and whether everything is done. */
function headOf({ report, words, format }: RenderContext, sections: readonly Section[]): Element {
  const { page } = words;
  const { counts, madeAt, project, stack } = report;
  const color = report.findings.length > 0 ? ["verdict-open"] : isEmpty(report) ? [] : ["verdict-done"];
  const total = rowStatuses.reduce((sum, status) => sum + counts[status], 0);
  const tiles = rowStatuses
    .filter((status) => counts[status] > 0)
    .map((status) =>
      h("li", { className: status }, [
        h("b", format.number(counts[status])),
        " ",
        statusLabel(counts[status], status, words, format),
      ]),
    );
  return h("header", [
    h("h1", page.heading),
    h("p", { className: "muted" }, [
      value(page.stack(stack, project)),
      " · ",
      h("time", { dateTime: madeAt }, page.madeAt(format.time(madeAt))),
    ]),
    h("p", { className: ["verdict", ...color] }, verdictOf(report, page)),
    h("ul", { className: "tiles" }, [...tiles, h("li", { className: "total" }, page.inTotal(total))]),
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
