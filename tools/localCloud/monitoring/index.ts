/**
 * Monitoring v3: alert policies and notification channels.
 * https://cloud.google.com/monitoring/api/ref_v3/rest, google/monitoring/v3/{alert,notification}_service.proto
 */
import type { Api } from "../api.ts";
import { serviceTitle } from "../serviceCatalogue.ts";
import { alertPolicyMethods } from "./alertPolicies.ts";
import { notificationChannelMethods } from "./notificationChannels.ts";
import { verificationMethods } from "./verification.ts";

export { notifyOf } from "./notifications.ts";

const service = "monitoring.googleapis.com";

export const monitoring: Api = {
  service,
  title: serviceTitle(service),
  package: "google.monitoring.v3",
  prefix: "monitoring",
  access: "quotaProject",
  methods: [...alertPolicyMethods, ...notificationChannelMethods, ...verificationMethods],
};
