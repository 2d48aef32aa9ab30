/** Who may manage the support account and open cases, where it is granted. */
import { h } from "hastscript";
import { nameOf } from "./checklist.ts";
import { placeName } from "./contacts.ts";
import { headings, scrolled, section, value } from "./section.ts";
import type { Drawn, Section } from "./section.ts";

export function accessSection({ report, words: { guide, page } }: Drawn): Section {
  const rows = report.places.flatMap((place) => {
    const head = [h("th", { scope: "row" }, nameOf(place)), h("td", guide.levels[place.level])];
    if (place.access === null)
      return [
        h("tr", { dataPlaceName: placeName(place) }, [
          ...head,
          h("td", { colSpan: 2, className: "muted" }, page.notChecked),
        ]),
      ];
    return place.access.map(({ displayName, kind, members, condition }) =>
      h("tr", { dataPlaceName: placeName(place) }, [
        ...head.map((cell) => structuredClone(cell)),
        h("td", [
          displayName,
          ...(kind === "otherCases" ? [h("span", { className: "row-name" }, page.otherRoles)] : []),
          ...(condition === undefined
            ? []
            : [h("span", { className: "row-name" }, [page.condition, " ", h("code", value(condition))])]),
        ]),
        h(
          "td",
          h(
            "ul",
            members.map((member) => h("li", value(member))),
          ),
        ),
      ]),
    );
  });
  const table = h("table", [headings(page.place, page.level, page.role, page.members), h("tbody", rows)]);
  return section(
    "access",
    page.access,
    h("p", { className: "note" }, page.accessNote),
    rows.length === 0 ? h("p", page.nobody) : scrolled(page.access, table),
  );
}
