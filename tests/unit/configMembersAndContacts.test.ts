/** The one clear error for each member and each contact that a config may not have (onboarding/). */
import { describe } from "vitest";
import { categories, eachAlone } from "./configs.ts";
import type { Faults } from "./configs.ts";

describe("a config is refused for a member", () => {
  const atOrganizationOnly =
    "roles/cloudsupport.admin can be granted at the organization only; move the members to organization.administrators";
  const member = (value: unknown, error: string): Faults[string] => [
    ({ projects }) => (projects["shop-dev"]!["editors"] = ["group:oncall@example.com", value]),
    `projects.shop-dev.editors[1]: ${error}`,
  ];
  const kinds = "with user:, group:, serviceAccount:, principal:// or principalSet:// before it";
  eachAlone({
    "who is an administrator of a project": [
      ({ projects }) => (projects["shop-dev"]!["administrators"] = ["group:support-admins@example.com"]),
      `projects.shop-dev.administrators: ${atOrganizationOnly}`,
    ],
    "who is an administrator of a folder": [
      ({ folders }) => (folders["456789012345"]!["administrators"] = []),
      `folders.456789012345.administrators: ${atOrganizationOnly}`,
    ],
    "without its kind": member(
      "ada@example.com",
      '"ada@example.com" has no kind; write "user:ada@example.com" or "group:ada@example.com"',
    ),
    "that is only a word": member(
      "ada",
      `"ada" is not a member; write one such as "group:support@example.com", ${kinds}`,
    ),
    "of a kind that there is not": member(
      "projectOwner:shop-dev",
      '"projectOwner:shop-dev" is everyone with a basic role on a project, which only buckets and datasets accept; write one such as "group:support@example.com"',
    ),
    "whose kind is misspelt": member(
      "serviceaccount:bot@shop-dev.iam.gserviceaccount.com",
      '"serviceaccount:bot@shop-dev.iam.gserviceaccount.com" is not a member; write "serviceAccount:bot@shop-dev.iam.gserviceaccount.com"',
    ),
    "whose kind is misspelt, and whose address is none": member(
      "Group:support",
      '"Group:support" is not a member; write "group:support@example.com"',
    ),
    "with a bad address": member(
      "user:ada",
      '"user:ada" has no e-mail address after user:; write one such as "user:support@example.com"',
    ),
    "with no address": member(
      "serviceAccount:",
      '"serviceAccount:" has no e-mail address after serviceAccount:; write one such as "serviceAccount:name@project-id.iam.gserviceaccount.com"',
    ),
    "with a line break": member(
      "User:ada@example.com\nallUsers",
      '"User:ada@example.com\\nallUsers" has a control character (U+000A); write the name exactly as in Google or the identity provider, such as "group:support@example.com"',
    ),
    "who is everyone": member(
      "allUsers",
      '"allUsers" is everyone on the internet and must not get a support role; write one such as "group:support@example.com"',
    ),
    "who is everyone with an account": member(
      "allAuthenticatedUsers",
      '"allAuthenticatedUsers" is everyone on the internet and must not get a support role; write one such as "group:support@example.com"',
    ),
    "who is everyone of a domain": member(
      "domain:shop.example.com",
      '"domain:shop.example.com" is everyone in a domain and must not get a support role; write a group instead, such as "group:support@shop.example.com"',
    ),
    "who was deleted": member(
      "deleted:user:ada@example.com?uid=1",
      '"deleted:user:ada@example.com?uid=1" is a deleted principal, to which nothing can be granted; leave it out',
    ),
    "of a pool, not fully named": member(
      "principal://iam.googleapis.com/ada",
      '"principal://iam.googleapis.com/ada" is not a federated principal; write principal://iam.googleapis.com/locations/global/workforcePools/POOL/subject/SUBJECT, or the same of a workload identity pool',
    ),
    "that is a set of a pool, not fully named": member(
      "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada",
      '"principalSet://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada" is not a set of federated principals; write "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada"',
    ),
    "who is a Kubernetes service account, and written as a user": member(
      "user:shop-dev.svc.id.goog[support/bot]",
      '"user:shop-dev.svc.id.goog[support/bot]" has no e-mail address after user:; write one such as "user:support@example.com"',
    ),
    "that is long": member(
      `user:${"a".repeat(1000)}`,
      `"user:${"a".repeat(114)}... (the first 120 of 1007 characters) has no e-mail address after user:; write one such as "user:support@example.com"`,
    ),
    "that is no text": member(null, 'has no value; write one, such as "group:support@example.com"'),
    "outside of a list": [
      ({ organization }) => (organization["editors"] = "group:sre@example.com"),
      'organization.editors: "group:sre@example.com" is not a list; write ["group:sre@example.com"]',
    ],
    "under a name": [
      ({ organization }) => (organization["editors"] = { oncall: "group:sre@example.com" }),
      'organization.editors: {"oncall":"group:sre@example.com"} is not a list; write ["group:sre@example.com"]',
    ],
    "as a key": [
      ({ organization }) => (organization["editors"] = { "group:sre@example.com": null }),
      'organization.editors: {"group:sre@example.com":null} is not a list; write ["group:sre@example.com"]',
    ],
    "who has a character that does not show": member(
      "user:ada\u200b@example.com",
      '"user:ada\\u{200b}@example.com" has an invisible character (U+200B); write the name exactly as in Google or the identity provider, such as "group:support@example.com"',
    ),
    "who is listed twice, in two spellings": [
      ({ projects }) => (projects["shop-dev"]!["editors"] = ["user:Ada@example.com", "user:ada@example.com"]),
      'projects.shop-dev.editors: "user:ada@example.com" is listed twice; write it once',
    ],
  });
});

