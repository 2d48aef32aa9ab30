/** Alerts of incidents: their channels, policies of others, and the API. */
import assert from "node:assert/strict";
import type { AlertPolicy } from "../../../../google/index.ts";
import { alertServices } from "../../../../guide/index.ts";
import type { Cloud } from "../../../../tools/localCloud/index.ts";
import { plantAlertPolicy, plantChannels } from "../../../support/report/alerts.ts";
import { alertPolicy, newIncidents } from "../../../support/previews/alerts.ts";
import { projectOf } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const configFor = (notify: string | readonly string[]) => ({
  plan: "enhanced",
  projects: {
    "shop-dev": { contacts: { technical: ["oncall@example.com"] }, alerts: { serviceHealth: { notify } } },
  },
});

const channel = (number: number) => `projects/shop-dev/notificationChannels/${String(number)}`;

const plant = ({ state }: Cloud) => {
  plantChannels(state, "shop-dev");
};

/** With the alert policy of the stack. */
const plantDeployed = (cloud: Cloud, enabled = true, channels: readonly number[] = [1]) => {
  plant(cloud);
  plantAlertPolicy(cloud.state, "shop-dev", { channels, enabled });
};

/** The channel of an address in the stack's state. */
const recorded = (email: string, number: number) => ({
  name: channel(number),
  email,
  resource: "projects/shop-dev",
  urn: "",
});

const unnamed = { urn: "", type: "", name: "" } as const;

/** The alert policy in the stack's state. */
const deployed = (...channels: readonly string[]) =>
  ({
    ...unnamed,
    kind: "alerts",
    resource: "projects/shop-dev",
    thing: "projects/shop-dev/alertPolicies/1",
    channels,
  }) as const;

/** Its policy after an update, as the state has it, and what somebody has changed since then. */
const changedPolicy = (change: Partial<AlertPolicy>): Pick<Scenario, "given" | "plant"> => {
  const policy = { ...alertPolicy([channel(0), channel(1)]), name: "projects/shop-dev/alertPolicies/1" };
  return {
    given: {
      config: configFor([channel(0), channel(1)]),
      states: { managed: [{ ...deployed(channel(0), channel(1)), content: policy }] },
    },
    plant: (cloud) => {
      plantDeployed(cloud, true, [0, 1]);
      const found = cloud.state.alertPolicies.get(policy.name) ?? assert.fail();
      Object.assign(found, change);
    },
  };
};

const changed = (parts: string): Pick<Scenario, "found" | "what" | "remedy"> => ({
  found: ["warning alert-policy-changed projects/shop-dev"],
  what: new RegExp(`alertPolicies/1 was changed outside of Pulumi: ${parts}\\.$`),
  remedy: "run pulumi up --refresh, which sets it as configured",
});

const { conditions } = alertPolicy([], newIncidents);

/** What the stack has enabled. */
const enabled = (...services: readonly string[]) =>
  services.map((service) => ({ kind: "service", resource: "projects/shop-dev", thing: service, ...unnamed }) as const);

