/** Who is told of what (guide row G5 contacts). */
import { cisCategories, consoleLinks, notificationCategoryNames } from "../../../guide/index.ts";
import { holesOf } from "../contacts.ts";
import type { PlaceContacts, Row } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { row, sentences } from "./row.ts";
import type { Standing } from "./row.ts";

export function contactsRow(place: PlaceReadings, contacts: PlaceContacts | null, scene: Scene): Row {
  const link = consoleLinks.essentialContacts(place.resource);
  const standing = contacts === null ? unread(scene, place.contacts) : contactsStanding(place, contacts, scene);
  return row("G5 contacts", scene.words.tasks.contacts, link, standing);
}

/** A contact that is no good is told where it is; a category without any, where nothing of the stack is below. */
function contactsStanding(place: PlaceReadings, contacts: PlaceContacts, scene: Scene): Standing {
  const { details, guide, next } = scene.words;
  const { own, told } = contacts;
  const emails = own.map(({ email }) => email.toLowerCase());
  const missing = (place.place?.contacts ?? []).map(({ email }) => email).filter((email) => !emails.includes(email));
  const of = (problem: "invalid" | "stale") =>
    own.filter((contact) => contact.problem === problem).map(({ email }) => email);
  const [invalid, stale] = [of("invalid"), of("stale")];
  const holes = scene.isLeaf(place) ? holesOf(contacts, cisCategories) : [];
  const names = (categories: typeof holes) => categories.map((category) => guide.categories[category]);
  const covered = notificationCategoryNames.filter((category) => category !== "all" && told[category] > 0);
  const faults = sentences(
    missing.length > 0 ? details.contactsMissing(missing) : undefined,
    holes.length > 0 ? details.contactsHoles(names(holes)) : undefined,
    invalid.length > 0 ? details.contactsInvalid(invalid) : undefined,
    stale.length > 0 ? details.contactsStale(stale) : undefined,
  );
  if (faults !== "")
    return {
      status: "notDone",
      details: faults,
      next: sentences(
        missing.length > 0 ? next.putUp : undefined,
        holes.length > 0 ? next.addContacts(names(holes)) : undefined,
        invalid.length > 0 ? next.correctContacts : undefined,
        stale.length > 0 ? next.confirmContacts : undefined,
      ),
    };
  if (scene.isLeaf(place)) return { status: "done", details: details.contactsCover(names(covered)) };
  return own.length > 0
    ? { status: "done", details: details.contactsHere(own.length) }
    : { status: "notConfigured", details: details.contactsNone };
}
