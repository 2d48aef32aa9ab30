/** Configs that between them have each key of the schema, and what changes one of their values. */
import { notificationCategoryNames } from "../../guide/index.ts";

export type Path = readonly (string | number)[];

/** A config that has each key of the schema, but for those of a fleet. */
export const whole = {
  plan: "enhanced",
  valueAddedServices: ["assured-support"],
  organization: {
    id: "123456789012",
    administrators: ["group:admins@example.com"],
    editors: ["group:sre@example.com"],
    contactAdministrators: ["group:contacts@example.com"],
    contactViewers: ["group:viewers@example.com"],
    contacts: {
      ...Object.fromEntries(notificationCategoryNames.map((name) => [name, [`${name}@example.com`]])),
      "finops@example.com": { categories: ["billing"], language: "fr" },
    },
    supportEvents: { project: "ops-admin", topic: "support-events" },
  },
  folders: {
    shop: {
      folderId: "456789012345",
      editors: ["user:a@example.com"],
      contactAdministrators: ["user:b@example.com"],
      contactViewers: ["user:c@example.com"],
      contacts: { security: ["d@example.com"] },
      everyProject: {
        services: ["cloudsupport.googleapis.com"],
        editors: ["user:e@example.com"],
        contactAdministrators: ["user:f@example.com"],
        contactViewers: ["user:g@example.com"],
        contacts: { legal: ["h@example.com"] },
        alerts: { serviceHealth: { notify: "contacts", on: "new-incidents" } },
      },
    },
  },
  projects: {
    shop: {
      projectId: "shop-dev",
      services: ["servicehealth.googleapis.com"],
      editors: ["user:i@example.com"],
      contactAdministrators: ["user:j@example.com"],
      contactViewers: ["user:k@example.com"],
      contacts: { technical: ["l@example.com"] },
      alerts: {
        serviceHealth: {
          notify: ["n@example.com", "projects/shop-dev/notificationChannels/1234567890"],
          on: "all-updates",
          products: ["Google Cloud SQL"],
          locations: ["europe-west1"],
          relevance: ["impacted", "related"],
        },
      },
    },
  },
  testCase: {
    project: "shop",
    classification: "Technical Issue > Compute > Compute Engine",
    displayName: "Test issue",
    description: "Test issue",
    errorMessage: "Test message",
    priority: "P4",
    channel: "email",
    language: "en",
    businessImpact: "Other",
    vmInstances: "none",
    thirdPartyAuthorization: true,
    timeZone: "Europe/Paris",
    subscriberEmailAddresses: ["m@example.com"],
    comments: ["A note"],
    attachments: ["logs/boot.txt"],
    escalation: { reason: "businessImpact", justification: "Nobody can pay" },
    keepOpen: true,
    realCase: false,
    ignoreCases: ["projects/shop-dev/cases/43595344"],
  },
  acknowledge: {
    "grant-exists": "Made by hand",
    "member-restricted": "The partner's second domain",
  },
};

export const other = {
  plan: "enhanced",
  organization: { domain: "example.com" },
  fleet: { shards: 16 },
  testCase: { organization: true, adopt: "organizations/123456789012/cases/43595344", closeOnDestroy: true },
};

export const sharded = { plan: "enhanced", shard: { number: 0, of: 1 } };

export function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, child]) => [[...at, key], ...pathsIn(child, [...at, key])]);
}

export function withValue(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(document) ? [...(document as unknown[])] : { ...(document as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}
