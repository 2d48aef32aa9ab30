/** A program whose contacts have a provider of their own, with another credential than the stack's. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { EssentialContacts } from "../../../components/index.ts";

const config = new pulumi.Config("own");
const google = new gcp.Provider("google", {
  accessToken: config.requireSecret("token"),
  billingProject: "ops-admin",
  userProjectOverride: true,
});
new EssentialContacts(
  "contacts",
  {
    projectId: "shop-dev",
    contacts: { "l@example.com": { categories: config.requireObject<"legal"[]>("categories") } },
  },
  { providers: { gcp: google } },
);
