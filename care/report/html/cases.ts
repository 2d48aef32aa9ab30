/** The test case, as a timeline. */
import { h } from "hastscript";
import type { Element } from "hast";
import type { RenderContext } from "../renderContext.ts";
import type { CaseEvent, SupportCase } from "../report.ts";
import { couldSearchCases } from "../report.ts";
import { section, value } from "./section.ts";
import type { Section } from "./section.ts";

export function caseSection(context: RenderContext): Section {
  const { report, words } = context;
  const { page } = words;
  const cases = report.cases.map((one) => caseCard(one, context));
  const unread = [
    ...report.notChecked.cases.map((name) => h("p", [value(name), `: ${page.notChecked}`])),
    ...(couldSearchCases(report) ? [] : [h("p", `${page.casesNotSearched}: ${page.notChecked}`)]),
  ];
  return section(
    "case",
    page.cases,
    ...(cases.length + report.notChecked.cases.length === 0 ? [h("p", page.noCase)] : cases),
    ...unread,
  );
}

function caseCard({ title, name, state, priority, link, events }: SupportCase, context: RenderContext): Element {
  return h("div", { className: "card" }, [
    h("p", [h("strong", value(title)), ` · ${priority} · ${state}`]),
    h("p", h("a", { href: link }, value(name))),
    h(
      "ol",
      { className: "time-line" },
      events.map((event) => eventItem(event, context)),
    ),
  ]);
}

function eventItem({ kind, time, by, text }: CaseEvent, { words: { page }, format }: RenderContext): Element {
  const title = {
    created: page.caseCreated,
    comment: page.caseComment,
    attachment: page.caseAttachment,
    closed: page.caseClosed,
  }[kind];
  return h("li", [
    h("time", { dateTime: time }, format.time(time)),
    h("strong", title),
    ...(by === "" ? [] : [" · ", value(by)]),
    ...(text === "" || kind === "created" ? [] : [h("p", { className: "quote" }, value(text))]),
  ]);
}
