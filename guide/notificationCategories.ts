/**
 * The notification categories of Essential Contacts (guide row G5 contacts), by their names in gcloud and in the order of the
 * API's enum, which is also the order of the program's output.
 *
 * Sources: google.cloud.essentialcontacts.v1.NotificationCategory;
 * https://cloud.google.com/resource-manager/docs/managing-notification-contacts
 */
export const notificationCategories = {
  all: { displayName: "All", apiName: "ALL", purpose: "all notifications of all categories" },
  suspension: { displayName: "Suspension", apiName: "SUSPENSION", purpose: "imminent account suspension" },
  security: {
    displayName: "Security",
    apiName: "SECURITY",
    purpose: "security and privacy incidents and vulnerabilities",
  },
  technical: {
    displayName: "Technical",
    apiName: "TECHNICAL",
    purpose: "technical events such as outages, maintenance and deprecations",
  },
  billing: {
    displayName: "Billing",
    apiName: "BILLING",
    purpose: "billing and payments, such as price changes and errors",
  },
  legal: {
    displayName: "Legal",
    apiName: "LEGAL",
    purpose: "enforcement actions, regulatory compliance and government notices",
  },
  "product-updates": {
    displayName: "Product updates",
    apiName: "PRODUCT_UPDATES",
    purpose: "new versions, product terms and deprecations",
  },
  "technical-incidents": {
    displayName: "Technical incidents",
    apiName: "TECHNICAL_INCIDENTS",
    purpose: "technical incidents; once it has a contact, the contacts of technical no longer get incidents",
  },
} as const satisfies Record<
  string,
  { readonly displayName: string; readonly apiName: string; readonly purpose: string }
>;

/** The config's name for a notification category. */
export type NotificationCategory = keyof typeof notificationCategories;

export const notificationCategoryNames = Object.keys(notificationCategories) as NotificationCategory[];

/**
 * For a category without contacts of its own, the category whose contacts get its notifications.
 *
 * Source: https://cloud.google.com/resource-manager/docs/managing-notification-contacts
 */
export const fallbackCategories: Readonly<Partial<Record<NotificationCategory, NotificationCategory>>> = {
  "technical-incidents": "technical",
};

/** The category of Google's incidents. */
export const incidentCategory = "technical-incidents" satisfies NotificationCategory;

/** A category as a noun in a sentence, such as `technical incidents`. */
export const categoryNoun = (category: NotificationCategory) => category.replaceAll("-", " ");

/** The contacts of one place that Google notifies of a category: those of its fallback if none has the category itself. */
export function notifiedContacts<One extends { readonly categories: readonly NotificationCategory[] }>(
  contacts: readonly One[],
  category: NotificationCategory,
): One[] {
  const isSubscribed = contacts.some(({ categories }) => categories.includes(category));
  const chosen = isSubscribed ? category : (fallbackCategories[category] ?? category);
  return contacts.filter(({ categories }) => categories.includes(chosen) || categories.includes("all"));
}

/** A category that no longer reaches contacts of its fallback, because it has contacts of its own. */
export interface Redirection<One> {
  readonly category: NotificationCategory;
  readonly without: readonly One[];
}

/** The redirections at one place. */
export function redirectionsOf<One extends { readonly categories: readonly NotificationCategory[] }>(
  contacts: readonly One[],
): Redirection<One>[] {
  return notificationCategoryNames.flatMap((category) => {
    const fallback = fallbackCategories[category];
    const own = contacts.filter(({ categories }) => categories.includes(category));
    if (fallback === undefined || own.length === 0) return [];
    const without = contacts.filter((one) => one.categories.includes(fallback) && !own.includes(one));
    return without.length === 0 ? [] : [{ category, without }];
  });
}

/**
 * The categories for which the CIS benchmark requires a contact. One contact can have all of them.
 *
 * Source: CIS Google Cloud Platform Foundation Benchmark, "Ensure Essential Contacts is Configured for Organization"
 * (1.16 in v1.3.0 and v2.0.0, 1.17 in v5.0.0)
 */
export const cisCategories = ["suspension", "security", "technical", "legal"] as const satisfies NotificationCategory[];
