/**
 * Why a case may be escalated (guide row G4 other operations).
 *
 * Source: https://cloud.google.com/support/docs/reference/rest/v2/cases/escalate
 */
export const escalationReasons = {
  resolutionTime: { apiName: "RESOLUTION_TIME", meaning: "it takes too long to resolve" },
  technicalExpertise: { apiName: "TECHNICAL_EXPERTISE", meaning: "the agent does not have the expertise" },
  businessImpact: { apiName: "BUSINESS_IMPACT", meaning: "it has a significant business impact" },
} as const satisfies Record<string, { readonly apiName: string; readonly meaning: string }>;

/** A reason as the config names it. */
export type EscalationReason = keyof typeof escalationReasons;

export const escalationReasonNames = Object.keys(escalationReasons) as EscalationReason[];
