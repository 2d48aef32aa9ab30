/** Who can manage the support account and open cases, at the place of the grant. */
import { h } from "hastscript";
import { nameOf } from "./checklist.ts";
import { placeName } from "./contacts.ts";
import { cards, section, value } from "./section.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Section } from "./section.ts";

export function accessSection({ report, words: { guide, page } }: RenderContext): Section {
  const rows = report.places.flatMap((place) => {
    const head = [h("th", { scope: "row" }, nameOf(place)), h("td", guide.levels[place.level])];
    if (place.access === null || place.access.length === 0)
      return [
        h("tr", { dataPlaceName: placeName(place) }, [
          ...head,
          h("td", { colSpan: 2, className: "muted" }, place.access === null ? page.notChecked : page.nobody),
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
  if (rows.length === 0) return section("access", page.access, h("p", page.noPlace));
  return section(
    "access",
    page.access,
    h("p", { className: "note" }, page.accessNote),
    cards(page.access, [page.place, page.level, page.role, page.members], rows),
  );
}
