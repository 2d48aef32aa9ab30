/** The inputs of an alert policy for incidents, as the program writes them. */

const base = [
  'resource.type = "servicehealth.googleapis.com/Event"',
  'jsonPayload.category = "INCIDENT"',
  'jsonPayload.@type = "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog"',
];

export const newIncidents = 'labels."servicehealth.googleapis.com/new_event"=true';

/**
 * @param channels The names of the channels.
 * @param more Comparisons of the filter, in addition to those that it always has.
 */
export function alertPolicy(channels: readonly string[], ...more: readonly string[]) {
  return {
    project: "shop-dev",
    displayName: "Service Health",
    combiner: "OR",
    conditions: [
      {
        displayName: "Incident",
        conditionMatchedLog: {
          filter: [...base, ...more].join(" AND "),
          labelExtractors: { title: "EXTRACT(jsonPayload.title)", state: "EXTRACT(jsonPayload.state)" },
        },
      },
    ],
    alertStrategy: { notificationRateLimit: { period: "300s" } },
    documentation: { content: "${log.extracted_label.title}" },
    notificationChannels: channels,
  };
}
