/** The contacts: a heat map of who is notified of what, then each contact with its place. */
import { h } from "hastscript";
import type { Element } from "hast";
import { notificationCategoryNames } from "../../../guide/index.ts";
import type { NotificationCategory } from "../../../guide/index.ts";
import { goesToFallback, isWaiting } from "../contacts.ts";
import { hasFinding } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { Contact, ReportPlace } from "../report.ts";
import { nameOf } from "./checklist.ts";
import { cards, headings, pill, scrolled, section, value } from "./section.ts";
import type { Section } from "./section.ts";

const columns = notificationCategoryNames.filter((category) => category !== "all");

export function contactsSection(context: RenderContext): Section {
  const { report, words } = context;
  const { guide, page } = words;
  // Those with a problem first.
  const contacts = report.places
    .flatMap((place) => (place.contacts?.own ?? []).map((contact) => ({ place, contact })))
    .sort((one, other) => Number(one.contact.problem === undefined) - Number(other.contact.problem === undefined));
  const matrix = h("table", { className: "matrix" }, [
    headings(page.place, ...columns.map((category) => guide.categories[category])),
    h(
      "tbody",
      report.places.map((place) =>
        h("tr", { dataPlaceName: placeName(place) }, [
          h("th", { scope: "row" }, nameOf(place)),
          ...(place.contacts === null
            ? [h("td", { colSpan: columns.length, className: ["muted", "unread"] }, h("span", page.notChecked))]
            : columns.map((category) => cell(place, category, context))),
        ]),
      ),
    ),
  ]);
  if (report.places.length === 0) return section("contacts", page.contacts, h("p", page.noPlace));
  return section(
    "contacts",
    page.contacts,
    h("p", { className: "note" }, page.contactsNote),
    scrolled(page.contacts, matrix),
    ...(contacts.length === 0
      ? []
      : [
          h("h3", page.allContacts),
          cards(
            page.allContacts,
            [page.contact, page.place, page.categories, page.language, page.problems],
            contacts.map(({ place, contact }) => contactRow(place, contact, context)),
          ),
        ]),
  );
}

/** The text for the page's search. */
export function placeName({ resource, displayName }: ReportPlace): string {
  return `${resource.split("/")[1] ?? ""} ${displayName}`;
}

/** Red if there is a finding about it. */
function cell(
  place: ReportPlace,
  category: NotificationCategory,
  { report, words: { page }, format }: RenderContext,
): Element {
  const { notified } = place.contacts ?? { notified: undefined };
  const number = notified?.[category] ?? 0;
  if (number > 0)
    return h("td", { className: ["number", `heat-${String(Math.min(number, 3))}`] }, format.number(number));
  if (notified !== undefined && goesToFallback(notified, category))
    return h("td", { className: ["number", "like"] }, page.likeTechnical);
  if (hasFinding(report, place.resource, "contactGap", category))
    return h("td", { className: ["number", "gap"] }, page.gap);
  return h("td", { className: ["number", "like"] }, isWaiting(place, category) ? page.pendingGap : page.gap);
}

function contactRow(place: ReportPlace, contact: Contact, { words: { guide, page } }: RenderContext): Element {
  const { email, categories, otherCategories, language, problem } = contact;
  const state =
    problem === undefined ? pill("done", page.valid) : pill(place.ofStack ? "notDone" : "notOwned", page[problem]);
  return h("tr", { dataPlaceName: placeName(place) }, [
    h("th", { scope: "row" }, value(email)),
    h("td", nameOf(place)),
    h("td", [...categories.map((category) => guide.categories[category]), ...otherCategories].join(", ")),
    h("td", language),
    h("td", state),
  ]);
}
