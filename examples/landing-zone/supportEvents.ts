/** The events of all cases of the organization, published to a Pub/Sub topic. */
import type * as pulumi from "@pulumi/pulumi";
import { SupportEvents } from "customer-care";
import { google, organization } from "./settings.ts";

/** @param dependsOn What enables the Cloud Support API, and grants its use. */
export function publishSupportEvents(
  project: pulumi.Input<string>,
  dependsOn: pulumi.Resource[],
): pulumi.Output<string> {
  const events = new SupportEvents(
    "support-events",
    { organizationId: organization, project },
    { providers: { gcp: google }, dependsOn },
  );
  return events.subscription;
}
