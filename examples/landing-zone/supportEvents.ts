/**
 * The events of all cases of the organization, published to a Pub/Sub topic.
 * https://docs.cloud.google.com/support/docs/reference/rest/v2/supportEventSubscriptions
 */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { google, organization } from "./settings.ts";

/** Who publishes them, as the Google provider's own documentation names it. */
const publisher = "serviceAccount:cloud-support-apievents@system.gserviceaccount.com";

/** @param dependsOn What enables the Cloud Support API, and grants its use. */
export function publishSupportEvents(
  project: pulumi.Input<string>,
  dependsOn: pulumi.Resource[],
): pulumi.Output<string> {
  const options = { provider: google };
  const enabled = new gcp.projects.Service(
    "pubsub.googleapis.com",
    { project, service: "pubsub.googleapis.com", disableOnDestroy: false },
    options,
  );
  const topic = new gcp.pubsub.Topic(
    "support-events",
    { project, name: "support-events" },
    { ...options, dependsOn: enabled },
  );
  const granted = new gcp.pubsub.TopicIAMMember(
    "support-events",
    { project, topic: topic.name, role: "roles/pubsub.publisher", member: publisher },
    options,
  );
  const subscription = new gcp.cloudsupport.SupportEventSubscription(
    "support-events",
    { organization, pubSubTopic: topic.id },
    { ...options, dependsOn: [...dependsOn, granted] },
  );
  return subscription.name;
}
