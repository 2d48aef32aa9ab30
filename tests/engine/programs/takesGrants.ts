/** A program that sets who has a role, in place of adding to it. */
import * as gcp from "@pulumi/gcp";

const role = "roles/cloudsupport.techSupportEditor";
const members = ["group:sre@example.com"];

new gcp.projects.IAMBinding("project", { project: "shop-dev", role, members });
new gcp.folder.IAMBinding("folder", { folder: "folders/456789012345", role, members });
new gcp.organizations.IAMBinding("organization", { orgId: "123456789012", role, members });
new gcp.projects.IAMPolicy("everything", {
  project: "shop-dev",
  policyData: JSON.stringify({ bindings: [{ role, members }] }),
});
// No role for support or contacts.
new gcp.projects.IAMBinding("logs", { project: "shop-dev", role: "roles/logging.viewer", members });
