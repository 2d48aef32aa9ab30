/** Support events: their topic, their subscription, and the APIs. */
import type { ManagedKind } from "../../../../care/stack/managed.ts";
import type { Cloud } from "../../../../tools/localCloud/index.ts";
import { organizationName, organizationOf, projectOf, withdraw } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const existing = "projects/ops-admin/topics/support-events";

const configFor = (supportEvents: object = { project: "ops-admin" }) => ({
  plan: "enhanced",
  organization: { id: "123456789012", supportEvents },
});

const publisher = {
  role: "roles/pubsub.publisher",
  members: ["serviceAccount:cloud-support-apievents@system.gserviceaccount.com"],
};

const createTopic = (cloud: Cloud, bindings: readonly (typeof publisher)[] = [publisher]) => {
  const { policy } = projectOf(cloud, "shop-dev");
  const parent = projectOf(cloud, "ops-admin").name;
  cloud.state.topics.set(existing, {
    name: existing,
    parent,
    labels: {},
    policy: { ...policy, bindings: [...bindings] },
  });
};

const subscribe = ({ state }: Cloud, failureReason = "") => {
  const name = `${organizationName}/supportEventSubscriptions/1001`;
  const times = { createTime: "", updateTime: "", deleteTime: "", purgeTime: "" };
  state.supportEventSubscriptions.set(name, {
    name,
    pubSubTopic: existing,
    state: failureReason === "" ? "WORKING" : "FAILING",
    failureReason,
    ...times,
  });
};

const managed = (kind: ManagedKind, resource: string) =>
  ({ kind, urn: "", type: "", name: "", resource, thing: existing }) as const;

/** What the stack has after an update. */
const deployed = [
  managed("topic", "projects/ops-admin"),
  managed("publisher", "projects/ops-admin"),
  managed("subscription", organizationName),
];

/** The Pub/Sub API that the stack has enabled for its topic. */
const pubsub = { ...managed("service", "projects/ops-admin"), thing: "pubsub.googleapis.com" };

const plantWithoutPubsub = (cloud: Cloud) => {
  createTopic(cloud);
  subscribe(cloud);
  projectOf(cloud, "ops-admin").services.delete(pubsub.thing);
};

const withoutPubsub: Pick<Scenario, "found" | "what"> = {
  found: ["warning service-disabled projects/ops-admin"],
  what: /^Cloud Pub\/Sub API was disabled outside of Pulumi, and support events need it: nobody gets them\.$/,
};

/** What the doctor and `pulumi up` call here. */
const quotaServices = [
  "cloudresourcemanager",
  "serviceusage",
  "cloudsupport",
  "pubsub",
  "orgpolicy",
  "cloudbilling",
].map((name) => `${name}.googleapis.com`);

