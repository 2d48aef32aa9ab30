/** Grants that `CustomerCare` does not create: whose role a preview does not show, of other roles, and of several members at once. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const orgId = "123456789012";
const administrator = "roles/cloudsupport.admin";

/** A role that is created by the update, and known after it. */
class Roles extends pulumi.dynamic.Resource {
  declare readonly role: pulumi.Output<string>;
  constructor(name: string) {
    const create = () => Promise.resolve({ id: "made", outs: { role: "roles/cloudsupport.admin" } });
    super({ create }, name, { role: undefined }, undefined, "landingzone", "Roles");
  }
}

new gcp.organizations.IAMMember("secret", {
  orgId,
  role: pulumi.secret(administrator),
  member: "group:secret@example.com",
});
new gcp.organizations.IAMMember("later", { orgId, role: new Roles("roles").role, member: "group:later@example.com" });
new gcp.folder.IAMMember("folder", {
  folder: "folders/456789012345",
  role: pulumi.secret("roles/viewer"),
  member: "group:folder@example.com",
});
new gcp.organizations.IAMMember("owner", { orgId, role: "roles/owner", member: "user:owner@example.com" });
new gcp.organizations.IAMBinding("binding", { orgId, role: administrator, members: ["user:a@example.com"] });
new gcp.projects.IAMPolicy("policy", {
  project: "shop-dev",
  policyData: pulumi.secret(JSON.stringify({ bindings: [{ role: administrator, members: ["user:b@example.com"] }] })),
});
// Only its existence is reported.
new gcp.projects.IAMBinding("logs", {
  project: "shop-dev",
  role: "roles/logging.viewer",
  members: ["user:c@example.com"],
});