export const alerts: readonly Scenario[] = [
  { when: "nobody has changed the alert policy in the state", ...changedPolicy({}), found: [] },
  {
    when: "somebody has changed the filter of the alert policy",
    ...changedPolicy({ conditions: conditions.map((one) => ({ ...one, name: "1" })) }),
    ...changed("the filter"),
  },
  {
    when: "somebody has removed a channel from the alert policy",
    ...changedPolicy({ notificationChannels: [channel(1)] }),
    ...changed("the notification channels"),
  },
  {
    when: "somebody has added a channel to the alert policy",
    ...changedPolicy({ notificationChannels: [channel(0), channel(1), channel(2)] }),
    ...changed("the notification channels"),
  },
  {
    when: "somebody has changed the rate limit and the text of the alert policy",
    ...changedPolicy({
      alertStrategy: { notificationRateLimit: { period: "3600s" } },
      documentation: { content: "?", mimeType: "text/markdown" },
    }),
    ...changed("the rate limit, the text"),
  },
  {
    when: "the config names the channel that the stack has created",
    given: {
      config: configFor([channel(0)]),
      states: { managed: [deployed(channel(0))], channels: [recorded("one@example.com", 0)] },
    },
    plant: (cloud) => {
      plantDeployed(cloud, true, [0]);
    },
    found: ["error own-resource projects/shop-dev"],
    what: /would delete it if it used it as an existing channel/,
    remedy: "write one@example.com instead into customer-care:projects.shop-dev.alerts",
  },
  {
    when: "somebody has changed the address of a channel of the stack",
    given: {
      config: configFor(["two@example.com"]),
      states: { managed: [deployed(channel(0))], channels: [recorded("two@example.com", 0)] },
    },
    plant: (cloud) => {
      plantDeployed(cloud, true, [0]);
    },
    found: ["warning alert-channel-changed projects/shop-dev"],
    what: /^The notification channel for two@example\.com .* it notifies oncall@example\.com instead\.$/,
    remedy: "run pulumi up --refresh, which sets it as configured",
  },
  {
    when: "somebody has disabled services that alerts need",
    given: {
      config: configFor([channel(1)]),
      states: { managed: [deployed(channel(1)), ...enabled(...alertServices)] },
    },
    plant: (cloud) => {
      plantDeployed(cloud);
      for (const service of ["logging.googleapis.com", "servicehealth.googleapis.com"])
        projectOf(cloud, "shop-dev").services.delete(service);
    },
    found: ["warning service-disabled projects/shop-dev"],
    what: /^Cloud Logging API and Service Health API were disabled outside of Pulumi, and alerts need them: nobody is notified of incidents\.$/,
    remedy:
      "pulumi up --refresh --target '**/logging.googleapis.com' --target '**/servicehealth.googleapis.com' --stack dev",
  },
  {
    when: "somebody has disabled the Monitoring API on the quota project, which has alerts",
    given: {
      config: {
        plan: "enhanced",
        projects: { "ops-admin": { alerts: { serviceHealth: { notify: ["a@example.com"] } } } },
      },
      states: {
        managed: [
          { ...deployed(), resource: "projects/ops-admin", thing: "projects/ops-admin/alertPolicies/1" },
          ...enabled(...alertServices).map((one) => ({ ...one, resource: "projects/ops-admin" }) as const),
        ],
      },
    },
    plant: (cloud) => {
      const { services } = projectOf(cloud, "ops-admin");
      for (const service of alertServices) services.set(service, { enabledAt: 0 });
      services.delete("monitoring.googleapis.com");
    },
    found: ["warning service-disabled projects/ops-admin"],
    what: /^Cloud Monitoring API was disabled outside of Pulumi, and alerts need it/,
  },
  {
    when: "the channels of alerts work",
    given: { config: configFor(["oncall@example.com", channel(1)]) },
    plant,
    found: [],
  },
  { when: "the contacts are alerted", given: { config: configFor("contacts") }, found: [] },
  {
    when: "a channel of alerts is not verified",
    given: { config: configFor([channel(2)]) },
    plant,
    found: ["warning alert-channel-unverified projects/shop-dev"],
    remedy: "verify it: https://console.cloud.google.com/monitoring/alerting/notifications?project=shop-dev",
  },
  {
    when: "the channel of an address is disabled",
    given: { config: configFor(["off@example.com"]) },
    plant,
    found: ["warning alert-channel-disabled projects/shop-dev"],
  },
  {
    when: "an address of alerts is also that of an existing channel, in other letters",
    given: { config: configFor(["oncall@example.com", channel(0)]) },
    plant: (cloud) => {
      plant(cloud);
      const found = cloud.state.notificationChannels.get(channel(0));
      if (found) found.labels = { email_address: "OnCall@example.com" };
    },
    found: ["note notified-twice projects/shop-dev"],
    what: /^oncall@example\.com is also the address of projects\/shop-dev\/notificationChannels\/0: each notification/,
    remedy: "write each address once into customer-care:projects.shop-dev.alerts",
  },
  {
    when: "the alerts in the state have an address twice",
    given: {
      config: configFor(["oncall@example.com", channel(0)]),
      states: { managed: [deployed(channel(0))] },
    },
    plant: plantDeployed,
    found: ["note notified-twice projects/shop-dev"],
  },
  {
    when: "a channel of alerts does not exist",
    given: { config: configFor([channel(4)]) },
    plant,
    found: ["error alert-channel-not-found projects/shop-dev"],
    what: /notificationChannels\/4 does not exist/,
  },
  {
    when: "somebody else has an alert policy for the same incidents",
    given: { config: configFor(["oncall@example.com"]) },
    plant: (cloud) => {
      plant(cloud);
      plantAlertPolicy(cloud.state, "shop-dev", { channels: [0] });
    },
    found: ["note alerts-exist projects/shop-dev"],
    remedy:
      "leave out customer-care:projects.shop-dev.alerts, or, if no other stack has that policy, delete it in https://console.cloud.google.com/monitoring/alerting?project=shop-dev, or, if this program has created it, import it: npm run --silent care -- adopt --stack dev --file adopt.json",
  },
  {
    when: "the alert policy is in this stack's state",
    given: {
      config: configFor(["oncall@example.com"]),
      states: { managed: [deployed()] },
    },
    plant: (cloud) => {
      plant(cloud);
      plantAlertPolicy(cloud.state, "shop-dev", { channels: [0] });
    },
    found: [],
  },
  {
    when: "somebody has created another alert policy for the same incidents since the update",
    given: { config: configFor([channel(1)]), states: { managed: [deployed(channel(1))] } },
    plant: (cloud) => {
      plantDeployed(cloud);
      plantAlertPolicy(cloud.state, "shop-dev", { channels: [0] });
    },
    found: ["note alerts-exist projects/shop-dev"],
    what: /^The alert policy \S.* \(projects\/shop-dev\/alertPolicies\/2\) also notifies of incidents/,
    remedy:
      "leave out customer-care:projects.shop-dev.alerts, or, if no other stack has that policy, delete it in https://console.cloud.google.com/monitoring/alerting?project=shop-dev",
  },
  {
    when: "another stack has an alert policy for the same incidents, and the state has the project's number",
    given: {
      config: configFor([channel(1)]),
      states: {
        managed: [{ ...deployed(channel(1)), thing: "projects/300000000001/alertPolicies/1" }],
        others: [{ name: "org", claims: [], managed: [{ ...deployed(), thing: "projects/shop-dev/alertPolicies/2" }] }],
      },
    },
    plant: (cloud) => {
      plantDeployed(cloud);
      plantAlertPolicy(cloud.state, "shop-dev", { channels: [0] });
    },
    found: ["note alerts-exist projects/shop-dev"],
    remedy:
      "it belongs to the stack org: leave out customer-care:projects.shop-dev.alerts, or remove it from org first",
  },
  {
    when: "a channel of the alert policy in the state was deleted",
    given: { config: configFor([channel(1), channel(4)]), states: { managed: [deployed(channel(1), channel(4))] } },
    plant: plantDeployed,
    found: ["warning alert-channel-not-found projects/shop-dev"],
    what: /notificationChannels\/4 was deleted outside of Pulumi/,
  },
  {
    when: "a channel that does not exist is added to the alert policy in the state",
    given: { config: configFor([channel(1), channel(4)]), states: { managed: [deployed(channel(1))] } },
    plant: plantDeployed,
    found: ["error alert-channel-not-found projects/shop-dev"],
    what: /notificationChannels\/4 does not exist: pulumi up fails/,
  },
  {
    when: "the alert policy in the state was deleted",
    given: { config: configFor([channel(1)]), states: { managed: [deployed(channel(1))] } },
    plant,
    found: ["warning alert-policy-gone projects/shop-dev"],
    what: /alertPolicies\/1 was deleted outside of Pulumi: nobody is notified of incidents, and an update/,
    remedy: "run pulumi up --refresh, which creates it again",
  },
  {
    when: "the alert policy in the state was disabled",
    given: { config: configFor([channel(1)]), states: { managed: [deployed(channel(1))] } },
    plant: (cloud) => {
      plantDeployed(cloud, false);
    },
    found: ["warning alert-policy-silent projects/shop-dev"],
    what: /alertPolicies\/1 was changed outside of Pulumi and is disabled: it notifies nobody/,
    remedy: "run pulumi up --refresh, which sets it as configured",
  },
  {
    when: "the alert policy in the state has lost its channels",
    given: { config: configFor([channel(1)]), states: { managed: [deployed(channel(1))] } },
    plant: (cloud) => {
      plantDeployed(cloud, true, []);
    },
    found: ["warning alert-policy-silent projects/shop-dev"],
    what: /has no notification channel/,
  },
  {
    when: "the stack's channel for an address was deleted, and the policy has none without it",
    given: {
      config: configFor(["oncall@example.com"]),
      states: { managed: [deployed(channel(4))], channels: [recorded("oncall@example.com", 4)] },
    },
    plant: (cloud) => {
      plantDeployed(cloud, true, []);
    },
    found: ["warning alert-channel-gone projects/shop-dev"],
    what: /The notification channel for oncall@example\.com \(projects\/shop-dev\/notificationChannels\/4\) was deleted/,
    remedy: "run pulumi up --refresh, which creates it again",
  },
  {
    when: "the config no longer has the address of the deleted channel",
    given: {
      config: configFor([channel(1)]),
      states: {
        managed: [deployed(channel(1), channel(4))],
        channels: [recorded("gone@example.com", 4)],
      },
    },
    plant: plantDeployed,
    found: [],
  },
  {
    when: "the Monitoring API is not enabled on the quota project",
    given: { config: configFor(["oncall@example.com"]) },
    plant: ({ state }) => {
      (state.projects.get("ops-admin") ?? assert.fail()).services.delete("monitoring.googleapis.com");
    },
    found: ["error service-disabled projects/ops-admin"],
    remedy: "gcloud services enable monitoring.googleapis.com --project=ops-admin",
  },
  {
    when: "the caller may not manage alerts",
    given: { config: configFor(["oncall@example.com"]) },
    plant: ({ state }) => {
      const { policy } = state.organizations.get("organizations/123456789012") ?? assert.fail();
      policy.bindings = policy.bindings.filter(({ role }) => role !== "roles/monitoring.alertPolicyEditor");
    },
    found: ["error permission-missing projects/shop-dev"],
    what: /Monitoring Editor/,
  },
];
