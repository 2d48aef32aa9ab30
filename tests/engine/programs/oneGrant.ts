/** One grant outside of any component of the package, whose role the config decides: Pulumi creates its replacement first. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const role = new pulumi.Config("grant").require("role");
new gcp.organizations.IAMMember("support", { orgId: "123456789012", role, member: "group:sre@example.com" });
