/** A landing zone, with the component in it once its config has the args. The other config keys set the component's options. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";

const config = new pulumi.Config("zone");

/** What the landing zone has in addition, by the default provider of its own config. */
new gcp.projects.Service("own", {
  project: "shop-prod",
  service: "cloudsupport.googleapis.com",
  disableOnDestroy: false,
});

class Zone extends pulumi.ComponentResource {
  constructor(name: string) {
    super("landing-zone:index:Zone", name);
  }
}

/** Under another name and in another component than before. */
function moved(): [string, pulumi.ComponentResourceOptions] {
  const aliases = [{ name: "customer-care", parent: pulumi.rootStackResource }];
  return ["support", { parent: new Zone("zone"), ...(config.getBoolean("aliased") && { aliases }) }];
}

const args = config.getObject<CustomerCareArgs>("customerCare");
const [name, opts] = config.getBoolean("moved") ? moved() : (["customer-care", {}] as const);

export const testCase = args && new CustomerCare(name, args, opts).testCase?.caseName;
