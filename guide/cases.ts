/** Support cases, and the guide's test case (guide rows G4 test case, G4 close). */

/**
 * Languages in which Customer Care answers a case (guide row G4 test case: e-mail in a chosen language, live chat in English
 * only), by the BCP-47 code in the Cloud Support API.
 *
 * Sources: google.cloud.support.v2.Case.language_code (en, zh-CN, zh-TW, ja, ko);
 * https://cloud.google.com/support/docs/language-working-hours (French since 2025)
 */
export const caseLanguages = {
  en: { displayName: "English" },
  fr: { displayName: "French" },
  ja: { displayName: "Japanese" },
  ko: { displayName: "Korean" },
  "zh-CN": { displayName: "Chinese (simplified)" },
  "zh-TW": { displayName: "Chinese (traditional)" },
} as const;

export type CaseLanguage = keyof typeof caseLanguages;

export const caseLanguageNames = Object.keys(caseLanguages) as CaseLanguage[];

/**
 * Case priorities that a customer can choose (guide row G4 test case). The API's enum also has P0, which is not available to
 * customers.
 *
 * Sources: https://cloud.google.com/terms/tssg section 3.3; google.cloud.support.v2.Case.Priority
 */
export const casePriorities = {
  P1: { displayName: "P1: critical impact, service unusable in production" },
  P2: { displayName: "P2: high impact, service use severely impaired" },
  P3: { displayName: "P3: medium impact, service use partially impaired" },
  P4: { displayName: "P4: low impact, service fully usable" },
} as const;

export type CasePriority = keyof typeof casePriorities;

export const casePriorityNames = Object.keys(casePriorities) as CasePriority[];

/**
 * The reasons for an escalation (guide row G4 other operations).
 *
 * Source: https://cloud.google.com/support/docs/reference/rest/v2/cases/escalate
 */
export const escalationReasons = {
  resolutionTime: { apiName: "RESOLUTION_TIME", meaning: "it takes too long to resolve" },
  technicalExpertise: { apiName: "TECHNICAL_EXPERTISE", meaning: "the agent does not have the expertise" },
  businessImpact: { apiName: "BUSINESS_IMPACT", meaning: "it has a significant business impact" },
} as const satisfies Record<string, { readonly apiName: string; readonly meaning: string }>;

/** The config's name for a reason. */
export type EscalationReason = keyof typeof escalationReasons;

export const escalationReasonNames = Object.keys(escalationReasons) as EscalationReason[];

/** The longest body of a comment, in characters. Source: google/cloud/support/v2/comment.proto */
export const longestComment = 12_800;

/** The channels that the console offers. The API has no field for them. */
export const caseChannels = ["email", "chat"] as const;

export type CaseChannel = (typeof caseChannels)[number];

/**
 * The guide's test case: the values of its console form. Product and sub-category are one classification in the API, which is
 * found by display name. The guide names only the product, so this is the classification of Google's own samples.
 *
 * Source: https://cloud.google.com/support/docs/customer-care-onboarding, "Create a test case"
 */
export const testCaseDefaults = {
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
} as const satisfies { priority: CasePriority; channel: CaseChannel; language: CaseLanguage; [field: string]: unknown };

/**
 * The defaults of earlier releases, by the first release that has them. Triggers in existing states depend on those of 0.1.0,
 * so entries never change. When a default changes, its former value becomes an entry.
 */
export const formerTestCaseDefaults = {
  "0.1.0": {
    classification: "Technical Issue > Compute > Compute Engine",
    displayName: "Test issue",
    description: "Test issue",
    errorMessage: "Test message",
    channel: "email",
    language: "en",
    businessImpact: "Other",
    vmInstances: "none",
    thirdPartyAuthorization: true,
  },
} as const satisfies Record<string, Readonly<Partial<Record<keyof typeof testCaseDefaults, unknown>>>>;
