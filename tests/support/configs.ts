/** The configs that the engine tests deploy. */

/** Everything in the guide, at the three levels. */
export const everything = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "shop-dev",
  "customer-care:plan": "enhanced",
  "customer-care:valueAddedServices": ["technical-account-advisor", "media-cdn"],
  "customer-care:organization": {
    domain: "example.com",
    administrators: ["group:support-admins@example.com"],
    editors: ["group:sre@example.com", "user:lead@example.com"],
    contacts: {
      security: ["security@example.com", "sre@example.com"],
      "finops@example.com": { categories: ["billing", "product-updates"], language: "fr" },
    },
  },
  "customer-care:folders": {
    "456789012345": { editors: ["group:shop-leads@example.com"], contacts: { suspension: ["leads@example.com"] } },
  },
  "customer-care:projects": {
    "shop-dev": {
      editors: ["user:ada@example.com"],
      contacts: { technical: ["shop-oncall@example.com"], "technical-incidents": ["shop-oncall@example.com"] },
    },
    "pay-dev": { services: ["cloudsupport.googleapis.com"], contactViewers: ["group:auditors@example.com"] },
  },
  "customer-care:testCase": { project: "shop-dev" },
};

/** The same, written in another order and in other words. */
export const everythingReworded = {
  "customer-care:testCase": { project: "shop-dev", keepOpen: false, priority: "P4", description: "Test issue" },
  "customer-care:projects": {
    "pay-dev": { contactViewers: ["group:auditors@example.com"], services: ["cloudsupport.googleapis.com"] },
    "shop-dev": {
      contacts: { "shop-oncall@example.com": { language: "en", categories: ["technical-incidents", "technical"] } },
      editors: ["user:Ada@Example.com"],
      services: ["servicehealth.googleapis.com", "essentialcontacts.googleapis.com", "cloudsupport.googleapis.com"],
    },
  },
  "customer-care:folders": {
    "456789012345": {
      contacts: { "Leads@example.com": { categories: ["suspension"] } },
      editors: ["group:shop-leads@example.com"],
    },
  },
  "customer-care:organization": {
    contacts: {
      billing: [],
      "sre@example.com": { categories: ["security"] },
      "security@example.com": { categories: ["security"] },
      "finops@example.com": { language: "fr", categories: ["product-updates", "billing"] },
    },
    editors: ["user:lead@example.com", "group:sre@example.com"],
    administrators: ["group:support-admins@example.com"],
    domain: "Example.com",
  },
  "customer-care:valueAddedServices": ["media-cdn", "technical-account-advisor"],
  "customer-care:plan": "enhanced",
  "gcp:billingProject": "shop-dev",
  "gcp:userProjectOverride": "true",
};

/** One project and its test case. */
export const oneCase = (testCase: Readonly<Record<string, unknown>> = {}) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "shop-dev",
  "customer-care:plan": "enhanced",
  "customer-care:projects": { "shop-dev": {} },
  "customer-care:testCase": { project: "shop-dev", ...testCase },
});

/** The one value that the project demands of each stack, for a program that requires none. */
export const planAlone = { "customer-care:plan": "enhanced" };
