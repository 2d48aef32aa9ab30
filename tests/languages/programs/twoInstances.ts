/** Two components of the package that grant the same, each constructed by itself: the one has the name of the other's own part. */
import * as pulumi from "@pulumi/pulumi";
import schema from "../../../plugin/schema.json" with { type: "json" };

class Packaged extends pulumi.ComponentResource {
  constructor(component: string, name: string, args: object) {
    super(`customer-care:index:${component}`, name, args, { version: schema.version }, true);
  }
}

const editors = ["user:ada@example.com"];
new Packaged("CustomerCare", "care", { plan: "enhanced", projects: { "shop-dev": { editors } } });
new Packaged("SupportAccess", "care", { projectId: "shop-dev", editors });
