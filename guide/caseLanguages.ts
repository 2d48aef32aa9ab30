/**
 * Languages in which Customer Care answers a case (guide row G4: e-mail in a chosen language, live chat in English
 * only), by the BCP-47 code that the Cloud Support API takes.
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
