/** A landing zone with Customer Care in it: values known only later, secrets, and resources outside the guide. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "customer-care";

const provider: pulumi.dynamic.ResourceProvider = {
  create: () => Promise.resolve({ id: "made", outs: { projectId: "shop-dev" } }),
};

/** A project factory of the landing zone's own. */
class ProjectFactory extends pulumi.dynamic.Resource {
  declare readonly projectId: pulumi.Output<string>;
  constructor(name: string) {
    super(provider, name, { projectId: undefined }, undefined, "landingzone", "ProjectFactory");
  }
}

const shop = new ProjectFactory("shop");
new ProjectFactory("pay");
new gcp.projects.IAMMember("viewers", {
  project: "pay-dev",
  role: "roles/viewer",
  member: "group:developers@example.com",
});
new gcp.projects.Service("run", { project: "pay-dev", service: "run.googleapis.com" });

new CustomerCare("customer-care", {
  plan: "enhanced",
  projects: {
    shop: {
      projectId: shop.projectId,
      editors: {
        bot: pulumi.interpolate`serviceAccount:bot@${shop.projectId}.iam.gserviceaccount.com`,
        hidden: pulumi.secret("user:hidden@example.com"),
      },
      contacts: { technical: new pulumi.Config("landing-zone").requireObject<string[]>("technical") },
    },
  },
  testCase: { project: "shop" },
});
