/** Who is notified of incidents: as a contact and by alerts, in one table. */
import { h } from "hastscript";
import type { Element } from "hast";
import type { ResourceName } from "../../../guide/index.ts";
import { noRecipients, uncheckedRecipients } from "../report.ts";
import type { RenderContext } from "../renderContext.ts";
import type { IncidentRecipient } from "../report.ts";
import { nameOf } from "./checklist.ts";
import { cards, notChecked, section, value } from "./section.ts";
import type { Section } from "./section.ts";

/** How many places of a recipient are named. */
const mostPlaces = 6;

export function recipientsSection(context: RenderContext): Section {
  const { report, words } = context;
  const { page } = words;
  const { people, nobody } = report.incidentRecipients;
  const titles = [page.recipient, page.asContact, page.byAlert];
  return section(
    "recipients",
    page.recipients,
    h("p", { className: "note" }, page.recipientsNote),
    ...(nobody.length === 0 ? [] : [h("p", [h("strong", page.nobodyHears), " ", ...names(nobody, context)])]),
    ...(people.length === 0
      ? noRecipients(report, page).map((sentence) => h("p", sentence))
      : [
          cards(
            page.recipients,
            titles,
            people.map((one) => recipientRow(one, context)),
          ),
        ]),
    ...notChecked(uncheckedRecipients(report), context),
  );
}

function recipientRow(
  { recipient, contactOf, alertedOf, limitedOf }: IncidentRecipient,
  context: RenderContext,
): Element {
  return h("tr", [
    h("th", { scope: "row" }, value(recipient)),
    h("td", names(contactOf, context)),
    h("td", names(alertedOf, context, limitedOf)),
  ]);
}

/** The names of the first places, and the number of the others. Limited ones have a note. */
function names(
  resources: readonly ResourceName[],
  { report, words: { page } }: RenderContext,
  limited: readonly ResourceName[] = [],
): (Element | string)[] {
  const rest = resources.length - mostPlaces;
  const shown = resources.slice(0, mostPlaces).flatMap((resource, index) => {
    const place = report.places.find((one) => one.resource === resource);
    const note = limited.includes(resource) ? [` (${page.someIncidents})`] : [];
    return [...(index === 0 ? [] : [", "]), place === undefined ? value(resource) : nameOf(place), ...note];
  });
  if (shown.length === 0) return ["–"];
  return rest > 0 ? [...shown, " ", page.morePlaces(rest)] : shown;
}
