/** The test case, as a timeline. */
import { h } from "hastscript";
import type { Element } from "hast";
import type { CaseEvent, SupportCase } from "../report.ts";
import { isSearched } from "../report.ts";
import { section, value } from "./section.ts";
import type { Drawn, Section } from "./section.ts";

export function caseSection(drawn: Drawn): Section {
  const { report, words } = drawn;
  const { page } = words;
  const cases = report.cases.map((one) => caseCard(one, drawn));
  const unread = [
    ...report.notChecked.cases.map((name) => h("p", [value(name), `: ${page.notChecked}`])),
    ...(isSearched(report) ? [] : [h("p", `${page.casesNotSearched}: ${page.notChecked}`)]),
  ];
  return section(
    "case",
    page.cases,
    ...(cases.length + report.notChecked.cases.length === 0 ? [h("p", page.noCase)] : cases),
    ...unread,
  );
}

function caseCard({ title, name, state, priority, link, events }: SupportCase, drawn: Drawn): Element {
  return h("div", { className: "card" }, [
    h("p", [h("strong", value(title)), ` · ${priority} · ${state}`]),
    h("p", h("a", { href: link }, value(name))),
    h(
      "ol",
      { className: "time-line" },
      events.map((event) => eventItem(event, drawn)),
    ),
  ]);
}

function eventItem({ kind, time, by, text }: CaseEvent, { words: { page }, format }: Drawn): Element {
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
