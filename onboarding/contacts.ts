/** Contacts as a person writes them, by category or by address, transposed to what Essential Contacts holds. */
import { notificationCategoryNames } from "../guide/index.ts";
import type { NotificationCategory } from "../guide/index.ts";

/** A contact that is written by its address. */
export interface ContactDetails {
  readonly categories: readonly NotificationCategory[];
  /** A BCP-47 tag. @default en */
  readonly language?: string | undefined;
}

/** Each key is a notification category with its addresses, or an address with its details. */
export type Contacts = { readonly [Category in NotificationCategory]?: readonly string[] | undefined } & Readonly<
  Record<string, readonly string[] | ContactDetails | undefined>
>;

export interface Contact {
  /** In lower case. */
  readonly email: string;
  /** In the order of the API's enum, each once. */
  readonly categories: readonly NotificationCategory[];
  /** A BCP-47 tag. */
  readonly language: string;
}

const isCategory = (key: string): key is NotificationCategory => (notificationCategoryNames as string[]).includes(key);

/** Each key of a contacts map, as what it names. */
export function contactEntries(contacts: Contacts) {
  const byCategory: [NotificationCategory, readonly string[]][] = [];
  const byAddress: [string, ContactDetails][] = [];
  for (const [key, value] of Object.entries(contacts)) {
    if (value === undefined) continue;
    if (isCategory(key)) byCategory.push([key, value as readonly string[]]);
    else byAddress.push([key, value as ContactDetails]);
  }
  return { byCategory, byAddress };
}

/** One contact for each address, sorted by address: the order of a config means nothing. */
export function contactsByAddress(contacts: Contacts = {}): Contact[] {
  const { byCategory, byAddress } = contactEntries(contacts);
  const found = new Map<string, { categories: Set<NotificationCategory>; language: string }>();
  const at = (address: string) => {
    const email = address.toLowerCase();
    const contact = found.get(email) ?? { categories: new Set(), language: "en" };
    found.set(email, contact);
    return contact;
  };
  for (const [category, addresses] of byCategory) for (const address of addresses) at(address).categories.add(category);
  for (const [address, { categories, language }] of byAddress) {
    const contact = at(address);
    for (const category of categories) contact.categories.add(category);
    if (language !== undefined) contact.language = language;
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([email, { categories, language }]) => ({
      email,
      categories: notificationCategoryNames.filter((name) => categories.has(name)),
      language,
    }));
}
