/** The stack's settings, and the provider that all of its Google Cloud resources share. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

export const organization = config.require("organization");
export const billingAccount = config.require("billingAccount");
export const supportEvents = config.requireBoolean("supportEvents");

// Enabling services one by one is faster here than in batches, which wait for each other.
export const google = new gcp.Provider("google", {
  batching: { enableBatching: false },
});
