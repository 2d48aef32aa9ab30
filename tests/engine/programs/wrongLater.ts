/** A program whose Outputs turn out to be something else than an ID, such as a resource's `name` in place of its number. */
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";

new CustomerCare("care", {
  plan: "enhanced",
  folders: { shop: { folderId: pulumi.output("organizations/456789012345"), editors: ["group:sre@example.com"] } },
  projects: { dev: { projectId: pulumi.output("Shop (development)") } },
});