export const supportEvents: readonly Scenario[] = [
  { when: "support events can be published", given: { config: configFor() }, found: [] },
  {
    when: "an existing topic is used",
    given: { config: configFor({ project: "ops-admin", topic: existing }) },
    plant: (cloud) => {
      createTopic(cloud, []);
    },
    found: [],
  },
  {
    when: "the topic exists already",
    given: { config: configFor() },
    plant: createTopic,
    found: ["error topic-exists projects/ops-admin"],
    what: /topics\/support-events exists already, outside of the stack/,
    remedy: `leave out customer-care:organization.supportEvents, or write another name into customer-care:organization.supportEvents.topic, or, if no other stack has that topic and could delete it, ${existing} to use it; or import it: npm run --silent care -- adopt --stack dev --file adopt.json`,
  },
  {
    when: "the topic exists already, with a label of somebody else",
    given: { config: configFor() },
    plant: (cloud) => {
      createTopic(cloud);
      Object.assign(cloud.state.topics.get(existing) ?? {}, { labels: { team: "shop" } });
    },
    found: ["error topic-exists projects/ops-admin"],
    remedy: `leave out customer-care:organization.supportEvents, or write another name into customer-care:organization.supportEvents.topic, or, if no other stack has that topic and could delete it, ${existing} to use it`,
  },
  {
    when: "the existing topic of the config does not exist",
    given: { config: configFor({ project: "ops-admin", topic: existing }) },
    found: ["error topic-not-found projects/ops-admin"],
    remedy:
      "write support-events into customer-care:organization.supportEvents.topic to create it, or a name that gcloud pubsub topics list --project=ops-admin shows",
  },
  {
    when: "others have subscribed the topic to the support events",
    given: { config: configFor({ project: "ops-admin", topic: existing }) },
    plant: (cloud) => {
      createTopic(cloud);
      subscribe(cloud);
    },
    found: ["error subscription-exists organizations/123456789012"],
    what: /supportEventSubscriptions\/1001 already publishes/,
    remedy:
      "leave out customer-care:organization.supportEvents, or, if no other stack has that subscription, import it: npm run --silent care -- adopt --stack dev --file adopt.json, or delete it: gcloud support support-event-subscriptions delete 1001 --organization=123456789012",
  },
  {
    when: "another stack has the topic",
    given: {
      config: configFor(),
      states: {
        others: [{ name: "org", claims: [], managed: [managed("topic", "projects/ops-admin")] }],
      },
    },
    plant: createTopic,
    found: ["error topic-exists projects/ops-admin"],
    remedy:
      "it belongs to the stack org: leave out customer-care:organization.supportEvents, or write another name into customer-care:organization.supportEvents.topic, or remove it from org first",
  },
  {
    when: "another stack has the subscription",
    given: {
      config: configFor({ project: "ops-admin", topic: existing }),
      states: {
        others: [{ name: "org", claims: [], managed: [managed("subscription", organizationName)] }],
      },
    },
    plant: (cloud) => {
      createTopic(cloud);
      subscribe(cloud);
    },
    found: ["error subscription-exists organizations/123456789012"],
    remedy:
      "it belongs to the stack org: leave out customer-care:organization.supportEvents, or remove it from org first",
  },
  {
    when: "the topic and the subscription are in this stack's state",
    given: {
      config: configFor(),
      states: {
        managed: [
          managed("topic", "projects/ops-admin"),
          managed("publisher", "projects/ops-admin"),
          managed("subscription", organizationName),
        ],
      },
    },
    plant: (cloud) => {
      createTopic(cloud);
      subscribe(cloud);
    },
    found: [],
  },
  {
    when: "the stack used the existing topic by its full name, and is now to create it",
    given: {
      config: configFor(),
      states: { managed: [managed("publisher", "projects/ops-admin"), managed("subscription", organizationName)] },
    },
    plant: (cloud) => {
      createTopic(cloud);
      subscribe(cloud);
    },
    found: ["error topic-exists projects/ops-admin"],
  },
  {
    when: "the subscription of the stack was deleted",
    given: {
      config: configFor(),
      states: { managed: deployed.map((one) => ({ ...one, id: "1001", urn: "urn:one" })) },
    },
    plant: createTopic,
    found: ["warning subscription-gone organizations/123456789012"],
    what: /^The subscription of the support events to \S+ was deleted outside of Pulumi: nobody gets the events/,
    remedy:
      "run gcloud support support-event-subscriptions undelete 1001 --organization=123456789012, or, once Google has purged it, pulumi up --refresh, which creates it again; to delete it with the stack or from the config, run pulumi state remove 'urn:one' first",
  },
  {
    when: "the topic of the stack was deleted, and no event was published since",
    given: { config: configFor(), states: { managed: deployed } },
    plant: (cloud) => {
      subscribe(cloud);
    },
    found: ["warning topic-gone projects/ops-admin"],
    what: /topics\/support-events was deleted outside of Pulumi/,
    remedy: "run pulumi up --refresh, which creates it again; create its subscriptions again too",
  },
  {
    when: "an existing topic that the stack uses was deleted, and an event could not be published",
    given: {
      config: configFor({ project: "ops-admin", topic: existing }),
      states: { managed: deployed.filter(({ kind }) => kind !== "topic") },
    },
    plant: (cloud) => {
      subscribe(cloud, "TOPIC_NOT_FOUND");
    },
    found: ["warning subscription-failing organizations/123456789012", "warning topic-gone projects/ops-admin"],
    what: /supportEventSubscriptions\/1001 does not publish .*support-events \(TOPIC_NOT_FOUND\)\.$/,
  },
  {
    when: "the config uses the topic that the stack has created as an existing one",
    given: { config: configFor({ project: "ops-admin", topic: existing }), states: { managed: deployed } },
    plant: (cloud) => {
      createTopic(cloud);
      subscribe(cloud);
    },
    found: ["error own-resource projects/ops-admin"],
    what: /^This stack has created projects\/ops-admin\/topics\/support-events, and would delete it/,
    remedy: "write support-events into customer-care:organization.supportEvents.topic",
  },
  {
    when: "somebody has removed the grant of the stack on the topic, and no event was published since",
    given: { config: configFor(), states: { managed: deployed } },
    plant: (cloud) => {
      createTopic(cloud, []);
      subscribe(cloud);
    },
    found: ["warning publisher-gone projects/ops-admin"],
    what: /^The grant of roles\/pubsub\.publisher to \S+ on projects\/ops-admin\/topics\/support-events was removed/,
    remedy: "run pulumi up --refresh, which creates it again",
  },
  {
    when: "Google may publish to the topic of the stack by a grant on its project",
    given: { config: configFor(), states: { managed: deployed } },
    plant: (cloud) => {
      createTopic(cloud, []);
      subscribe(cloud);
      projectOf(cloud, "ops-admin").policy.bindings.push(publisher);
    },
    found: [],
  },
  {
    when: "Google may not publish to the topic of the stack",
    given: { config: configFor(), states: { managed: deployed } },
    plant: (cloud) => {
      createTopic(cloud);
      subscribe(cloud, "PERMISSION_DENIED");
    },
    found: ["warning subscription-failing organizations/123456789012"],
    what: /\(PERMISSION_DENIED\)\.$/,
    remedy:
      "if the topic or the grant of roles/pubsub.publisher to serviceAccount:cloud-support-apievents@system.gserviceaccount.com is missing, run pulumi up --refresh, which creates them again; the state of the subscription changes with the next event",
  },
  {
    when: "the stack enables the Pub/Sub API of its topic on the quota project",
    given: { config: configFor() },
    plant: (cloud) => {
      projectOf(cloud, "ops-admin").services.delete("pubsub.googleapis.com");
    },
    found: ["note service-disabled projects/ops-admin"],
  },
  {
    when: "somebody has disabled the Pub/Sub API of the stack's topic on the quota project",
    given: { config: configFor(), states: { managed: [...deployed, pubsub] } },
    plant: plantWithoutPubsub,
    ...withoutPubsub,
    remedy: "pulumi up --refresh --target '**/pubsub.googleapis.com' --stack dev",
  },
  {
    when: "somebody has disabled the Pub/Sub API of the stack's topic, and requests use another project's quota",
    given: {
      config: configFor(),
      gcp: { "gcp:billingProject": "shop-dev", "gcp:userProjectOverride": "true" },
      states: { managed: [...deployed, pubsub] },
    },
    plant: (cloud) => {
      plantWithoutPubsub(cloud);
      projectOf(cloud, "shop-dev").services = new Map([...quotaServices].map((name) => [name, { enabledAt: 0 }]));
    },
    ...withoutPubsub,
  },
  {
    when: "somebody has disabled the Pub/Sub API of an existing topic that the stack uses",
    given: {
      config: configFor({ project: "ops-admin", topic: existing }),
      states: { managed: deployed.filter(({ kind }) => kind !== "topic") },
    },
    plant: plantWithoutPubsub,
    ...withoutPubsub,
    remedy: "gcloud services enable pubsub.googleapis.com --project=ops-admin",
  },
  {
    when: "the Pub/Sub API is not enabled on the quota project, and the topic exists",
    given: { config: configFor({ project: "ops-admin", topic: existing }) },
    plant: (cloud) => {
      createTopic(cloud);
      projectOf(cloud, "ops-admin").services.delete("pubsub.googleapis.com");
    },
    found: ["error service-disabled projects/ops-admin"],
    remedy: "gcloud services enable pubsub.googleapis.com --project=ops-admin",
  },
  {
    when: "the caller may not create topics",
    given: { config: configFor() },
    plant: (cloud) => {
      projectOf(cloud, "ops-admin").policy.bindings = [];
    },
    found: ["error permission-missing projects/ops-admin"],
    what: /To create the topic for support events, the caller lacks Pub\/Sub Admin/,
  },
  {
    when: "the caller may not subscribe to support events",
    given: { config: configFor() },
    plant: (cloud) => {
      withdraw(cloud, "roles/cloudsupport.techSupportEditor");
    },
    found: ["error permission-missing organizations/123456789012"],
    what: /To subscribe to support events, the caller lacks Tech Support Editor/,
  },
  {
    when: "the project of the topic does not exist",
    given: { config: configFor({ project: "no-such-project" }) },
    found: ["error project-not-visible projects/no-such-project"],
  },
  {
    when: "a policy may not allow the publisher of support events",
    given: { config: configFor() },
    plant: (cloud) => {
      organizationOf(cloud).allowedPolicyMemberDomains = ["C0123abcd"];
    },
    found: ["warning member-restricted projects/ops-admin"],
    what: /cloud-support-apievents@system/,
  },
  {
    when: "the plan is not in force, and support events are wanted",
    given: { config: configFor() },
    plant: (cloud) => {
      organizationOf(cloud).cloudSupportApi = false;
    },
    found: ["error support-unreachable organizations/123456789012"],
    what: /^Cloud Support refuses the caller, who has the permissions/,
  },
];
