/** What the tests of Monitoring share. */
import { monitoring_v3 } from "googleapis/build/src/apis/monitoring/index.js";
import type { LocalCloud } from "./localCloud.ts";

export const { projects } = new monitoring_v3.Monitoring({});

export const shop = "projects/shop-dev";

/** The filter and the extractors of Google's page "Configure alerts in Terraform". */
export const allIncidents = [
  'resource.type = "servicehealth.googleapis.com/Event"',
  'jsonPayload.category = "INCIDENT"',
  'jsonPayload.@type = "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog"',
].join(" AND ");

const extracted = ["state", "description", "impactedProducts", "startTime", "title", "impactedLocations"];

export const labelExtractors = Object.fromEntries(extracted.map((label) => [label, `EXTRACT(jsonPayload.${label})`]));

/** An alert policy as on that page. */
export function policyOf(
  filter: string,
  notificationChannels: string[] = [],
  more: monitoring_v3.Schema$AlertPolicy = {},
): monitoring_v3.Schema$AlertPolicy {
  return {
    displayName: "All incidents, all updates",
    combiner: "OR",
    conditions: [{ displayName: "test condition", conditionMatchedLog: { filter, labelExtractors } }],
    documentation: {
      content: "### ${log.extracted_label.title}\n${resource.labels.event_id}: ${log.extracted_label.state}",
      mimeType: "text/markdown",
    },
    alertStrategy: { notificationRateLimit: { period: "300s" } },
    notificationChannels,
    ...more,
  };
}

/** Makes the operator an owner of the projects, as it has no role of Monitoring. */
export function ownProjects(local: LocalCloud, ...ids: string[]): void {
  const members = ["serviceAccount:operator@ops-admin.iam.gserviceaccount.com"];
  for (const id of ids) local.cloud.state.projects.get(id)?.policy.bindings.push({ role: "roles/owner", members });
}

/** Creates an e-mail channel, and returns its name. */
export async function emailChannel(local: LocalCloud, address: string, name = shop): Promise<string> {
  const requestBody = { type: "email", displayName: address, labels: { email_address: address } };
  const { data } = await projects.notificationChannels.create({ name, requestBody }, local.as("operator"));
  return data.name ?? "";
}
