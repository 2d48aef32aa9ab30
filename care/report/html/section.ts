/** What the sections of the page are made of. */
import { h } from "hastscript";
import type { Element } from "hast";
import type { Format, Words } from "../../../guide/index.ts";
import type { Report, RowStatus } from "../report.ts";

export interface Drawn {
  readonly report: Report;
  readonly words: Words;
  readonly format: Format;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly element: Element;
}

export function section(id: string, title: string, ...children: readonly Element[]): Section {
  return { id, title, element: h("section", { ariaLabelledBy: id }, [h("h2", { id }, title), ...children]) };
}

/** What others wrote: its direction is its own, and turns nothing around it. */
export function value(text: string): Element {
  return h("bdi", text);
}

export function pill(status: RowStatus, text: string): Element {
  return h("span", { className: ["pill", status] }, text);
}

/** Where something may be that was not read: its absence from a table says nothing. */
export function notChecked(places: readonly string[], { words: { page } }: Drawn): Element[] {
  return places.length === 0 ? [] : [h("p", { className: "note" }, page.notCheckedAt(places.length))];
}

/** A table that may be wider than the screen, and can then be moved by the keyboard. */
export function scrolled(label: string, table: Element): Element {
  return h("div", { className: "scroll", role: "group", ariaLabel: label, tabIndex: 0 }, table);
}

export function headings(...titles: readonly string[]): Element {
  return h(
    "thead",
    h(
      "tr",
      titles.map((title) => h("th", { scope: "col" }, title)),
    ),
  );
}
