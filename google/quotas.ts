/** What Google lets one quota project ask in a minute, where it says so. More can be requested in the console. */
export interface Quota {
  /** Such as `serviceusage.googleapis.com`. */
  readonly service: string;
  readonly kind: "read" | "write";
  /** Requests. */
  readonly perMinute: number;
  readonly source: string;
}

/** Of Essential Contacts and Cloud Support no figure is published, nor one for setting policies. */
export const quotas: readonly Quota[] = [
  {
    service: "serviceusage.googleapis.com",
    kind: "read",
    perMinute: 240,
    source: "https://cloud.google.com/service-usage/docs/quotas",
  },
  {
    // A batchEnable counts as five.
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
