/** The policies on contacts: in allowed domains, and none of the benchmark's categories left out. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { notificationCategories, notificationCategoryNames, roles } from "../../guide/index.ts";
import type { NotificationCategory } from "../../guide/index.ts";
import { contactDomains, contactsInOtherDomains, uncoveredCategories } from "../../policy/contacts.ts";
import { cisCategories } from "../../guide/index.ts";
import { reportedBy, resourceOf, unknown } from "./policy.ts";

const contact = (props: Record<string, unknown>) => resourceOf("gcp:essentialcontacts/contact:Contact", props);

describe("contact-domains", () => {
  const at = (email: string) => contact({ parent: "projects/shop-dev", email });
  const allowed = { allowedDomains: ["example.com", "example.org"] };

  it("refuses an address of another domain, and shows the domain alone", () =>
    assert.deepEqual(contactsInOtherDomains(at("ada@gmail.com"), allowed), [
      'the contact at projects/shop-dev has an address in the domain "gmail.com"; write one of example.com or example.org, or add the domain to allowedDomains of this policy\'s config',
    ]));

  it("takes an address of an allowed domain, in capitals too, and not of one that is like it", () => {
    for (const email of ["ada@example.com", "ada@Example.ORG", '"ada@home"@example.com'])
      assert.deepEqual(contactsInOtherDomains(at(email), allowed), [], email);
    for (const email of ["ada@eu.example.com", "ada@notexample.com", "ada@example.com.evil.net"])
      assert.equal(contactsInOtherDomains(at(email), allowed).length, 1, email);
    assert.deepEqual(contactsInOtherDomains(at("ada@example.com"), { allowedDomains: ["EXAMPLE.com"] }), []);
  });

  it("takes every domain where none is named", () =>
    assert.deepEqual(contactsInOtherDomains(at("ada@gmail.com"), { allowedDomains: [] }), []));

  it("reports nothing while the address is unknown, whether or not its place is known", async () => {
    assert.deepEqual(await reportedBy(contactDomains, at(unknown), allowed), []);
    assert.match(
      String(await reportedBy(contactDomains, contact({ parent: unknown, email: "ada@gmail.com" }), allowed)),
      /the contact at its parent has/,
    );
  });

  it("never shows the part before the domain", () =>
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const name = email.slice(0, email.lastIndexOf("@"));
        const text = contactsInOtherDomains(at(`secret-${name}@gmail.com`), allowed).join();
        return text !== "" && !text.includes(`secret-${name}`);
      }),
    ));
});

describe("organization-contacts", () => {
  const names = (categories: readonly NotificationCategory[]) =>
    categories.map((category) => notificationCategories[category].apiName);
  const contactAt = (parent: string, ...categories: NotificationCategory[]) =>
    contact({ parent, email: "a@example.com", notificationCategorySubscriptions: names(categories) });
  const grantAt = (orgId: string, role: string = roles.administrators.role) =>
    resourceOf("gcp:organizations/iAMMember:IAMMember", { orgId, role, member: "group:a@example.com" });

  it("reports the categories that no contact of the organization is notified of", () =>
    assert.deepEqual(
      uncoveredCategories([
        contactAt("organizations/123", "security", "billing"),
        contactAt("organizations/123", "legal"),
      ]),
      [
        "no contact of organizations/123 in this stack gets suspension and technical, which the CIS benchmark requires; add an address for each to the contacts of the organization, such as suspension: [suspension@example.com], or one for all",
      ],
    ));

  it("accepts contacts that together are notified of the benchmark's categories, or one that is notified of all", () => {
    assert.deepEqual(uncoveredCategories(cisCategories.map((name) => contactAt("organizations/123", name))), []);
    assert.deepEqual(uncoveredCategories([contactAt("organizations/123", "all")]), []);
  });

  it("does not take technical-incidents for technical", () =>
    assert.match(
      String(
        uncoveredCategories([contactAt("organizations/123", "legal", "security", "suspension", "technical-incidents")]),
      ),
      /gets technical, which/,
    ));

  it("judges a stack that grants support or contact roles at the organization, though it has no contact", () => {
    for (const { role } of Object.values(roles))
      assert.match(
        String(uncoveredCategories([grantAt("123", role)])),
        /organizations\/123 .* suspension, security, technical and legal,/,
      );
  });

  it("judges each organization by its own contacts", () => {
    const messages = uncoveredCategories([contactAt("organizations/1", "all"), grantAt("1"), grantAt("2")]);
    assert.deepEqual(
      messages.map((message) => /organizations\/\d+/.exec(message)?.[0]),
      ["organizations/2"],
    );
  });

  it("reports nothing for a stack without an organization of its own", () => {
    for (const resources of [
      [],
      [contactAt("projects/shop-dev", "technical"), contactAt("folders/456", "technical")],
      [grantAt("123", "roles/logging.viewer")],
      [resourceOf("gcp:projects/iAMMember:IAMMember", { project: "shop-dev", role: roles.editors.role })],
    ])
      assert.deepEqual(uncoveredCategories(resources), []);
  });

  it("does not count the contacts of folders and projects", () =>
    assert.equal(uncoveredCategories([grantAt("123"), contactAt("projects/shop-dev", "all")]).length, 1));

  it("assumes that unknown values are the missing ones", () => {
    const unknownCategories = contact({ parent: "organizations/123", notificationCategorySubscriptions: unknown });
    const oneUnknown = contact({ parent: "organizations/123", notificationCategorySubscriptions: ["LEGAL", unknown] });
    assert.deepEqual(uncoveredCategories([unknownCategories]), []);
    assert.deepEqual(uncoveredCategories([oneUnknown]), []);
    assert.deepEqual(uncoveredCategories([grantAt("123"), contactAt(unknown, "all")]), []);
    assert.match(
      String(uncoveredCategories([grantAt("123"), contactAt(unknown, "legal")])),
      /gets suspension, security and technical,/,
    );
    assert.deepEqual(uncoveredCategories([grantAt(unknown), grantAt("123", unknown)]), []);
  });

  it("reports exactly the missing categories, whoever is notified of the rest and in any order", () =>
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.constantFrom(...notificationCategoryNames))), (contacts) => {
        const notified = new Set(contacts.flat());
        const leftOut = notified.has("all") ? [] : cisCategories.filter((name) => !notified.has(name));
        const resources = [grantAt("123"), ...contacts.map((names) => contactAt("organizations/123", ...names))];
        const listed = /gets (.*), which/.exec(uncoveredCategories(resources).join())?.[1];
        assert.deepEqual(listed?.split(/, | and /) ?? [], leftOut);
      }),
    ));
});
