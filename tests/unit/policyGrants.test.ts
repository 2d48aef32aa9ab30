/** The policies on grants: nobody loses a role, and who manages the support account is a group. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { roles } from "../../guide/index.ts";
import {
  additiveGrants,
  authoritativeGrants,
  administratorGroups,
  nonGroupAdministrators,
  privilegedGrants,
  privilegedRoles,
} from "../../policy/grants.ts";
import { reportedBy, resourceOf, unknown } from "./policy.ts";

const place = { projects: { project: "shop-dev" }, folder: { folder: "folders/456" }, organizations: { orgId: "123" } };
type Module = keyof typeof place;

const iam = (module: Module, kind: string, props: Record<string, unknown>) =>
  resourceOf(`gcp:${module}/iAM${kind}:IAM${kind}`, { ...place[module], ...props });

describe("additive-grants", () => {
  for (const [module, where, member] of [
    ["projects", "projects/shop-dev", "gcp.projects.IAMMember"],
    ["folder", "folders/456", "gcp.folder.IAMMember"],
    ["organizations", "organizations/123", "gcp.organizations.IAMMember"],
  ] as const) {
    it(`refuses a binding of each role that the guide grants, at ${where}`, () => {
      for (const { role } of Object.values(roles))
        assert.deepEqual(authoritativeGrants(iam(module, "Binding", { role, members: [] })), [
          `an IAMBinding sets all members of ${role} at ${where}, so members that it does not list lose the role; write one ${member} for each member instead`,
        ]);
    });

    it(`refuses a whole policy, whatever is in it, at ${where}`, () =>
      assert.deepEqual(authoritativeGrants(iam(module, "Policy", { policyData: "{}" })), [
        `an IAMPolicy sets all roles at ${where}, so members that it does not list lose their roles, including support and contact roles; write one ${member} for each member instead`,
      ]));

    it(`takes a member of a role at ${where}`, () =>
      assert.deepEqual(
        authoritativeGrants(iam(module, "Member", { role: roles.editors.role, member: "user:a@b.c" })),
        [],
      ));
  }

  it("refuses a binding of a role that the guide does not grant, if it is one for support or contacts", () => {
    for (const role of ["roles/cloudsupport.viewer", "roles/cloudsupport.techSupportViewer"])
      assert.equal(authoritativeGrants(iam("projects", "Binding", { role })).length, 1, role);
  });

  it("leaves bindings of other roles alone", () => {
    for (const role of ["roles/logging.viewer", "roles/cloudsupportive.viewer", "organizations/123/roles/support"])
      assert.deepEqual(authoritativeGrants(iam("projects", "Binding", { role })), [], role);
  });

  it("takes a folder by its number too", () =>
    assert.match(
      String(authoritativeGrants(resourceOf("gcp:folder/iAMPolicy:IAMPolicy", { folder: "456" }))),
      /at folders\/456,/,
    ));

  it("leaves resources of other types alone, as similar as they are named", () => {
    for (const type of ["gcp:storage/bucketIAMBinding:BucketIAMBinding", "gcp:projects/iAMAuditConfig:IAMAuditConfig"])
      assert.deepEqual(authoritativeGrants(resourceOf(type, { role: roles.editors.role })), [], type);
  });

  it("reports nothing for an unknown role, and refuses one that is known at a place that is unknown", async () => {
    assert.deepEqual(await reportedBy(additiveGrants, iam("projects", "Binding", { role: unknown })), []);
    const [message = ""] = await reportedBy(
      additiveGrants,
      iam("projects", "Binding", { role: roles.editors.role, project: unknown, members: unknown }),
    );
    assert.match(message, /at its project,/);
  });
});

describe("administrator-groups", () => {
  const none = { allowedMembers: [] };
  const { role } = roles.administrators;
  const problems = (member: string, allowedMembers: readonly string[] = []) =>
    nonGroupAdministrators(iam("organizations", "Member", { role, member }), { allowedMembers });

  it("takes a group", () => assert.deepEqual(problems("group:support-admins@example.com"), []));

  it("refuses a member that is not a group, and names its kind but not the member", () => {
    for (const [member, kind] of [
      ["user:ada@example.com", '"user:…"'],
      ["serviceAccount:bot@shop-dev.iam.gserviceaccount.com", '"serviceAccount:…"'],
      ["principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada", '"principal:…"'],
      ["allUsers", '"allUsers"'],
    ] as const)
      assert.deepEqual(problems(member), [
        `member is ${kind}, which is not a group, but roles/cloudsupport.admin (Support Account Administrator) at organizations/123 requires groups; write a group, such as "group:support-admins@example.com", or add the member to allowedMembers of this policy's config`,
      ]);
  });

  it("takes whom the config allows, as IAM compares members", () => {
    assert.deepEqual(problems("user:Ada@Example.com", ["user:ada@example.com"]), []);
    assert.equal(problems("user:eve@example.com", ["user:ada@example.com"]).length, 1);
  });

  it("judges each member of a binding, and passes over one that is unknown", () => {
    const members = ["group:a@example.com", unknown, "user:ada@example.com"];
    const messages = nonGroupAdministrators(iam("organizations", "Binding", { role, members }), none);
    assert.equal(messages.length, 1);
    assert.match(String(messages[0]), /^members\[2\] is "user:…"/);
  });

  it("leaves the other roles to whomever they are granted", () => {
    for (const other of [roles.editors.role, "roles/owner"])
      assert.deepEqual(
        nonGroupAdministrators(iam("organizations", "Member", { role: other, member: "user:ada@example.com" }), none),
        [],
      );
  });

  it("reports nothing for an unknown value", async () => {
    for (const props of [
      { role, member: unknown },
      { role: unknown, member: "user:ada@example.com" },
      { role, members: unknown },
    ])
      assert.deepEqual(await reportedBy(administratorGroups, iam("organizations", "Member", props), none), []);
  });
});

describe("privileged-roles", () => {
  const none = { allowedRoles: [] };
  const owner = (module: Module) => iam(module, "Member", { role: "roles/owner", member: "user:ada@example.com" });

  it("refuses a basic role, one that can change who has access, and a custom one, at each level", () => {
    for (const [module, where] of [
      ["projects", "projects/shop-dev"],
      ["folder", "folders/456"],
      ["organizations", "organizations/123"],
    ] as const)
      assert.deepEqual(privilegedGrants(owner(module), none), [
        `roles/owner is granted at ${where}: it is a basic role, which gives access to nearly everything; grant a narrower role, or add it to allowedRoles of this policy's config`,
      ]);
    for (const role of [
      "roles/editor",
      "roles/viewer",
      "roles/resourcemanager.organizationAdmin",
      "roles/iam.securityAdmin",
      "roles/resourcemanager.projectIamAdmin",
      "roles/iam.serviceAccountTokenCreator",
      "roles/storage.admin",
      "projects/shop-dev/roles/deployer",
      "organizations/123/roles/deployer",
    ])
      assert.equal(privilegedGrants(iam("projects", "Member", { role }), none).length, 1, role);
  });

  it("refuses it in a binding, in a policy and at any other resource", () => {
    const policyData = JSON.stringify({ bindings: [{ role: "roles/owner" }, { role: "roles/browser" }, {}] });
    for (const resource of [
      iam("projects", "Binding", { role: "roles/owner", members: [] }),
      iam("projects", "Policy", { policyData }),
      resourceOf("gcp:storage/bucketIAMMember:BucketIAMMember", {
        bucket: "b",
        role: "roles/storage.legacyBucketOwner",
      }),
      resourceOf("gcp:serviceaccount/iAMBinding:IAMBinding", { role: "roles/iam.workloadIdentityUser" }),
    ])
      assert.equal(privilegedGrants(resource, none).length, 1, resource.type);
  });

  it("takes the roles of the guide, those that only read, and those that are allowed", () => {
    for (const role of [...Object.values(roles).map((one) => one.role), "roles/browser", "roles/logging.viewer"])
      assert.deepEqual(privilegedGrants(iam("projects", "Member", { role }), none), [], role);
    assert.deepEqual(privilegedGrants(owner("projects"), { allowedRoles: ["roles/owner"] }), []);
  });

  it("accepts a resource that grants nothing, and reports nothing for an unknown role", async () => {
    assert.deepEqual(privilegedGrants(resourceOf("gcp:projects/service:Service", { role: "roles/owner" }), none), []);
    assert.deepEqual(privilegedGrants(iam("projects", "Policy", { policyData: "no JSON" }), none), []);
    assert.deepEqual(
      await reportedBy(privilegedRoles, iam("projects", "Member", { role: unknown, member: unknown }), none),
      [],
    );
  });
});
