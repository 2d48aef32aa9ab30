/**
 * Paid extras to a support plan (guide row G1 value-added). Which plan can have which is in plans.ts.
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
