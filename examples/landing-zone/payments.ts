/** The single components, one by one, for a project whose team wants no more than these. */
import { EssentialContacts, ProjectServices, SupportAccess, TestSupportCase } from "customer-care";
import { place } from "./hierarchy.ts";
import { google } from "./settings.ts";

const {
  project: { projectId },
} = place("payments", "Payments");
const providers = { gcp: google };

export const services = new ProjectServices("payments", { projectId }, { providers });

const access = new SupportAccess("payments", { projectId, editors: ["group:payments@example.com"] }, { providers });

new EssentialContacts(
  "payments",
  { projectId, contacts: { "payments-oncall@example.com": { categories: ["technical", "suspension"] } } },
  { providers, dependsOn: services },
);

export const testCase = new TestSupportCase(
  "payments",
  { projectId, displayName: "Test of the payments project" },
  { providers, dependsOn: [services, access] },
);
