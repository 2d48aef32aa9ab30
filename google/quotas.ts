/** Google's published request quotas of a quota project per minute. You can request higher quotas in the console. */
export interface Quota {
  /** Such as `serviceusage.googleapis.com`. */
  readonly service: string;
  readonly kind: "read" | "write";
  /** The number of requests. */
  readonly perMinute: number;
  readonly source: string;
}

/** Google publishes no quotas for Essential Contacts, Cloud Support and setting policies. */
export const quotas: readonly Quota[] = [
  {
    service: "serviceusage.googleapis.com",
    kind: "read",
    perMinute: 240,
    source: "https://cloud.google.com/service-usage/docs/quotas",
  },
  {
    // A batchEnable request counts as five.
    service: "serviceusage.googleapis.com",
    kind: "write",
    perMinute: 60,
    source: "https://cloud.google.com/service-usage/docs/quotas",
  },
  {
    service: "cloudresourcemanager.googleapis.com",
    kind: "read",
    perMinute: 600,
    source: "https://cloud.google.com/resource-manager/docs/limits",
  },
];
