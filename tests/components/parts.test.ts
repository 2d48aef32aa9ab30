/** The parts one by one, as a landing zone may take them: each checks its args as the whole does. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { EssentialContacts, ProjectServices, SupportAccess, TestSupportCase } from "../../components/index.ts";
import { resources, useMocks } from "./mocks.ts";
import { withoutSection } from "../support/section.ts";

/** Not what the types allow, but what a JavaScript or a careless program writes. */
const wrong = <Args>(args: unknown) => args as Args;

describe("a part alone", () => {
  beforeEach(() => useMocks());

  it("creates what the whole creates of it", async () => {
    new ProjectServices("services", { projectId: "shop-dev", services: ["cloudsupport.googleapis.com"] });
    new SupportAccess("access", { folderId: pulumi.output("456789012345"), editors: ["user:Ada@example.com"] });
    new EssentialContacts("contacts", {
      organizationId: "123456789012",
      contacts: { security: ["Security@example.com"] },
    });
    new TestSupportCase("case", {
      projectId: "shop-dev",
      subscriberEmailAddresses: ["B@example.com", "a@example.com"],
    });
    const made = await resources();
    assert.deepEqual(
      made.filter(({ isComponent }) => !isComponent).map(({ type, name }) => `${type} ${name}`),
      [
        "gcp:folder/iAMMember:IAMMember access/editors/user:ada@example.com",
        "pulumi-nodejs:dynamic/customercare:SupportCase case",
        "pulumi:index:Stash case",
        "gcp:essentialcontacts/contact:Contact contacts/security@example.com",
        "gcp:projects/service:Service services/cloudsupport.googleapis.com",
      ],
    );
    const supportCase = made.find(({ type }) => type.endsWith(":SupportCase"));
    assert.deepEqual(supportCase?.inputs["subscriberEmailAddresses"], ["a@example.com", "b@example.com"]);
    assert.equal(supportCase?.inputs["testCase"], true);
  });

  const faults: [string, () => unknown, string][] = [
    [
      "a member without prefix",
      () => new SupportAccess("access", { projectId: "shop-dev", editors: ["ada@example.com"] }),
      'access:editors[0]: "ada@example.com" has no kind; write "user:ada@example.com" or "group:ada@example.com"',
    ],
    [
      "administrators below the organization",
      () => new SupportAccess("access", { projectId: "shop-dev", administrators: ["group:a@example.com"] }),
      "access:administrators: roles/cloudsupport.admin can be granted at the organization only; move the members to organization.administrators",
    ],
    [
      "a contact listed twice",
      () =>
        new EssentialContacts("contacts", {
          folderId: "456789012345",
          contacts: { legal: ["a@example.com"], "A@example.com": { categories: ["all"] } },
        }),
      'contacts:contacts["A@example.com"]: is also listed under legal; write the address in one of the two ways',
    ],
    [
      "an unknown service",
      () => new ProjectServices("services", wrong({ projectId: "shop-dev", services: ["compute.googleapis.com"] })),
      'services:services[0]: "compute.googleapis.com" is not a service of the guide; write cloudsupport.googleapis.com, essentialcontacts.googleapis.com, servicehealth.googleapis.com, recommender.googleapis.com, monitoring.googleapis.com, logging.googleapis.com or pubsub.googleapis.com',
    ],
    [
      "chat in another language than English",
      () => new TestSupportCase("case", { projectId: "shop-dev", channel: "chat", language: "fr" }),
      'case:channel: "chat" is available only in English, and the language is "fr"; write channel: email, or language: en',
    ],
    [
      "a key that is another part's, or none",
      () => new SupportAccess("access", wrong({ projectId: "shop-dev", editor: [], contacts: {}, editors: ["ada"] })),
      [
        'access:editor: "editor" is not a key here (did you mean editors?); write administrators, editors, contactAdministrators, contactViewers or acknowledge',
        'access:contacts: "contacts" is not a key here; write administrators, editors, contactAdministrators, contactViewers or acknowledge',
        'access:editors[0]: "ada" is not a member; write one such as "group:support@example.com", with user:, group:, serviceAccount:, principal:// or principalSet:// before it',
      ].join("\n"),
    ],
    [
      "a folder's resource name in place of its number",
      () => new SupportAccess("access", { folderId: "folders/456789012345", editors: ["user:ada@example.com"] }),
      'access:folderId: "folders/456789012345" is a resource name; write the folder\'s number alone: "456789012345"',
    ],
    [
      "a malformed project ID",
      () => new ProjectServices("services", { projectId: "Shop" }),
      'services:projectId: "Shop" is not a project ID (6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last); write one such as "shop-dev"',
    ],
    [
      "a test case for a folder",
      () => new TestSupportCase("case", wrong({ folderId: "456789012345", channel: "chat", language: "en" })),
      "case: a case belongs to a project or an organization; write projectId or organizationId instead of folderId",
    ],
    [
      "no args",
      () => new SupportAccess("access", wrong(undefined)),
      "access: none is set; write one of organizationId, folderId and projectId",
    ],
    [
      "no args of services",
      () => new ProjectServices("services", wrong(undefined)),
      'services:projectId: is missing; write "shop-dev"',
    ],
    [
      "two places at once",
      () => new SupportAccess("access", { projectId: "shop-dev", folderId: "456789012345" }),
      "access: folderId and projectId are set; write one of organizationId, folderId and projectId",
    ],
  ];
  for (const [what, declare, message] of faults)
    it(`refuses ${what}`, async () => {
      assert.throws(
        declare,
        (error: unknown) => pulumi.RunError.isInstance(error) && withoutSection(error.message, "config") === message,
      );
      assert.deepEqual(await resources(), []);
    });

  it("refuses a credential in plain text, which the state of any program would contain", async () => {
    pulumi.runtime.setAllConfig({ "gcp:accessToken": "ya29.planted" });
    try {
      assert.throws(
        () => new TestSupportCase("case", { projectId: "shop-dev" }),
        (error: unknown) =>
          pulumi.RunError.isInstance(error) &&
          error.message.startsWith("gcp:accessToken: is a credential in plain text") &&
          !error.message.includes("planted"),
      );
      assert.deepEqual(await resources(), []);
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });
});
