/** A program that grants what no stack of the guide grants. */
import * as gcp from "@pulumi/gcp";

const member = "group:sre@example.com";

new gcp.projects.IAMMember("owner", { project: "shop-dev", role: "roles/owner", member });
new gcp.folder.IAMMember("custom", {
  folder: "folders/456789012345",
  role: "organizations/123456789012/roles/ops",
  member,
});
new gcp.projects.IAMMember("browser", { project: "shop-dev", role: "roles/browser", member });
