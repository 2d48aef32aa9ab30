/** A program with a CustomerCare, and with an alert policy of its own that uses the channels of the config. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";

const config = new pulumi.Config("own");
const { projects, ...args } = config.requireObject<CustomerCareArgs>("care");
const later = Object.fromEntries(
  Object.entries(projects ?? {}).map(([key, { projectId, ...project }]) => [
    key,
    // An Output, so that the keys of two projects can change places.
    { ...project, ...(projectId !== undefined && { projectId: pulumi.output(projectId) }) },
  ]),
);
new CustomerCare("care", { ...args, projects: later });

const notificationChannels = config.getObject<string[]>("channels");
if (notificationChannels !== undefined)
  new gcp.monitoring.AlertPolicy("own", {
    project: "shop-dev",
    displayName: "Errors",
    combiner: "OR",
    conditions: [{ displayName: "errors", conditionMatchedLog: { filter: 'resource.type = "gce_instance"' } }],
    alertStrategy: { notificationRateLimit: { period: "300s" } },
    notificationChannels,
  });
