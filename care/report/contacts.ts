/** Who is notified of what at a place, and which contacts are no longer valid. */
import type { Contact as AskedContact } from "../../onboarding/index.ts";
import type { EssentialContact } from "../../google/index.ts";
import {
  cisCategories,
  fallbackCategories,
  incidentCategory,
  notificationCategories,
  notificationCategoryNames,
  notifiedContacts,
} from "../../guide/index.ts";
import type { NotificationCategory, ResourceName } from "../../guide/index.ts";
import type { Contact, PlaceContacts, ReportPlace } from "./report.ts";
import type { PlaceReadings } from "./readings.ts";
import { visibleLines } from "../../text/index.ts";

const apiNames = new Set<string>(notificationCategoryNames.map((name) => notificationCategories[name].apiName));

/** Google's own limit for a contact that was not confirmed, in milliseconds. Source: Contact.validate_time */
const stale = 365 * 24 * 60 * 60 * 1000;

/** @param names The names of projects by their numbers, which contacts contain. */
export function contactsOf(
  { contacts, resource, project }: PlaceReadings,
  names: ReadonlyMap<ResourceName, ResourceName>,
  now: Date,
): PlaceContacts | null {
  if (contacts.value === undefined) return null;
  const all = contacts.value.map((contact) => contactOf(contact, names, now));
  const counted = all.filter(({ problem }) => problem !== "invalid");
  const isOwn = ({ of }: Contact) => of === resource || of === project?.value?.name;
  const notified = notificationCategoryNames.map((category) => {
    const emails = counted.filter((contact) => isNotified(contact, category)).map(({ email }) => email.toLowerCase());
    return [category, new Set(emails).size];
  });
  return {
    own: all.filter(isOwn).sort((one, other) => (one.email < other.email ? -1 : 1)),
    notified: Object.fromEntries(notified) as PlaceContacts["notified"],
  };
}

/** The contacts that Google notifies of incidents at the place, including inherited ones. Null if they were not read. */
export function incidentContacts(
  { contacts }: PlaceReadings,
  names: ReadonlyMap<ResourceName, ResourceName>,
  now: Date,
): Contact[] | null {
  if (contacts.value === undefined) return null;
  const all = contacts.value
    .map((contact) => contactOf(contact, names, now))
    .filter(({ problem }) => problem !== "invalid");
  // A place without a contact for incidents notifies those of the fallback.
  return all.filter((one) =>
    notifiedContacts(
      all.filter(({ of }) => of === one.of),
      incidentCategory,
    ).includes(one),
  );
}

function isNotified({ categories }: Contact, category: NotificationCategory): boolean {
  return categories.includes(category) || categories.includes("all");
}

function contactOf(contact: EssentialContact, names: ReadonlyMap<ResourceName, ResourceName>, now: Date): Contact {
  const { name, email, notificationCategorySubscriptions: subscribed = [], languageTag = "" } = contact;
  const parent = name.split("/").slice(0, 2).join("/");
  const age = now.getTime() - Date.parse(contact.validateTime ?? now.toISOString());
  const problem = contact.validationState === "INVALID" ? "invalid" : age > stale ? "stale" : undefined;
  return {
    email: visibleLines(email),
    of: names.get(parent) ?? parent,
    categories: notificationCategoryNames.filter((category) =>
      subscribed.includes(notificationCategories[category].apiName),
    ),
    // Google's names of the categories that the guide does not have.
    otherCategories: subscribed.filter((one) => !apiNames.has(one)).map(visibleLines),
    language: languageTag,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The categories that nobody is notified of and somebody must be. */
export function gapsOf({ notified }: PlaceContacts): NotificationCategory[] {
  const needed: readonly NotificationCategory[] = [
    ...cisCategories,
    ...(Object.keys(fallbackCategories) as NotificationCategory[]),
  ];
  return needed.filter((category) => notified[category] === 0 && !goesToFallback(notified, category));
}

/** Whether nobody is notified of it yet, although the config has a contact for it above. */
export function isWaiting({ contacts, rows }: ReportPlace, category: NotificationCategory): boolean {
  const isRowWaiting = rows.some(({ row, status }) => row === "G5 contacts" && status === "waiting");
  return isRowWaiting && contacts !== null && gapsOf(contacts).includes(category);
}

/** Whether the contacts of another category are notified of it, because it has none. */
export function goesToFallback(notified: PlaceContacts["notified"], category: NotificationCategory): boolean {
  const fallback = fallbackCategories[category];
  return fallback !== undefined && notified[category] === 0 && notified[fallback] > 0;
}

/** The difference between the config and Google at the place: missing contacts, and missing categories or another language of existing ones. */
export function driftOf({ place }: PlaceReadings, own: readonly Contact[]) {
  const asked: readonly AskedContact[] = place?.contacts ?? [];
  const there = (email: string) => own.find((one) => one.email.toLowerCase() === email.toLowerCase());
  return {
    missing: asked.filter(({ email }) => there(email) === undefined),
    differing: asked.flatMap(({ email, categories }) => {
      const contact = there(email);
      const lacking = categories.filter((category) => contact !== undefined && !isNotified(contact, category));
      return lacking.length === 0 ? [] : [{ email, categories: lacking }];
    }),
    inOtherLanguage: asked.flatMap(({ email, language }) => {
      const contact = there(email);
      return contact === undefined || contact.language === language ? [] : [{ email, language: contact.language }];
    }),
  };
}
