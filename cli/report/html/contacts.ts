/** The contacts: a heat map of who is told of what, then each contact where it is. */
import { h } from "hastscript";
import type { Element } from "hast";
import { notificationCategoryNames } from "../../../guide/index.ts";
import type { NotificationCategory } from "../../../guide/index.ts";
import { holesOf } from "../contacts.ts";
import { isLeaf } from "../report.ts";
import type { Contact, PlaceContacts, ReportPlace } from "../report.ts";
import { nameOf } from "./checklist.ts";
import { headings, pill, scrolled, section, value } from "./section.ts";
import type { Drawn, Section } from "./section.ts";

const columns = notificationCategoryNames.filter((category) => category !== "all");

export function contactsSection(drawn: Drawn): Section {
  const { report, words } = drawn;
  const { guide, page } = words;
  const read = report.places.flatMap((place) => (place.contacts === null ? [] : [{ place, contacts: place.contacts }]));
  const contacts = read.flatMap(({ place, contacts: { own } }) => own.map((contact) => ({ place, contact })));
  if (read.length === 0) return section("contacts", page.contacts, h("p", page.none));
  const matrix = h("table", { className: "matrix" }, [
    headings(page.place, ...columns.map((category) => guide.categories[category])),
    h(
      "tbody",
      read.map(({ place, contacts: of }) =>
        h("tr", { dataPlaceName: placeName(place) }, [
          h("th", { scope: "row" }, nameOf(place)),
          ...columns.map((category) => cell(of, category, isLeaf(report, place), drawn)),
        ]),
      ),
    ),
  ]);
  return section(
    "contacts",
    page.contacts,
    h("p", { className: "note" }, page.contactsNote),
    scrolled(page.contacts, matrix),
    ...(contacts.length === 0
      ? []
      : [
          h("h3", page.contact),
          scrolled(
            page.contact,
            h("table", [
              headings(page.contact, page.place, page.categories, page.language, page.problems),
              h(
                "tbody",
                contacts.map(({ place, contact }) => contactRow(place, contact, drawn)),
              ),
            ]),
          ),
        ]),
  );
}

/** What the search of the page looks at. */
export function placeName({ resource, displayName }: ReportPlace): string {
  return `${resource.split("/")[1] ?? ""} ${displayName}`;
}

function cell(
  contacts: PlaceContacts,
  category: NotificationCategory,
  leaf: boolean,
  { words: { page }, format }: Drawn,
): Element {
  const number = contacts.told[category];
  if (number > 0)
    return h("td", { className: ["number", `heat-${String(Math.min(number, 3))}`] }, format.number(number));
  if (holesOf(contacts, [category]).length === 0) return h("td", { className: ["number", "like"] }, page.likeTechnical);
  return h("td", { className: ["number", leaf ? "hole" : "like"] }, page.hole);
}

function contactRow(place: ReportPlace, contact: Contact, { words: { guide, page } }: Drawn): Element {
  const { email, categories, language, problem } = contact;
  const state = problem === undefined ? pill("done", page.valid) : pill("notDone", page[problem]);
  return h("tr", { dataPlaceName: placeName(place) }, [
    h("th", { scope: "row" }, value(email)),
    h("td", nameOf(place)),
    h("td", categories.map((category) => guide.categories[category]).join(", ")),
    h("td", language),
    h("td", state),
  ]);
}
