/**
 * The support plans, with their features (guide row G1 plan).
 *
 * Sources: https://cloud.google.com/support (plans), https://cloud.google.com/support/docs/language-working-hours
 * (case priorities), https://cloud.google.com/support/docs/reference/support-api (access to the Cloud Support API).
 */
import type { CasePriority } from "./cases.ts";

/**
 * Services that a customer can buy in addition to a support plan (guide row G1 value-added). `plans` lists them for each plan.
 *
 * Source: https://cloud.google.com/support/docs/customer-care-onboarding
 */
export const valueAddedServices = {
  "technical-account-advisor": { displayName: "Technical Account Advisor Service" },
  "planned-event-support": { displayName: "Planned Event Support" },
  "assured-support": { displayName: "Assured Support" },
  "media-cdn": { displayName: "Media CDN support" },
  "mission-critical-services": { displayName: "Mission Critical Services" },
} as const;

export type ValueAddedService = keyof typeof valueAddedServices;

export const valueAddedServiceNames = Object.keys(valueAddedServices) as ValueAddedService[];

export interface Plan {
  readonly displayName: string;
  /** The customers that the guide recommends the plan to. */
  readonly audience: string;
  /** Whether the plan includes the Cloud Support API, which a program needs to create cases. */
  readonly cloudSupportApi: boolean;
  /** The available priorities of a technical case, most urgent first. */
  readonly casePriorities: readonly CasePriority[];
  /** Whether the plan includes "Technical support escalations". */
  readonly escalations: boolean;
  /** The value-added services that are available with the plan. */
  readonly valueAddedServices: readonly ValueAddedService[];
}

export const plans = {
  basic: {
    displayName: "Basic",
    audience: "everyone: billing inquiries, documentation, community",
    cloudSupportApi: false,
    casePriorities: [],
    escalations: false,
    valueAddedServices: [],
  },
  standard: {
    displayName: "Standard",
    audience: "small and medium businesses with workloads in development",
    cloudSupportApi: true,
    casePriorities: ["P2", "P3", "P4"],
    escalations: false,
    valueAddedServices: [],
  },
  enhanced: {
    displayName: "Enhanced",
    audience: "medium and large businesses with workloads in production",
    cloudSupportApi: true,
    casePriorities: ["P1", "P2", "P3", "P4"],
    escalations: true,
    valueAddedServices: ["technical-account-advisor", "planned-event-support", "assured-support", "media-cdn"],
  },
  premium: {
    displayName: "Premium",
    audience: "enterprises with critical workloads",
    cloudSupportApi: true,
    casePriorities: ["P1", "P2", "P3", "P4"],
    escalations: true,
    valueAddedServices: ["mission-critical-services", "assured-support", "media-cdn"],
  },
} as const satisfies Record<string, Plan>;

/** The config's name for a plan. */
export type PlanName = keyof typeof plans;

export const planNames = Object.keys(plans) as PlanName[];
