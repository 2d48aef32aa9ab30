/** Who is notified of what (guide row G5 contacts). */
import { fallbackCategories, notificationCategoryNames } from "../../../guide/index.ts";
import type { NotificationCategory } from "../../../guide/index.ts";
import { contactsOf, driftOf, gapsOf } from "../contacts.ts";
import { update } from "../remedies.ts";
import type { PlaceContacts } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { faultAbout, outcomeOf, row } from "./row.ts";
import type { Fault, MadeRow, Outcome } from "./row.ts";

export function contactsRow(place: PlaceReadings, contacts: PlaceContacts | null, scene: Scene): MadeRow {
  const outcome = contacts === null ? unread(scene, place.contacts) : contactsOutcome(place, contacts, scene);
  return row(scene, "contacts", place.resource, outcome);
}

function contactsOutcome(place: PlaceReadings, contacts: PlaceContacts, scene: Scene): Outcome {
  const { details, guide } = scene.words;
  const { own, notified } = contacts;
  const names = (categories: readonly NotificationCategory[]) => categories.map((one) => guide.categories[one]);
  const covered = notificationCategoryNames.filter((category) => category !== "all" && notified[category] > 0);
  const { gaps, waiting } = gapsAt(place, contacts, scene);
  const faults = [...driftFaults(place, contacts, scene), ...gapFaults(gaps, scene), ...badFaults(own, scene)];
  const otherwise =
    waiting.length > 0
      ? ({ status: "waiting", details: details.contactsWait(names(waiting)) } as const)
      : scene.isLeaf(place)
        ? ({ status: "done", details: details.contactsCover(names(covered)) } as const)
        : own.length > 0
          ? ({ status: "done", details: details.contactsHere(own.length) } as const)
          : ({ status: "notConfigured", details: details.contactsNone } as const);
  return outcomeOf(faults, otherwise);
}

/** The contacts of the config for this place that Google does not have. */
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

interface Gaps {
  readonly gaps: readonly { readonly category: NotificationCategory; readonly isAsked: boolean }[];
  /** The categories with a contact in the config of a place above, whose row then has the finding. */
  readonly waiting: readonly NotificationCategory[];
}

/** Categories that nobody is notified of, at the lowest places of the stack. */
function gapsAt(place: PlaceReadings, contacts: PlaceContacts, scene: Scene): Gaps {
  if (!scene.isLeaf(place)) return { gaps: [], waiting: [] };
  const askedAt = (one: PlaceReadings) => {
    const at = one === place ? contacts : contactsOf(one, scene.projectNames, scene.now);
    if (at === null) return [];
    const { missing, differing } = driftOf(one, at.own);
    return [...missing, ...differing].flatMap(({ categories }) => categories);
  };
  const [here, ...above] = scene.lineage(place).map(askedAt);
  const isIn = (asked: readonly NotificationCategory[], category: NotificationCategory): boolean =>
    asked.includes(category) || asked.includes("all") || hasFallback(category, asked);
  const all = gapsOf(contacts).map((category) => ({ category, isAsked: isIn(here ?? [], category) }));
  const waits = ({ category, isAsked }: Gaps["gaps"][number]) => !isAsked && isIn(above.flat(), category);
  return {
    gaps: all.filter((gap) => !waits(gap)),
    waiting: all.filter(waits).map(({ category }) => category),
  };
}

function gapFaults(gaps: Gaps["gaps"], scene: Scene): Fault[] {
  const { details, guide, next } = scene.words;
  const names = (categories: readonly NotificationCategory[]) => categories.map((one) => guide.categories[one]);
  const categories = gaps.map(({ category }) => category);
  const toAdd = gaps.filter(({ isAsked }) => !isAsked).map(({ category }) => category);
  return faultAbout("contactGap", categories, () => ({
    details: details.contactGaps(names(categories)),
    ...(toAdd.length < categories.length ? update(scene) : {}),
    ...(toAdd.length > 0 ? { next: next.addContacts(names(withoutImplied(toAdd))) } : {}),
  }));
}

function withoutImplied(categories: readonly NotificationCategory[]): NotificationCategory[] {
  return categories.filter((category) => !hasFallback(category, categories));
}

function hasFallback(category: NotificationCategory, categories: readonly NotificationCategory[]): boolean {
  const fallback = fallbackCategories[category];
  return fallback !== undefined && categories.includes(fallback);
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
