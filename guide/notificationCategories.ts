/**
 * The notification categories of Essential Contacts (guide row G5 contacts), by the word that gcloud has for each.
 * In the order of the API's enum, which is the order in which this product writes them.
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

/** A notification category as the config names it. */
export type NotificationCategory = keyof typeof notificationCategories;

export const notificationCategoryNames = Object.keys(notificationCategories) as NotificationCategory[];

/**
 * The categories for which the CIS benchmark asks for a contact each, or one for all.
 *
 * Source: CIS Google Cloud Platform Foundation Benchmark, "Ensure Essential Contacts is Configured for Organization"
 * (1.16 in v1.3.0 and v2.0.0, 1.17 in v5.0.0)
 */
export const cisCategories = ["suspension", "security", "technical", "legal"] as const satisfies NotificationCategory[];
