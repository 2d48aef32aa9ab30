/**
 * The services that onboarding enables on a project (guide rows G2 services, G6).
 *
 * Source: https://cloud.google.com/support/docs/customer-care-onboarding, "Enable APIs"
 */

export interface Service {
  readonly displayName: string;
  /** The purpose of the service, from the guide. */
  readonly purpose: string;
  /** Whether it is in the default of `services`. */
  readonly default: boolean;
}

export const services = {
  "cloudsupport.googleapis.com": {
    displayName: "Cloud Support API",
    purpose: "create and manage support cases programmatically",
    default: true,
  },
  "essentialcontacts.googleapis.com": {
    displayName: "Essential Contacts API",
    purpose: "manage contacts outside of the console",
    default: true,
  },
  "servicehealth.googleapis.com": {
    displayName: "Service Health API",
    purpose: "read the incidents that affect the project",
    default: true,
  },
  "recommender.googleapis.com": {
    displayName: "Recommender API",
    purpose: "read Active Assist's recommendations and insights",
    default: false,
  },
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

export const serviceNames = Object.keys(services) as ServiceName[];

export const defaultServices = serviceNames.filter((name) => services[name].default);