describe("a config is refused for a contact", () => {
  const contacts = (value: unknown, error: string): Faults[string] => [
    ({ projects }) => (projects["shop-dev"]!["contacts"] = value),
    `projects.shop-dev.contacts${error}`,
  ];
  const quotedLocalPart =
    '"\\"a@b\\"@example.com" has a local part in quotation marks, which no Google account or group has; write an address without them, such as "security@example.com"';
  eachAlone({
    "whose address is malformed": contacts(
      { technical: ["oncall@example.com", "shop-oncall@example"] },
      '.technical[1]: "shop-oncall@example" is not an e-mail address; write one such as "security@example.com"',
    ),
    "whose address has a quoted local part": contacts(
      { technical: ['"a@b"@example.com'] },
      `.technical[0]: ${quotedLocalPart}`,
    ),
    "whose address has a quoted local part, as a key": contacts(
      { '"a@b"@example.com': { categories: ["technical"] } },
      `["\\"a@b\\"@example.com"]: ${quotedLocalPart}`,
    ),
    "whose address is a member": contacts(
      { technical: ["group:oncall@example.com"] },
      '.technical[0]: "group:oncall@example.com" is not an e-mail address; write "oncall@example.com"',
    ),
    "whose address is malformed, as a key": contacts(
      { "oncall@example": { categories: ["technical"] } },
      `.oncall@example: "oncall@example" is neither a notification category nor an e-mail address; write ${categories}, or an address with its categories`,
    ),
    "that is listed twice in a category": contacts(
      { technical: ["Oncall@example.com", "oncall@example.com"] },
      '.technical: "oncall@example.com" is listed twice; write it once',
    ),
    "that is listed twice by address": contacts(
      { "Oncall@example.com": { categories: ["technical"] }, "oncall@example.com": { categories: ["legal"] } },
      '["oncall@example.com"]: is also listed as Oncall@example.com; write it once',
    ),
    "that is listed by category and by address": contacts(
      {
        technical: ["oncall@example.com"],
        legal: ["oncall@example.com"],
        "Oncall@example.com": { categories: ["all"] },
      },
      '["Oncall@example.com"]: is also listed under technical and legal; write the address in one of the two ways',
    ),
    "that gets a category twice": contacts(
      { "oncall@example.com": { categories: ["legal", "technical", "legal"] } },
      '["oncall@example.com"].categories: "legal" is listed twice; write it once',
    ),
    "that gets no category": contacts(
      { "oncall@example.com": { categories: [] } },
      '["oncall@example.com"].categories: is empty; write at least one notification category, or leave the contact out',
    ),
    "without a category": contacts(
      { "oncall@example.com": { language: "fr" } },
      '["oncall@example.com"].categories: is missing; write [security, billing]',
    ),
    "with categories in place of its details": contacts(
      { "oncall@example.com": ["technical"] },
      '["oncall@example.com"]: ["technical"] is not a contact\'s details; write {categories: ["technical"]}, or a map of categories or language',
    ),
    "outside of a list": contacts(
      { technical: "oncall@example.com" },
      '.technical: "oncall@example.com" is not a list; write ["oncall@example.com"]',
    ),
    "outside of a map": contacts(
      ["oncall@example.com"],
      ': ["oncall@example.com"] is not a map of contacts; write a category with its addresses, such as {security: ["oncall@example.com"]}, or an address with its categories',
    ),
  });
});
