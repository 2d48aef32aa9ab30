/** Alerts of Service Health, and the events of cases, with the resources of the Google provider. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("own");
const project = "shop-dev";
const channels = config.requireObject<string[]>("notify").map(
  (address) =>
    new gcp.monitoring.NotificationChannel(address, {
      project,
      type: "email",
      displayName: address,
      labels: { email_address: address },
    }),
);
const conditions = [
  {
    displayName: "New incident",
    conditionMatchedLog: {
      filter: 'resource.type = "servicehealth.googleapis.com/Event" AND jsonPayload.category = "INCIDENT"',
      labelExtractors: { title: "EXTRACT(jsonPayload.title)" },
    },
  },
];

new gcp.monitoring.AlertPolicy("incidents", {
  project,
  displayName: "Incidents",
  combiner: "OR",
  conditions,
  documentation: { content: "${log.extracted_label.title}" },
  alertStrategy: { notificationRateLimit: { period: "300s" } },
  notificationChannels: channels.map(({ name }) => name),
});

const topic = new gcp.pubsub.Topic("events", { project, name: "support-events" });
const granted = new gcp.pubsub.TopicIAMMember("events", {
  project,
  topic: topic.name,
  role: "roles/pubsub.publisher",
  member: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
});
new gcp.cloudsupport.SupportEventSubscription(
  "events",
  { organization: "123456789012", pubSubTopic: topic.id },
  { dependsOn: granted },
);
