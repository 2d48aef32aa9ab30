/** The sentences for grants that no recording shows. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { markdownOf } from "../../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../../care/diff/readPreviews.ts";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";
import { admin, changesOf, config } from "./changes.ts";

const kindsOf = (...steps: WrittenStep[]) => changesOf(...steps).map(({ kinds }) => kinds.join());

describe("a grant", () => {
  it("that was there is taken over, and nobody is granted anything", () =>
    assert.deepEqual(changesOf(step("import", types.organizationGrant, { after: admin })), [
      {
        kinds: ["organization"],
        text: "group:admins@example.com has Support Account Administrator on organization 123456789012 already, and the stack takes it over (IAM).",
      },
    ]));

  it("that is kept on its deletion is not taken from anyone", () =>
    assert.deepEqual(changesOf(step("delete", types.organizationGrant, { before: admin, retainOnDelete: true })), [
      {
        kinds: ["organization"],
        text: "group:admins@example.com keeps Support Account Administrator on organization 123456789012, but the stack no longer manages it (IAM).",
      },
    ]));

  it("that is replaced is lost by one and had by another", () =>
    assert.deepEqual(
      changesOf(
        step("replace", types.organizationGrant, {
          before: admin,
          after: { ...admin, member: "user:new@example.com" },
        }),
      ),
      [
        {
          kinds: ["admin-grant", "admin-removal", "organization", "replace"],
          text: "group:admins@example.com loses Support Account Administrator on organization 123456789012, and user:new@example.com gets Support Account Administrator on organization 123456789012 (IAM).",
        },
      ],
    ));

  it("names its condition", () => {
    const condition = { title: "for now", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
    const grant = {
      project: "shop-dev",
      role: "roles/cloudsupport.techSupportEditor",
      member: "user:ada@example.com",
      condition,
    };
    const [change] = changesOf(step("create", types.projectGrant, { after: grant }));
    assert.match(change?.text ?? "", /Tech Support Editor, if request\.time < .*, on project shop-dev/);
  });

  it("of a role that is none of the guide's is counted, and not described", () =>
    assert.deepEqual(
      changesOf(
        step("delete", types.projectGrant, {
          before: { project: "shop-dev", role: "roles/logging.viewer", member: "user:a" },
        }),
      ),
      [{ kinds: ["delete"], text: "gcp:projects/iAMMember:IAMMember: 1 deleted: it." }],
    ));
});

describe("a grant of a role that the preview does not show", () => {
  const member = "group:evil@example.com";
  const words = { "[secret]": "a secret", [unknownValue]: "known after the update" };
  const places = [
    [types.organizationGrant, { orgId: "123456789012" }, "organization 123456789012"],
    [types.folderGrant, { folder: "folders/456789012345" }, "folder 456789012345"],
    [types.projectGrant, { project: "shop-dev" }, "project shop-dev"],
  ] as const;

  for (const [type, place, where] of places)
    it(`may create an administrator on ${where}`, () => {
      const atOrganization = type === types.organizationGrant ? ["organization"] : [];
      for (const [role, why] of Object.entries(words))
        assert.deepEqual(changesOf(step("create", type, { after: { ...place, role, member } })), [
          {
            kinds: ["admin-grant", ...atOrganization],
            text: `${member} gets a role that is ${why} on ${where}, and may be an administrator (IAM).`,
          },
        ]);
    });

  it("may take one away, too", () =>
    assert.deepEqual(
      changesOf(step("delete", types.organizationGrant, { before: { ...admin, role: "[secret]", member } })),
      [
        {
          kinds: ["admin-removal", "organization", "delete"],
          text: `${member} loses a role that is a secret on organization 123456789012, and may have been an administrator (IAM).`,
        },
      ],
    ));

  it("may be that of a binding or of a policy", () => {
    for (const type of ["gcp:projects/iAMBinding:IAMBinding", "gcp:folder/iAMBinding:IAMBinding"])
      assert.deepEqual(kindsOf(step("create", type, { after: { role: unknownValue, members: [member] } })), [
        "admin-grant,admin-removal,delete",
      ]);
    const policy = "gcp:organizations/iAMPolicy:IAMPolicy";
    for (const policyData of [unknownValue, "[secret]", "no JSON", '{"bindings":[{}]}'])
      assert.deepEqual(kindsOf(step("create", policy, { after: { orgId: "1", policyData } })), [
        "external,admin-grant,admin-removal,organization,delete",
      ]);
  });

  it("is listed first, and as what it may be", () => {
    const after = { ...admin, role: "[secret]" };
    const [preview] = readPreviews(
      document([step("create", types.organizationGrant, { after })], { config }),
      "test.json",
    );
    assert.ok(preview);
    const markdown = markdownOf(namedDiffs([{ preview, stack: undefined, place: "test.json" }]), 65_000);
    assert.match(
      markdown,
      /### Look at these first\n\n- \*\*Perhaps administrator granted, Organization level:\*\* `group:/,
    );
  });
});

describe("a grant at the organization of a role that is none of the guide's", () => {
  const owner = { orgId: "123456789012", role: "roles/owner", member: "user:ada@example.com" };
  it("is reported: who, what and where", () =>
    assert.deepEqual(
      changesOf(
        step("create", types.organizationGrant, { after: owner, name: "a" }),
        step("delete", types.organizationGrant, { before: { ...owner, role: "roles/viewer" }, name: "b" }),
      ),
      [
        {
          kinds: ["privileged-grant", "organization"],
          text: "user:ada@example.com gets roles/owner on organization 123456789012, a basic role (IAM).",
        },
        {
          kinds: ["organization", "delete"],
          text: "user:ada@example.com loses roles/viewer on organization 123456789012 (IAM).",
        },
      ],
    ));
});

describe("a grant of a role by which its holder gets others, or nearly everything", () => {
  const grant = (role: string) => ({ after: { project: "shop-dev", role, member: "user:ada@example.com" } });
  const words: Readonly<Record<string, string>> = {
    "roles/owner": "a basic role",
    "roles/viewer": "a basic role",
    "roles/writer": "a basic role",
    "roles/resourcemanager.organizationAdmin": "a role that can change who has access",
    "roles/resourcemanager.projectIamAdmin": "a role that can change who has access",
    "roles/iam.securityAdmin": "a role that can change who has access",
    "roles/iam.serviceAccountTokenCreator": "a role that can change who has access",
    "roles/compute.instanceAdmin.v1": "a role that can change who has access",
    "projects/shop-dev/roles/deployer": "a custom role, whose permissions the preview does not show",
    "organizations/123/roles/deployer": "a custom role, whose permissions the preview does not show",
  };
  for (const [role, what] of Object.entries(words))
    it(`${role} comes first, also at a project`, () =>
      assert.deepEqual(changesOf(step("create", types.projectGrant, grant(role))), [
        { kinds: ["privileged-grant"], text: `user:ada@example.com gets ${role} on project shop-dev, ${what} (IAM).` },
      ]));

  it("comes first at any other resource, in a binding and in a policy", () => {
    const role = "roles/iam.serviceAccountTokenCreator";
    const account = { serviceAccountId: "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com" };
    const member = "user:ada@example.com";
    for (const [type, after] of [
      ["gcp:serviceaccount/iAMMember:IAMMember", { ...account, role, member }],
      ["gcp:serviceaccount/iAMBinding:IAMBinding", { ...account, role, members: [member] }],
      [
        "gcp:serviceaccount/iAMPolicy:IAMPolicy",
        { ...account, policyData: JSON.stringify({ bindings: [{ role, members: [member] }] }) },
      ],
      [
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        { name: "web", location: "europe-west1", role: "roles/run.admin", member },
      ],
    ] as const) {
      const [change] = changesOf(step("create", type, { after }));
      assert.deepEqual(change?.kinds, ["privileged-grant", ...(/Member$/.test(type) ? [] : ["delete"])], type);
      assert.match(change.text, /^user:ada@example\.com gets roles\/.* on gcp:/);
    }
  });

  it("is no grant of the guide's own roles, nor of one that only reads", () => {
    for (const role of ["roles/essentialcontacts.admin", "roles/browser", "roles/logging.viewer"])
      assert.ok(!kindsOf(step("create", types.projectGrant, grant(role)))[0]?.includes("privileged-grant"), role);
  });

  it("by a change of the custom role itself, or by a removal, is listed first", () => {
    for (const type of [
      "gcp:projects/iAMCustomRole:IAMCustomRole",
      "gcp:projects/iamMemberRemove:IamMemberRemove",
      "gcp:serviceaccount/key:Key",
    ])
      assert.deepEqual(kindsOf(step("create", type, { after: {} })), ["unknown"], type);
  });
});

describe("a binding or a policy", () => {
  const binding = "gcp:organizations/iAMBinding:IAMBinding";
  const policy = "gcp:organizations/iAMPolicy:IAMPolicy";
  const bound = (role: string, ...members: readonly string[]) => ({ orgId: "1", role, members });
  const policyOf = (...bindings: readonly (readonly [role: string, ...members: string[]])[]) => ({
    orgId: "1",
    policyData: JSON.stringify({ bindings: bindings.map(([role, ...members]) => ({ role, members })) }),
  });

  it("that is created takes its roles from all others, who may be administrators", () =>
    assert.deepEqual(
      changesOf(
        step("create", binding, { after: bound(admin.role, "user:a@example.com", "user:b@example.com"), name: "a" }),
        step("create", policy, { after: policyOf(["roles/browser", "user:c@example.com"]), name: "b" }),
      ),
      [
        {
          kinds: ["admin-grant", "admin-removal", "organization", "delete"],
          text: "user:a@example.com and user:b@example.com get Support Account Administrator on organization 1, and whoever else has it there loses it (IAM).",
        },
        {
          kinds: ["admin-removal", "organization", "delete"],
          text: "user:c@example.com gets roles/browser on organization 1, and whoever else has a role there loses it (IAM).",
        },
      ],
    ));

  it("that changes lists who gets and who loses what", () =>
    assert.deepEqual(
      changesOf(
        step("update", binding, {
          before: bound(admin.role, "user:a@example.com", "user:b@example.com"),
          after: bound(admin.role, "user:b@example.com", "user:c@example.com"),
          name: "a",
        }),
        step("update", policy, {
          before: policyOf(["roles/viewer", "user:a@example.com"]),
          after: policyOf(["roles/viewer", "user:a@example.com"], [admin.role, "user:d@example.com"]),
          name: "b",
        }),
      ),
      [
        {
          kinds: ["admin-grant", "admin-removal", "organization", "delete"],
          text: "user:c@example.com gets Support Account Administrator and user:a@example.com loses Support Account Administrator on organization 1 (IAM).",
        },
        {
          kinds: ["admin-grant", "organization"],
          text: "user:d@example.com gets Support Account Administrator on organization 1 (IAM).",
        },
      ],
    ));

  it("that changes nothing of its members shows no reason, and nobody is granted anything", () =>
    assert.deepEqual(
      changesOf(step("update", binding, { before: bound(admin.role, "user:a"), after: bound(admin.role, "user:a") })),
      [
        {
          kinds: ["unknown", "organization"],
          text: "The grant of Support Account Administrator to user:a on organization 1 is updated, but the preview does not show why (IAM).",
        },
      ],
    ));

  it("whose members are unknown may grant it to anyone", () =>
    assert.deepEqual(
      kindsOf(
        step("update", binding, {
          before: bound(admin.role, "user:a"),
          after: { ...bound(admin.role), members: "[secret]" },
        }),
      ),
      ["external,admin-grant,admin-removal,organization,delete"],
    ));

  it("of other roles below the organization is counted alone where nobody can lose one", () => {
    const after = { project: "shop-dev", role: "roles/logging.viewer", members: ["user:a@example.com"] };
    for (const [op, before, done] of [
      ["import", undefined, "imported"],
      ["update", { ...after, members: [] }, "updated"],
    ] as const) {
      const [change] = changesOf(step(op, "gcp:projects/iAMBinding:IAMBinding", { ...(before && { before }), after }));
      assert.deepEqual(change?.kinds, []);
      assert.match(change.text, new RegExp(`^gcp:projects/iAMBinding:IAMBinding: 1 ${done}: it`));
    }
  });
});
