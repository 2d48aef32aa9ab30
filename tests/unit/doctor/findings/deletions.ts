/** Resources of the state that the config no longer has, and whose deletion fails or takes something from another stack. */
import assert from "node:assert/strict";
import type { Managed } from "../../../../care/stack/managed.ts";
import {
  channelType,
  contactType,
  grantModuleOf,
  subscriptionType,
  topicGrantType,
  topicType,
} from "../../../../components/gcpTypes.ts";
import type { Level } from "../../../../guide/index.ts";
import type { Cloud } from "../../../../tools/localCloud/index.ts";
import { plantAlertPolicy, plantChannels } from "../../../support/report/alerts.ts";
import { oneProject, organizationName } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const urnOf = (type: string, name: string) => `urn:pulumi:dev::customer-care::${type}::${name}`;

const grantType = (level: Level) => `gcp:${grantModuleOf(level)}/iAMMember:IAMMember`;

function inState(one: Pick<Managed, "kind" | "resource" | "thing" | "type"> & Partial<Managed>): Managed {
  const name = `customer-care/${one.resource} ${one.thing}`;
  return { name, urn: urnOf(one.type, name), ...one };
}

const grant = (resource: string, level: Level = "project") =>
  inState({
    kind: "grant",
    type: grantType(level),
    resource,
    thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
  });

const contact = (resource: string, id: string) =>
  inState({ kind: "contact", type: contactType, resource, thing: "oncall@example.com", id });

const subscription = inState({
  kind: "subscription",
  type: subscriptionType,
  resource: organizationName,
  thing: "projects/ops-admin/topics/support-events",
  id: "1001",
});

const channel = {
  name: "projects/shop-dev/notificationChannels/1",
  email: "oncall@example.com",
  resource: "projects/shop-dev",
  urn: urnOf(channelType, "customer-care/projects/shop-dev oncall@example.com"),
};

/** Google has it for a time after its deletion. */
function plantSubscription({ state }: Cloud, deleteTime: string) {
  const name = `${organizationName}/supportEventSubscriptions/1001`;
  state.supportEventSubscriptions.set(name, {
    name,
    pubSubTopic: subscription.thing,
    state: deleteTime === "" ? "WORKING" : "DELETED",
    failureReason: "",
    createTime: "",
    updateTime: "",
    deleteTime,
    purgeTime: "",
  });
}

/** Whose policies use the channel of the state. */
function plantPolicyWithChannel(cloud: Cloud) {
  plantChannels(cloud.state, "shop-dev");
  plantAlertPolicy(cloud.state, "shop-dev", { channels: [1] });
}

const managedTopic = (kind: "topic" | "publisher") =>
  inState({
    kind,
    type: kind === "topic" ? topicType : topicGrantType,
    resource: "projects/ops-admin",
    thing: "projects/ops-admin/topics/support-events",
  });

const [gone, kept] = [contact("projects/purged-dev", "projects/5/contacts/1"), grant("projects/purged-dev")];

