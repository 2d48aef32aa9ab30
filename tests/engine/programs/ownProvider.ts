/** A landing zone with a provider of its own, whose settings are in no config. Its project's ID is an Output, unless `own:plain` is set. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";

const config = new pulumi.Config("own");

const google = new gcp.Provider("google", {
  accessToken: config.require("token"),
  batching: { enableBatching: false },
  ...(config.get("billingProject") && { userProjectOverride: true, billingProject: config.get("billingProject") }),
});

const args = config.requireObject<CustomerCareArgs>("customerCare");
const made = new pulumi.Stash("project", { input: "shop-dev" }).output as pulumi.Output<string>;
const projects = { "shop-dev": { ...args.projects?.["shop-dev"], projectId: made } };
const isPlain = config.getBoolean("plain") === true;

new CustomerCare("customer-care", isPlain ? args : { ...args, projects }, { providers: { gcp: google } });
