/** Contacts and grants that exist already, in Google Cloud or in a state. */
import { healthy, organizationName } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const contact = (parent: string, email: string, id: number) => ({
  name: `${parent}/contacts/${String(id)}`,
  email,
  notificationCategorySubscriptions: ["SECURITY"],
  languageTag: "en",
  validationState: "VALID" as const,
  validateTime: "2026-01-01T00:00:00Z",
});

export const resources: readonly Scenario[] = [
  {
    when: "a contact is there already",
    given: { config: healthy },
    plant: (cloud) => {
      cloud.state.contacts.set("x", contact("projects/100000000001", "Shop-Oncall@example.com", 7));
    },
    found: ["error contact-exists projects/shop-dev"],
    remedy: "npm run --silent care -- adopt --stack dev --file adopt.json",
  },
  {
    when: "a contact is there already, and in this stack's state",
    given: {
      config: healthy,
      states: { claims: [{ urn: "", resource: "projects/shop-dev", thing: "shop-oncall@example.com" }] },
    },
    plant: (cloud) => {
      cloud.state.contacts.set("x", contact("projects/100000000001", "shop-oncall@example.com", 7));
    },
    found: [],
  },
  ...(["SECURITY", "TECHNICAL"] as const).map((category): Scenario => ({
    when: `somebody has deleted a contact, and the state has it with the category ${category}`,
    given: {
      config: healthy,
      states: {
        claims: [{ urn: "", resource: "projects/shop-dev", thing: "shop-oncall@example.com" }],
        contacts: [
          {
            name: "projects/100000000001/contacts/7",
            resource: "projects/shop-dev",
            email: "shop-oncall@example.com",
            categories: [category],
            language: "en",
          },
        ],
      },
    },
    found: category === "TECHNICAL" ? [] : ["error contact-gone projects/shop-dev"],
    ...(category === "SECURITY" && { remedy: "run pulumi up --refresh, which creates it again" }),
  })),
  {
    when: "a grant is there already",
    given: {
      config: {
        plan: "enhanced",
        organization: { domain: "example.com", administrators: ["group:gcp-billing-admins@example.com"] },
      },
    },
    found: [`note grant-exists ${organizationName}`],
    remedy: "if the stack must never remove it, leave it out of customer-care:organization.administrators",
  },
  {
    when: "a grant is there already, under a condition: another one",
    given: {
      config: {
        plan: "enhanced",
        organization: { domain: "example.com", editors: ["user:contractor@partner.example"] },
      },
    },
    found: [],
  },
  {
    when: "another stack has the same contact and the same grant",
    given: {
      config: healthy,
      states: {
        others: [
          {
            name: "org",
            claims: [
              { urn: "", resource: "projects/100000000001", thing: "shop-oncall@example.com" },
              {
                urn: "",
                resource: "projects/shop-dev",
                thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
              },
              {
                urn: "",
                resource: "projects/pay-dev",
                thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
              },
            ],
          },
        ],
      },
    },
    found: ["warning claimed-twice projects/shop-dev", "warning claimed-twice projects/shop-dev"],
    what: /^The grant of roles\/cloudsupport\.techSupportEditor to user:ada@example\.com: the stack org has it too\./,
    remedy:
      "if it moves to dev, update org first; else remove it from customer-care:projects.shop-dev.editors of dev, or from the config of org",
  },
];
