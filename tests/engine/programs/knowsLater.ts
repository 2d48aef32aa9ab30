/** A program whose values are known once it is deployed, and then violate what the policies ask for. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const { output } = new pulumi.Stash("later", { input: pulumi.runtime.isDryRun() ? pulumi.runtime.unknownValue : "1" });
const later = <Value>(value: Value): pulumi.Output<Value> => output.apply(() => value);

new gcp.organizations.IAMMember("administrator", {
  orgId: "123456789012",
  role: "roles/cloudsupport.admin",
  member: later("user:ada@example.com"),
});
new gcp.essentialcontacts.Contact("contact", {
  parent: later("organizations/123456789012"),
  email: later("ada@gmail.com"),
  languageTag: "en",
  notificationCategorySubscriptions: later(["BILLING"]),
});
new gcp.projects.Service("service", {
  project: "shop-dev",
  service: "cloudsupport.googleapis.com",
  disableOnDestroy: later(true),
});
