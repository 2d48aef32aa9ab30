/** The building blocks of the page's sections. */
import { h } from "hastscript";
import type { Element, ElementContent } from "hast";
import type { RenderContext } from "../renderContext.ts";
import type { RowStatus } from "../report.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly element: Element;
}

export function section(id: string, title: string, ...children: readonly Element[]): Section {
  return { id, title, element: h("section", { ariaLabelledBy: id }, [h("h2", { id }, title), ...children]) };
}

/** The longest text of a line that is kept whole, such as a project ID. It fits in a table on a phone and on paper. */
const longest = 30;

const shortAddress = 16;

/** The length of a domain's end that is not broken, such as `.example.com`. */
const domainEnd = 12;

/**
 * Text from others, with its own direction. An address, a member or a resource name breaks before "@", "." or "/", or after
 * the ":" of a member's kind. Only where a part between these is longer than a line, it breaks at a hyphen or within a word.
 */
export function value(text: string): Element {
  return h(
    "bdi",
    text
      .split(/(\s+)/)
      .flatMap((word) =>
        partsOf(word).flatMap((part, index) => [...(index === 0 ? [] : [h("wbr")]), ...unbroken(part)]),
      ),
  );
}

function partsOf(word: string): string[] {
  if (word.length <= (word.includes("@") ? shortAddress : longest)) return [word];
  const breaks = [...word.matchAll(/(?<=[^/:])[@/]|(?<=\w)\.(?=\w)|(?<=:)(?=[^/])/g)]
    .filter(
      ({ 0: sign, index }) => index > 0 && index < word.length && (sign !== "." || word.length - index > domainEnd),
    )
    .map(({ index }) => index);
  return [0, ...breaks].map((from, index) => word.slice(from, breaks[index]));
}

/** A browser breaks a line after a hyphen. */
function unbroken(part: string): ElementContent[] {
  if (part.length <= longest)
    return /^[!-~]*-[!-~]*$/.test(part) ? [h("span", { className: "whole" }, part)] : [{ type: "text", value: part }];
  const lines = part.match(new RegExp(`[^-]{0,${String(longest - 1)}}-?`, "gu")) ?? [];
  return lines
    .filter(Boolean)
    .flatMap((line, index): ElementContent[] => [
      ...(index === 0 || lines[index - 1]?.endsWith("-") ? [] : [h("wbr")]),
      { type: "text", value: line },
    ]);
}

export function pill(status: RowStatus, text: string): Element {
  return h("span", { className: ["pill", status] }, text);
}

/** A note on places that were not read: their absence from a table proves nothing. */
export function notChecked(places: readonly string[], { words: { page } }: RenderContext): Element[] {
  return places.length === 0 ? [] : [h("p", { className: "note" }, page.notCheckedAt(places.length))];
}

/** A table that stays a table on a phone: it scrolls, its first column stays visible, and a shadow shows where it continues. */
export function scrolled(label: string, table: Element): Element {
  return h(
    "div",
    { className: "scroll" },
    h("div", { className: "scroller", role: "group", ariaLabel: label, tabIndex: 0 }, table),
  );
}

/** A table whose rows become cards on a phone. The roles keep it a table for screen readers. */
export function cards(label: string, titles: readonly string[], rows: readonly Element[]): Element {
  const role = (element: Element, name: string) => Object.assign(element.properties, { role: name });
  const [head, body] = [headings(...titles), h("tbody", [...rows])];
  for (const group of [head, body]) {
    role(group, "rowgroup");
    for (const row of elementsIn(group)) {
      role(row, "row");
      for (const [index, cell] of elementsIn(row).entries()) {
        const cellRole = { col: "columnheader", row: "rowheader" }[String(cell.properties["scope"])];
        role(cell, cellRole ?? "cell");
        if (cell.tagName === "td" && cell.properties["colSpan"] === undefined)
          cell.properties["dataLabel"] = titles[index] ?? "";
      }
    }
  }
  return scrolled(label, h("table", { className: "cards", role: "table" }, [head, body]));
}

function elementsIn({ children }: Element): Element[] {
  return children.filter((child) => child.type === "element");
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
