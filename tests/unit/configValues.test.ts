/** The one clear error for each value and each key that a config may not have (onboarding/). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { acknowledgeableIds, oneOf } from "../../onboarding/index.ts";
import { categories, changed, eachAlone, keys, errorsOf, planList } from "./configs.ts";
import type { Change } from "./configs.ts";

const acknowledgeable = oneOf(acknowledgeableIds);

const services =
  "cloudsupport.googleapis.com, essentialcontacts.googleapis.com, servicehealth.googleapis.com, recommender.googleapis.com, monitoring.googleapis.com, logging.googleapis.com or pubsub.googleapis.com";

describe("a config is refused for an unknown", () => {
  eachAlone({
    "key, and the near one is named": [
      (config) => (config["organisation"] = { domain: "example.com" }),
      `organisation: "organisation" is not a key here (did you mean organization?); write ${keys.config}`,
    ],
    "key that is near none": [
      (config) => (config["region"] = "europe-west1"),
      `region: "region" is not a key here; write ${keys.config}`,
    ],
    "key of the organization": [
      ({ organization }) => (organization["name"] = "example"),
      `organization.name: "name" is not a key here; write ${keys.organization}`,
    ],
    "key of a folder": [
      ({ folders }) => (folders["456789012345"]!["folderID"] = "456789012345"),
      `folders.456789012345.folderID: "folderID" is not a key here (did you mean folderId?); write ${keys.folder}`,
    ],
    "key of a project": [
      ({ projects }) => (projects["shop-dev"]!["editor"] = ["user:ada@example.com"]),
      `projects.shop-dev.editor: "editor" is not a key here (did you mean editors?); write ${keys.project}`,
    ],
    "key of a test case": [
      ({ testCase }) => (testCase["escalate"] = true),
      `testCase.escalate: "escalate" is not a key here (did you mean escalation?); write ${keys.testCase}`,
    ],
    "key of a contact": [
      ({ organization }) =>
        (organization["contacts"] = { "finops@example.com": { categories: ["billing"], name: "FinOps" } }),
      'organization.contacts["finops@example.com"].name: "name" is not a key here; write categories or language',
    ],
    plan: [(config) => (config.plan = "advanced"), `plan: "advanced" is not a plan; write ${planList}`],
    "plan, and the near one is named": [
      (config) => (config.plan = "Premum"),
      `plan: "Premum" is not a plan (did you mean premium?); write ${planList}`,
    ],
    "category with addresses": [
      ({ organization }) => (organization["contacts"] = { secrity: ["security@example.com"] }),
      `organization.contacts.secrity: "secrity" is neither a notification category nor an e-mail address (did you mean security?); write ${categories}, or an address with its categories`,
    ],
    "category in capitals": [
      ({ organization }) => (organization["contacts"] = { LEGAL: ["legal@example.com"] }),
      `organization.contacts.LEGAL: "LEGAL" is neither a notification category nor an e-mail address (did you mean legal?); write ${categories}, or an address with its categories`,
    ],
    "category of an address": [
      ({ organization }) => (organization["contacts"] = { "finops@example.com": { categories: ["invoices"] } }),
      `organization.contacts["finops@example.com"].categories[0]: "invoices" is not a notification category; write ${categories}`,
    ],
    service: [
      ({ projects }) => (projects["shop-dev"]!["services"] = ["compute.googleapis.com"]),
      `projects.shop-dev.services[0]: "compute.googleapis.com" is not a service of the guide; write ${services}`,
    ],
    "service, and the near one is named": [
      ({ projects }) =>
        (projects["shop-dev"]!["services"] = ["cloudsupport.googleapis.com", "servicehelth.googleapis.com"]),
      `projects.shop-dev.services[1]: "servicehelth.googleapis.com" is not a service of the guide (did you mean servicehealth.googleapis.com?); write ${services}`,
    ],
    "value-added service": [
      (config) => (config["valueAddedServices"] = ["tam"]),
      'valueAddedServices[0]: "tam" is not a value-added service; write technical-account-advisor, planned-event-support, assured-support, media-cdn or mission-critical-services',
    ],
    "language of a contact": [
      ({ organization }) =>
        (organization["contacts"] = { "finops@example.com": { categories: ["billing"], language: "french" } }),
      'organization.contacts["finops@example.com"].language: "french" is not a language (did you mean fr?); write a BCP-47 tag such as "en", "fr" or "pt-BR"',
    ],
    "language that no tag can be": [
      ({ organization }) =>
        (organization["contacts"] = { "finops@example.com": { categories: ["billing"], language: "fr_FR" } }),
      'organization.contacts["finops@example.com"].language: "fr_FR" is not a language (did you mean fr-FR?); write a BCP-47 tag such as "en", "fr" or "pt-BR"',
    ],
    "language of the test case": [
      ({ testCase }) => (testCase["language"] = "de"),
      'testCase.language: "de" is not a language of Customer Care; write en, fr, ja, ko, zh-CN or zh-TW',
    ],
    priority: [
      ({ testCase }) => (testCase["priority"] = "P0"),
      'testCase.priority: "P0" is not a priority; write P1, P2, P3 or P4',
    ],
    channel: [
      ({ testCase }) => (testCase["channel"] = "phone"),
      'testCase.channel: "phone" is not a channel; write email or chat',
    ],
    "time zone": [
      ({ testCase }) => (testCase["timeZone"] = "Mars/Olympus"),
      'testCase.timeZone: "Mars/Olympus" is not an IANA time zone; write one such as "Europe/Paris"',
    ],
    "time zone, of which there is only an offset": [
      ({ testCase }) => (testCase["timeZone"] = "+05:30"),
      'testCase.timeZone: "+05:30" is an offset, which ignores daylight saving time; write an IANA time zone such as "Europe/Paris"',
    ],
  });
});

describe("a config is refused for a name that is none:", () => {
  const projectIdRule =
    'is not a project ID (6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last); write one such as "shop-dev"';
  eachAlone({
    "an organization without one": [
      ({ organization }) => delete organization["id"],
      'organization: has neither domain nor id; write domain, such as "example.com", or id, such as "123456789012"',
    ],
    "an organization's number": [
      ({ organization }) => (organization["id"] = "example"),
      'organization.id: "example" is not the number of an organization; write one such as "123456789012"',
    ],
    "an organization's resource name": [
      ({ organization }) => (organization["id"] = "organizations/123456789012"),
      'organization.id: "organizations/123456789012" is a resource name; write the organization\'s number alone: "123456789012"',
    ],
    "an organization's number that is not quoted": [
      ({ organization }) => (organization["id"] = 123456789012),
      'organization.id: 123456789012 is a number in YAML; quote it: "123456789012"',
    ],
    "a domain": [
      (config) => (config.organization = { domain: "https://example.com" }),
      'organization.domain: "https://example.com" is not a domain; write "example.com"',
    ],
    "a domain that is a number": [
      (config) => (config.organization = { domain: "123456789012" }),
      'organization.domain: "123456789012" is not a domain; write the organization\'s domain, such as "example.com", or its number under id: "123456789012"',
    ],
    "a domain that is a number without quotes": [
      (config) => (config.organization = { domain: 123456789012 }),
      'organization.domain: "123456789012" is not a domain; write the organization\'s domain, such as "example.com", or its number under id: "123456789012"',
    ],
    "a folder's number": [
      ({ folders }) => (folders["shop"] = {}),
      'folders.shop: "shop" is not the number of a folder; write one such as "456789012345", or use any name as the key and add folderId',
    ],
    "a folder's number next to its name": [
      ({ folders }) => (folders["shop"] = { folderId: "folders/1" }),
      'folders.shop.folderId: "folders/1" is a resource name; write the folder\'s number alone: "1"',
    ],
    "a project's ID": [
      ({ projects }) => (projects["Shop_Dev"] = {}),
      `projects.Shop_Dev: "Shop_Dev" ${projectIdRule}, or use any name as the key and add projectId`,
    ],
    "a project's ID next to its name": [
      ({ projects }) => (projects["shop"] = { projectId: "shop" }),
      `projects.shop.projectId: "shop" ${projectIdRule}`,
    ],
    "a project's number": [
      ({ projects }) => (projects["100000000001"] = {}),
      'projects.100000000001: "100000000001" is a project number; write the project\'s ID, such as "shop-dev", or use any name as the key and add projectId',
    ],
    "a project's resource name": [
      ({ projects }) => (projects["shop"] = { projectId: "projects/shop-prod" }),
      'projects.shop.projectId: "projects/shop-prod" is a resource name; write the project\'s ID alone: "shop-prod"',
    ],
    "what a project goes by": [
      ({ projects }) => (projects["the shop"] = { projectId: "shop-prod" }),
      'projects["the shop"]: "the shop" is not a name (letters, digits, dots, hyphens and underscores); write one such as "shop"',
    ],
  });
});

describe("a config is refused for a list or a text:", () => {
  eachAlone({
    "a service that is listed twice": [
      ({ projects }) =>
        (projects["shop-dev"]!["services"] = ["cloudsupport.googleapis.com", "cloudsupport.googleapis.com"]),
      'projects.shop-dev.services: "cloudsupport.googleapis.com" is listed twice; write it once',
    ],
    "a value-added service that is listed twice": [
      (config) => (config["valueAddedServices"] = ["media-cdn", "media-cdn"]),
      'valueAddedServices: "media-cdn" is listed twice; write it once',
    ],
    "a subscriber who is listed twice": [
      ({ testCase }) => (testCase["subscriberEmailAddresses"] = ["Ada@example.com", "ada@example.com"]),
      'testCase.subscriberEmailAddresses: "ada@example.com" is listed twice; write it once',
    ],
    "a blank title": [
      ({ testCase }) => (testCase["displayName"] = " "),
      'testCase.displayName: " " is blank; write "Test issue"',
    ],
    "a title of two lines": [
      ({ testCase }) => (testCase["displayName"] = "One\nTwo"),
      'testCase.displayName: "One\\nTwo" is not one line; write "One Two"',
    ],
    "a text with a control character": [
      ({ testCase }) => (testCase["description"] = "One\u0000Two"),
      'testCase.description: "One\\u0000Two" has a control character; write a text without it, such as "Test issue"',
    ],
    "an address that is too long": [
      ({ testCase }) => (testCase["subscriberEmailAddresses"] = [`${"a".repeat(65)}@example.com`]),
      `testCase.subscriberEmailAddresses[0]: "${"a".repeat(65)}@example.com" has a part before the @ of 65 characters, and 64 is the maximum; write one such as "security@example.com"`,
    ],
    "an address with a blank": [
      ({ testCase }) => (testCase["subscriberEmailAddresses"] = ["ada@example.com "]),
      'testCase.subscriberEmailAddresses[0]: "ada@example.com " has a space (U+0020); write "ada@example.com"',
    ],
    "a text for true": [
      ({ testCase }) => (testCase["keepOpen"] = "yes"),
      'testCase.keepOpen: "yes" is not true or false; write true, unquoted',
    ],
    "a project for a test case": [
      (config) => Object.assign(config, { testCase: "shop-dev" }),
      `testCase: "shop-dev" is not a test case; write {project: "shop-dev"}, or a map of ${keys.testCase}`,
    ],
  });
});

describe("a config is refused for what it acknowledges:", () => {
  const acknowledging =
    (value: unknown): Change =>
    (config) =>
      ((config as Record<string, unknown>)["acknowledge"] = value);
  eachAlone({
    "an unknown finding, and the near one is named": [
      acknowledging({ "member-restrcted projects/shop-dev": "A partner" }),
      `acknowledge["member-restrcted projects/shop-dev"]: "member-restrcted projects/shop-dev" does not start with the name of a finding (did you mean "member-restricted projects/shop-dev"?); write ${acknowledgeable}, alone or with a place after it`,
    ],
    "a finding that is always an error": [
      acknowledging({ "policy-full": "It is full" }),
      "acknowledge.policy-full: policy-full is always an error, and an error cannot be acknowledged; fix what it reports",
    ],
    "a note about acknowledging": [
      acknowledging({ "acknowledgement-unused": "We know" }),
      "acknowledge.acknowledgement-unused: acknowledgement-unused is a note about this section; leave it out",
    ],
    "no reason": [
      acknowledging({ "grant-exists": " " }),
      'acknowledge.grant-exists: " " is blank; write "The incident team calls us"',
    ],
    "a reason that is none": [
      acknowledging({ "grant-exists": true }),
      'acknowledge.grant-exists: true is not a reason; write "The incident team calls us"',
    ],
    "a list": [
      acknowledging(["grant-exists"]),
      'acknowledge: ["grant-exists"] is not a map of reasons; write the name of a finding with the reason, such as {incidents-redirected: The incident team calls us}',
    ],
  });

  it("a credential in the reason, which is not shown", () => {
    const secret = `ya29.${"a0Bc9dE".repeat(6)}`;
    assert.deepEqual(errorsOf(changed(acknowledging({ "grant-exists": `By ${secret}` }))), [
      "customer-care:acknowledge.grant-exists: has the form of a credential; write the reason without it",
    ]);
  });
});
