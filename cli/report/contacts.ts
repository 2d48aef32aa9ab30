/** Who is told of what at a place, and which contacts are no good any more. */
import type { EssentialContact } from "../../google/index.ts";
import { notificationCategories, notificationCategoryNames } from "../../guide/index.ts";
import type { NotificationCategory, ResourceName } from "../../guide/index.ts";
import type { Contact, PlaceContacts } from "./report.ts";
import type { PlaceReadings } from "./readings.ts";
import { printable } from "../visible.ts";

/** Google's own bound for a contact that was not confirmed, in milliseconds. Source: Contact.validate_time */
const stale = 365 * 24 * 60 * 60 * 1000;

/** @param names The names of projects by their numbers, as contacts have the numbers. */
export function contactsOf(
  { contacts, resource, project }: PlaceReadings,
  names: ReadonlyMap<ResourceName, ResourceName>,
  now: Date,
): PlaceContacts | null {
  if (contacts.value === undefined) return null;
  const all = contacts.value.map((contact) => contactOf(contact, names, now));
  const counted = all.filter(({ problem }) => problem !== "invalid");
  const isOwn = ({ of }: Contact) => of === resource || of === project?.value?.name;
  const told = notificationCategoryNames.map((category) => {
    const emails = counted.filter((contact) => isTold(contact, category)).map(({ email }) => email.toLowerCase());
    return [category, new Set(emails).size];
  });
  return {
    own: all.filter(isOwn).sort((one, other) => (one.email < other.email ? -1 : 1)),
    told: Object.fromEntries(told) as PlaceContacts["told"],
  };
}

function isTold({ categories }: Contact, category: NotificationCategory): boolean {
  return categories.includes(category) || categories.includes("all");
}

function contactOf(contact: EssentialContact, names: ReadonlyMap<ResourceName, ResourceName>, now: Date): Contact {
  const { name, email, notificationCategorySubscriptions: subscribed = [], languageTag = "" } = contact;
  const parent = name.split("/").slice(0, 2).join("/");
  const age = now.getTime() - Date.parse(contact.validateTime ?? now.toISOString());
  const problem = contact.validationState === "INVALID" ? "invalid" : age > stale ? "stale" : undefined;
  return {
    email: printable(email),
    of: names.get(parent) ?? parent,
    categories: notificationCategoryNames.filter((category) =>
      subscribed.includes(notificationCategories[category].apiName),
    ),
    language: languageTag,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Without a contact for it, incidents go to the contacts of technical. */
export function holesOf({ told }: PlaceContacts, categories: readonly NotificationCategory[]): NotificationCategory[] {
  return categories.filter(
    (category) => told[category] === 0 && !(category === "technical-incidents" && told.technical > 0),
  );
}
