/** Who is notified of what (guide row G5 contacts). */
import { notificationCategoryNames } from "../../../guide/index.ts";
import type { NotificationCategory } from "../../../guide/index.ts";
import { contactsOf, driftOf, gapsOf } from "../contacts.ts";
import { update } from "../remedies.ts";
import type { PlaceContacts } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { row, standingOf } from "./row.ts";
import type { Fault, MadeRow, Standing } from "./row.ts";

export function contactsRow(place: PlaceReadings, contacts: PlaceContacts | null, scene: Scene): MadeRow {
  const standing = contacts === null ? unread(scene, place.contacts) : contactsStanding(place, contacts, scene);
  return row(scene, "contacts", place.resource, standing);
}

function contactsStanding(place: PlaceReadings, contacts: PlaceContacts, scene: Scene): Standing {
  const { details, guide } = scene.words;
  const { own, told } = contacts;
  const names = (categories: readonly NotificationCategory[]) => categories.map((one) => guide.categories[one]);
  const covered = notificationCategoryNames.filter((category) => category !== "all" && told[category] > 0);
  const isLeaf = scene.isLeaf(place);
  const otherwise = isLeaf
    ? ({ status: "done", details: details.contactsCover(names(covered)) } as const)
    : own.length > 0
      ? ({ status: "done", details: details.contactsHere(own.length) } as const)
      : ({ status: "notConfigured", details: details.contactsNone } as const);
  const faults = [
    ...driftFaults(place, contacts, scene),
    ...gapFaults(place, contacts, scene),
    ...badFaults(own, scene),
  ];
  return standingOf(faults, otherwise);
}

/** What the config asks for here, and Google does not have. */
function driftFaults(place: PlaceReadings, { own }: PlaceContacts, scene: Scene): Fault[] {
  const { details, guide } = scene.words;
  const { missing, differing } = driftOf(place, own);
  const lacking = differing.map(
    ({ email, categories }) => [email, categories.map((one) => guide.categories[one])] as const,
  );
  const emails = missing.map(({ email }) => email);
  return [
    ...faultAbout("contactMissing", emails, () => ({ details: details.contactsMissing(emails), ...update(scene) })),
    ...faultAbout(
      "contactDiffers",
      differing.map(({ email }) => email),
      () => ({ details: details.contactsDiffer(lacking), ...update(scene) }),
    ),
  ];
}

/** Categories that nobody is notified of, where nothing of the stack is below. */
function gapFaults(place: PlaceReadings, contacts: PlaceContacts, scene: Scene): Fault[] {
  if (!scene.isLeaf(place)) return [];
  const { details, guide, next } = scene.words;
  // What the config has for them, here or above, comes with the next update.
  const asked = scene.lineage(place).flatMap((one) => {
    const at = one === place ? contacts : contactsOf(one, scene.projectNames, scene.now);
    if (at === null) return [];
    const { missing, differing } = driftOf(one, at.own);
    return [...missing, ...differing].flatMap(({ categories }) => categories);
  });
  const isAsked = (category: NotificationCategory) => asked.includes(category) || asked.includes("all");
  const gaps = gapsOf(contacts);
  // Incidents go to the contacts of technical, once it has one.
  const toAdd = gaps.filter(
    (category) => !isAsked(category) && !(category === "technical-incidents" && isAsked("technical")),
  );
  const names = (categories: readonly NotificationCategory[]) => categories.map((one) => guide.categories[one]);
  return faultAbout("contactGap", gaps, () => ({
    details: details.contactsHoles(names(gaps)),
    ...(toAdd.length < gaps.length ? update(scene) : {}),
    ...(toAdd.length > 0 ? { next: next.addContacts(names(withoutImplied(toAdd))) } : {}),
  }));
}

/** An address for technical serves incidents too. */
function withoutImplied(categories: readonly NotificationCategory[]): NotificationCategory[] {
  return categories.filter((category) => category !== "technical-incidents" || !categories.includes("technical"));
}

function badFaults(own: PlaceContacts["own"], { words: { details, next } }: Scene): Fault[] {
  const of = (problem: "invalid" | "stale") =>
    own.filter((contact) => contact.problem === problem).map(({ email }) => email);
  const [invalid, stale] = [of("invalid"), of("stale")];
  return [
    ...faultAbout("contactInvalid", invalid, () => ({
      details: details.contactsInvalid(invalid),
      next: next.correctContacts,
    })),
    ...faultAbout("contactStale", stale, () => ({
      details: details.contactsStale(stale),
      next: next.confirmContacts,
    })),
  ];
}

function faultAbout(
  kind: Fault["kind"],
  about: readonly string[],
  rest: () => Pick<Fault, "details" | "next" | "commands">,
): Fault[] {
  return about.length === 0 ? [] : [{ status: "notDone", kind, about, ...rest() }];
}
