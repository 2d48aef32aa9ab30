/**
 * The guide's test case: what its console form is filled with (guide row G4 test case).
 *
 * Source: https://cloud.google.com/support/docs/customer-care-onboarding, "Create a test case"
 */

import type { CaseLanguage } from "./caseLanguages.ts";
import type { CasePriority } from "./casePriorities.ts";

/** How Customer Care answers: the console's choice, for which the API has no field. */
export const caseChannels = ["email", "chat"] as const;

export type CaseChannel = (typeof caseChannels)[number];

/**
 * The defaults of a test case. Product and sub-category are one classification in the API, found by its display name: the
 * guide names the product alone, so this is the one of Google's own samples.
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
