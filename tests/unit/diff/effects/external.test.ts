/** What leaves the organization comes first: texts of a case, and access for members of other domains. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { testCaseDefaults } from "../../../../guide/index.ts";
import { step, types } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";
import { changesAtHome, cut } from "./changes.ts";

describe("text of a case", () => {
  const guides = { ...testCaseDefaults, parent: "projects/shop-dev", testCase: true, subscriberEmailAddresses: [] };
  const beforeOutputs = { ...guides, name: "projects/shop-dev/cases/1", state: "NEW" };
  const field = fc.constantFrom("displayName", "description", "errorMessage", "businessImpact", "vmInstances");
  const written = fc.oneof(fc.string({ minLength: 1 }), fc.constant("db password is hunter2"));

  it("leaves the organization where it is not the guide's, in a case that is created, replaced, taken over or changed", () => {
    fc.assert(
      fc.property(field, written, (name, own) => {
        fc.pre(own !== guides[name as keyof typeof guides]);
        const after = { ...guides, [name]: own };
        for (const one of [
          step("create", types.supportCase, { after }),
          step("create", types.supportCase, {
            after: { parent: guides.parent, adopt: "projects/a/cases/1", [name]: own },
          }),
          step("replace", types.supportCase, { before: guides, beforeOutputs, after, replaceReasons: [name] }),
          step("update", types.supportCase, { before: guides, beforeOutputs, after }),
          step("update", types.supportCase, {
            before: after,
            beforeOutputs: after,
            after: { ...after, [name]: `${own}2` },
          }),
        ]) {
          const [change] = changesAtHome(one);
          assert.ok(change?.kinds.includes("external"), JSON.stringify(one));
          assert.ok(change?.text.includes(cut(own)), change?.text);
        }
      }),
    );
  });

  it("does where it is a secret or not known yet", () => {
    for (const hidden of ["[secret]", unknownValue])
      assert.deepEqual(
        changesAtHome(step("create", types.supportCase, { after: { ...guides, errorMessage: hidden } }))[0]?.kinds,
        ["external"],
      );
  });

  it("stays where it is the guide's, or was sent already", () => {
    assert.deepEqual(changesAtHome(step("create", types.supportCase, { after: guides }))[0]?.kinds, []);
    const own = { ...guides, description: "Our own" };
    const changed = { before: own, beforeOutputs: { ...beforeOutputs, ...own }, after: { ...own, priority: "P3" } };
    assert.deepEqual(changesAtHome(step("update", types.supportCase, { ...changed }))[0]?.kinds, ["case-close"]);
  });

  it("goes to an agent where an update turns the case into a real one", () => {
    const open = { ...guides, keepOpen: true };
    for (const testCase of [false, "[secret]", unknownValue]) {
      const [change] = changesAtHome(
        step("update", types.supportCase, { before: open, beforeOutputs, after: { ...open, testCase } }),
      );
      assert.deepEqual(change?.kinds, ["external", "real-case"]);
      assert.match(change.text, /a real one, which a support agent gets/);
    }
  });
});

describe("somebody of another domain", () => {
  const domain = fc.oneof(
    fc.domain(),
    fc.constantFrom("evil.com", "sub.example.com", "example.com.evil.com", "xexample.com", "example.co"),
  );
  const wherever = fc.constantFrom(
    types.projectGrant,
    types.folderGrant,
    types.organizationGrant,
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "gcp:serviceaccount/iAMMember:IAMMember",
  );
  const role = fc.constantFrom(
    "roles/cloudsupport.techSupportEditor",
    "roles/logging.viewer",
    "roles/owner",
    "[secret]",
  );
  const kindsOf = (...all: readonly WrittenStep[]) => changesAtHome(...all)[0]?.kinds ?? [];

  it("gets a role first, and as what leaves the organization; one of its own domain does not", () => {
    fc.assert(
      fc.property(wherever, role, fc.constantFrom("user", "group", "domain"), domain, (type, given, kind, other) => {
        fc.pre(other.toLowerCase() !== "example.com");
        const at = (where: string) => ({
          project: "shop-dev",
          role: given,
          member: kind === "domain" ? `domain:${where}` : `${kind}:eve@${where}`,
        });
        const [away, home] = [at(other), at("example.com")];
        assert.ok(kindsOf(step("create", type, { after: away })).includes("external"), other);
        assert.ok(kindsOf(step("update", type, { before: home, after: away })).includes("external"), other);
        assert.ok(!kindsOf(step("create", type, { after: home })).includes("external"));
        assert.ok(!kindsOf(step("delete", type, { before: away })).includes("external"));
      }),
    );
  });

  it("becomes a contact, or gets more notifications, first", () => {
    fc.assert(
      fc.property(domain, (other) => {
        fc.pre(other.toLowerCase() !== "example.com");
        const contact = { parent: "projects/shop-dev", notificationCategorySubscriptions: ["LEGAL"] };
        const [away, home] = [
          { ...contact, email: `eve@${other}` },
          { ...contact, email: "ada@example.com" },
        ];
        const more = { ...away, notificationCategorySubscriptions: ["LEGAL", "SECURITY"] };
        for (const one of [
          step("create", types.contact, { after: away }),
          step("replace", types.contact, { before: home, after: away, replaceReasons: ["email"] }),
          step("update", types.contact, { before: home, after: away }),
          step("update", types.contact, { before: away, after: more }),
        ])
          assert.ok(kindsOf(one).includes("external"), JSON.stringify(one));
        assert.deepEqual(kindsOf(step("create", types.contact, { after: home })), []);
      }),
    );
  });

  it("is whoever is everyone, and perhaps a service account or whom the preview does not show", () => {
    const editor = (member: unknown) => ({ project: "p", role: "roles/cloudsupport.techSupportEditor", member });
    for (const member of [
      "allUsers",
      "allAuthenticatedUsers",
      "principalSet://goog/public:all",
      "[secret]",
      unknownValue,
    ])
      assert.deepEqual(kindsOf(step("create", types.projectGrant, { after: editor(member) })), ["external"]);
    const account = "serviceAccount:ci@other-project.iam.gserviceaccount.com";
    assert.deepEqual(kindsOf(step("create", types.projectGrant, { after: editor(account) })), ["external"]);
  });
});

describe("a resource outside of the guide that gives access", () => {
  for (const [type, after, kinds] of [
    ["gcp:cloudidentity/groupMembership:GroupMembership", { preferredMemberKey: { id: "spy@evil.com" } }, ["external"]],
    [
      "gcp:storage/bucketAccessControl:BucketAccessControl",
      { role: "OWNER", entity: "allUsers" },
      ["external", "privileged-grant"],
    ],
    [
      "gcp:storage/bucketAccessControl:BucketAccessControl",
      { role: "READER", entity: "user-spy@evil.com" },
      ["external"],
    ],
    ["gcp:bigquery/datasetAccess:DatasetAccess", { role: "READER", userByEmail: "spy@evil.com" }, ["external"]],
    [
      "google-native:cloudresourcemanager/v1:ProjectIamPolicy",
      { bindings: [{ role: "roles/owner", members: ["user:spy@evil.com"] }] },
      ["external", "privileged-grant"],
    ],
    [
      "google-native:storage/v1:BucketIamMember",
      { role: "roles/owner", member: "user:ada@example.com" },
      ["privileged-grant"],
    ],
    ["some:new/thing:Thing", { members: ["group:spies@evil.com"] }, ["external"]],
    [
      "some:new/thing:Thing",
      { policy: '{"bindings":[{"role":"roles/owner","members":["user:spy@evil.com"]}]}' },
      ["external", "privileged-grant"],
    ],
    ["gcp:orgpolicy/policy:Policy", { name: "organizations/1/policies/iam.allowedPolicyMemberDomains" }, []],
    ["gcp:projects/iAMAuditConfig:IAMAuditConfig", { service: "allServices" }, []],
  ] as const)
    it(`comes first with its properties: ${type} ${Object.keys(after).join(", ")}`, () => {
      const [change] = changesAtHome(step("create", type, { after, name: "it" }));
      assert.deepEqual(change?.kinds, ["unknown", ...kinds]);
      for (const name of Object.keys(after)) if (name !== "policy") assert.ok(change.text.includes(name), change.text);
    });
});