export const deletions: readonly Scenario[] = [
  {
    when: "a project of the state does not exist any more, and the config does not have it",
    given: { config: oneProject, states: { managed: [kept, gone] } },
    found: ["error project-not-visible projects/purged-dev"],
    what: /^projects\/purged-dev does not exist any more, and Google denies each deletion there: pulumi up fails\.$/,
    // The contact first, because others may depend on a grant.
    remedy: `run: pulumi up --exclude '${gone.urn}' --exclude '${kept.urn}', then pulumi state remove '${gone.urn}' '${kept.urn}'`,
  },
  {
    when: "a project of the state may not exist any more, as the caller does not see each project",
    given: { config: oneProject, caller: "nobody", states: { managed: [gone] } },
    plant: (cloud) => {
      const found = cloud.state.projects.get("shop-dev") ?? assert.fail();
      found.policy.bindings.push({
        role: "roles/owner",
        members: ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"],
      });
    },
    found: [
      "warning project-not-visible projects/purged-dev",
      "warning not-read projects/ops-admin",
      "warning not-read projects/shop-dev",
    ],
    remedy: `grant the caller a role there that allows these deletions, or, if projects/purged-dev was deleted, run: pulumi state remove '${gone.urn}'`,
  },
  {
    when: "the grants leave a project of the config that does not exist any more",
    given: {
      config: { plan: "enhanced", projects: { "purged-dev": { services: ["cloudsupport.googleapis.com"] } } },
      states: {
        managed: [
          kept,
          { ...kept, kind: "service", type: "gcp:projects/service:Service", thing: "cloudsupport.googleapis.com" },
        ],
      },
    },
    found: ["error project-not-visible projects/purged-dev", "warning project-not-visible projects/purged-dev"],
    what: /^projects\/purged-dev does not exist any more, and Google denies each deletion there: pulumi up fails\.$/,
  },
  {
    when: "the config names no place, and the caller sees only one of the two projects of the state",
    given: {
      config: { plan: "enhanced" },
      caller: "nobody",
      states: { managed: [gone, contact("projects/shop-dev", "projects/1/contacts/1")] },
    },
    plant: (cloud) => {
      const found = cloud.state.projects.get("shop-dev") ?? assert.fail();
      found.policy.bindings.push({
        role: "roles/owner",
        members: ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"],
      });
    },
    found: ["warning project-not-visible projects/purged-dev", "warning not-read projects/ops-admin"],
  },
  ...(
    [
      ["organization", { organization: { domain: "unknown.example" } }, subscription],
      ["folder", { folders: { "456789012345": { everyProject: {} } } }, gone],
      ["number of a project", { projects: { hidden: {} } }, { ...gone, resource: "projects/999999999999" }],
    ] as const
  ).map(([what, config, managed]): Scenario => ({
    when: `the ${what} of the config cannot be read, so that what leaves the config is not known`,
    given: { config: { plan: "enhanced", ...config }, caller: "nobody", states: { managed: [managed] } },
    plant: (cloud) => plantSubscription(cloud, "2026-01-01T00:00:00Z"),
    found: [
      {
        organization: "error organization-not-visible unknown.example",
        folder: "error permission-missing folders/456789012345",
        "number of a project": "error project-not-visible projects/hidden",
      }[what],
      "warning not-read projects/ops-admin",
    ],
  })),
  {
    when: "Pulumi only removes from the state what is in a project that does not exist any more",
    given: {
      config: oneProject,
      states: {
        managed: [{ ...gone, isRetained: true }],
        channels: [{ ...channel, resource: "projects/purged-dev", isRetained: true }],
      },
    },
    found: [],
  },
  {
    when: "the next update deletes what only this stack has",
    given: {
      config: oneProject,
      states: {
        managed: [grant("folders/456789012345", "folder"), contact("projects/shop-dev", "projects/1/contacts/1")],
        channels: [channel],
        others: [
          {
            name: "prod",
            claims: [],
            managed: [grant("projects/shop-dev"), contact("projects/shop-dev", "projects/1/contacts/2")],
          },
        ],
      },
    },
    found: [],
  },
  {
    when: "the next update would delete a grant and a contact of another stack",
    given: {
      config: oneProject,
      states: {
        managed: [grant("projects/shop-dev"), contact("projects/shop-dev", "projects/1/contacts/1")],
        others: [
          {
            name: "prod",
            claims: [],
            managed: [grant("projects/shop-dev"), contact("projects/shop-dev", "projects/1/contacts/1")],
          },
        ],
      },
    },
    found: ["error claimed-twice projects/shop-dev", "error claimed-twice projects/shop-dev"],
    what: /^The next update would delete the contact oncall@example\.com, which the stack prod has too and would lose: pulumi up fails\.$/,
    remedy: `to leave it to prod, run: pulumi state remove '${contact("projects/shop-dev", "").urn}'`,
  },
  ...(["topic", "publisher"] as const).map((kind): Scenario => ({
    when: `the next update would delete the ${kind} of another stack`,
    given: {
      config: oneProject,
      states: { managed: [managedTopic(kind)], others: [{ name: "prod", claims: [], managed: [managedTopic(kind)] }] },
    },
    found: ["error claimed-twice projects/ops-admin"],
  })),
  {
    when: "the alert policies of a project with a channel that leaves the config cannot be read",
    given: { config: oneProject, states: { channels: [channel] } },
    plant: (cloud) =>
      cloud.faults.add({ match: { rpc: "ListAlertPolicies", times: 100 }, effect: { error: { code: 500 } } }),
    found: ["warning not-read projects/shop-dev"],
    what: /^Not checked, since the alert policies could not be read: /,
  },
  {
    when: "an alert policy of others uses a channel that the next update deletes",
    given: { config: oneProject, states: { channels: [channel] } },
    plant: plantPolicyWithChannel,
    found: ["error deletion-refused projects/shop-dev"],
    what: /^The alert policy "[^"]+" \(projects\/shop-dev\/alertPolicies\/1\), which this stack does not have, uses the notification channel for oncall@example\.com of projects\/shop-dev, and Google refuses to delete a channel that is used: pulumi up fails\.$/,
    remedy: `remove the channel from that policy, or, to leave the channel there, run: pulumi state remove '${channel.urn}'`,
  },
  {
    when: "the policy that uses such a channel is deleted with it",
    given: {
      config: oneProject,
      states: {
        channels: [channel],
        managed: [
          inState({
            kind: "alerts",
            type: "",
            resource: "projects/shop-dev",
            thing: "projects/shop-dev/alertPolicies/1",
            channels: [channel.name],
          }),
        ],
      },
    },
    plant: plantPolicyWithChannel,
    found: [],
  },
  {
    when: "the subscription that the next update deletes was deleted",
    given: { config: oneProject, states: { managed: [subscription] } },
    plant: (cloud) => plantSubscription(cloud, "2026-01-01T00:00:00Z"),
    found: [`error deletion-refused ${organizationName}`],
    what: /^The subscription of projects\/ops-admin\/topics\/support-events to the support events of organizations\/123456789012 was deleted outside of Pulumi, and Google refuses to delete it again: pulumi up fails\.$/,
    remedy: `run: pulumi state remove '${subscription.urn}'`,
  },
  {
    when: "the next update deletes a subscription that exists, or that Google has purged",
    given: { config: oneProject, states: { managed: [subscription, { ...subscription, id: "1002" }] } },
    plant: (cloud) => plantSubscription(cloud, ""),
    found: [],
  },
];
