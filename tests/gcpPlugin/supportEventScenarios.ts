/** Courses of what examples/landing-zone makes for the events of support cases: a topic, its publisher, a subscription. */
import { seedPolicy } from "../../local/cloud/iamPolicy.ts";
import { adoption, create, end, fault, life, make, refreshed, scenario } from "./calls.ts";
import type { Call, Scenario } from "./calls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "./pluginClient.ts";

const topicType = "gcp:pubsub/topic:Topic";
const memberType = "gcp:pubsub/topicIAMMember:TopicIAMMember";
const subscriptionType = "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription";

const topic = { project: "ops-admin", name: "support-events" };
const path = "projects/ops-admin/topics/support-events";
const member = {
  project: "ops-admin",
  topic: "support-events",
  role: "roles/pubsub.publisher",
  member: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
};
const subscription = { organization: "123456789012", pubSubTopic: path };
const until = { title: "until 2030", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));
const override = { userProjectOverride: "true", batching: JSON.stringify({ enableBatching: false }) };

/** Makes the operator, who can make no topics at first, the owner of its project. */
const owner: Call = (_plugin, cloud) => {
  const members = ["serviceAccount:operator@ops-admin.iam.gserviceaccount.com"];
  cloud.state.projects.get("ops-admin")?.policy.bindings.push({ role: "roles/owner", members });
  return Promise.resolve();
};

/** A topic that somebody else made. */
const there: Call = async (plugin, cloud, answers) => {
  await owner(plugin, cloud, answers);
  await make(plugin, answers, topicType, topic);
  const made = cloud.state.topics.get(path);
  if (made) made.labels = { env: "dev" };
};

/** Made, then taken away behind the plugin's back, and only then changed, where it can be. */
function lost(type: string, given: Properties, takeAway: Call, change?: Properties): Call {
  return async (plugin, cloud, answers) => {
    const made = await make(plugin, answers, type, given);
    if (!made) throw new Error(`no ${type} was made`);
    await takeAway(plugin, cloud, answers);
    const { id, inputs, properties: olds } = made;
    const request = { type, id, oldInputs: inputs, olds };
    if (change) answers.push(await plugin.update({ ...request, news: { ...inputs, ...change } }));
    await end(type, made, plugin, answers);
  };
}

const read =
  (type: string, id: string): Call =>
  async (plugin, _cloud, answers) =>
    void answers.push(await plugin.read(type, id, {}, {}));

export const topicScenarios: Scenario[] = [
  scenario("a topic", [
    owner,
    life(topicType, topic, ({ id }) => id, [{ deletionPolicy: "PREVENT" }, { deletionPolicy: "DELETE" }]),
    create(topicType, topic, 77),
  ]),
  scenario("a topic that is read anew", [owner, refreshed(topicType, topic, { deletionPolicy: "ABANDON" })]),
  scenario(
    "topics that are kept, in the provider's project",
    [
      owner,
      life(topicType, { name: "support-events", deletionPolicy: "PREVENT" }, () => "ops-admin/support-events"),
      life(topicType, { name: path.replace("support", "other"), project: "ops-admin" }, () => "other-events"),
    ],
    { config: { project: "ops-admin", deletionPolicy: "ABANDON" } },
  ),
  scenario("topics that are refused", [
    create(topicType, topic),
    owner,
    create(topicType, topic),
    create(topicType, topic),
    create(topicType, { ...topic, name: "go" }),
    create(topicType, { ...topic, project: "nowhere-dev" }),
    create(topicType, { name: "support-events" }),
    create(topicType, { ...topic, project: "projects/ops-admin", name: "path-events" }),
  ]),
  scenario("topics while the API fails", [
    owner,
    fault({ match: { rpc: "CreateTopic" }, effect: { error: { code: 503 } } }),
    fault({
      match: { rpc: "CreateTopic", nth: 2 },
      effect: { error: { code: 400, status: "FAILED_PRECONDITION", message: "retry this operation" } },
    }),
    fault({ match: { rpc: "GetTopic" }, effect: { error: { code: 404 } } }),
    create(topicType, topic),
    fault({ match: { rpc: "GetTopic" }, effect: { error: { code: 403, message: "no" } } }),
    create(topicType, { ...topic, name: "other-events" }),
    fault({ match: { rpc: "GetTopic", times: 2 }, effect: { error: { code: 403, message: "no" } } }),
    create(topicType, { ...topic, name: "third-events" }),
    fault({ match: { rpc: "DeleteTopic" }, effect: { error: { code: 404 } } }),
    life(topicType, { ...topic, name: "fourth-events" }, () => "nonsense"),
    fault({ match: { rpc: "DeleteTopic" }, effect: { error: { code: 400, message: "no" } } }),
    life(topicType, { ...topic, name: "fifth-events" }, () => "a/b/c/d/e"),
  ]),
  scenario("a topic that is adopted", [
    there,
    adoption(topicType, path, topic),
    adoption(topicType, "ops-admin/support-events", { ...topic, deletionPolicy: "PREVENT" }),
  ]),
  scenario("a topic with a quota project", [owner, life(topicType, topic, ({ id }) => id)], { config: override }),
  scenario("checks of a topic", [
    checks(
      [
        topicType,
        topic,
        [{ project: 7 }, { project: "" }, { name: ["support-events"] }, { nonsense: true }, ...policies],
      ],
      ["name"],
    ),
  ]),
  scenario("differences of a topic", [
    owner,
    differences([
      topicType,
      topic,
      [
        { name: "other-events" },
        { name: path },
        { name: unknown },
        { project: "shop-dev" },
        { project: "projects/ops-admin" },
        { project: null },
        { project: unknown },
        { deletionPolicy: "PREVENT" },
        { deletionPolicy: unknown },
      ],
    ]),
  ]),
  scenario(
    "previews of a topic with unknown inputs",
    [unknowns([topicType, topic, [{ project: null }, { project: "" }, { deletionPolicy: unknown }]])],
    { config: { project: "ops-admin" } },
  ),
];

export const topicMemberScenarios: Scenario[] = [
  scenario("a grant on a topic", [
    there,
    life(memberType, member, ({ properties: { topic, role, member } }) => [topic, role, member].join(" ")),
    life(
      memberType,
      { ...member, topic: path, project: null, member: "user:Ada@Example.com", condition: until },
      () => "ops-admin/support-events roles/pubsub.publisher user:ada@example.com until 2030",
    ),
  ]),
  scenario(
    "a grant on a topic in the provider's project, with a quota project",
    [
      there,
      life(memberType, { ...member, project: null }, () => `support-events ${member.role} ${member.member}`),
      create(memberType, { ...member, project: "shop-dev", topic: path }),
    ],
    { config: { project: "ops-admin", ...override } },
  ),
  scenario(
    "a grant on a topic beside another quota project",
    [
      owner,
      (_plugin, { state }) => {
        const policy = seedPolicy({ bindings: [] });
        state.topics.set(path, { name: path, parent: "projects/100000000003", labels: {}, policy });
        return Promise.resolve();
      },
      create(memberType, member),
    ],
    { config: { ...override, billingProject: "shop-dev" } },
  ),
  scenario("grants on topics that are refused", [
    there,
    create(memberType, { ...member, topic: "other-events" }),
    create(memberType, { ...member, project: null }),
    create(memberType, { ...member, member: "nonsense:ada" }),
    fault({ match: { rpc: "SetIamPolicy" }, effect: { error: { code: 409, status: "ABORTED", message: "again" } } }),
    create(memberType, member),
    fault({ match: { rpc: "SetIamPolicy" }, effect: { error: { code: 403, message: "no" } } }),
    fault({ match: { rpc: "GetIamPolicy", nth: 5 }, effect: { error: { code: 404 } } }),
    create(memberType, { ...member, role: "roles/pubsub.viewer" }),
    read(memberType, "nonsense"),
    read(memberType, `${path} roles/pubsub.editor ${member.member}`),
  ]),
  scenario("a grant on a topic that somebody else removed", [
    there,
    lost(memberType, member, (_plugin, cloud) => {
      cloud.state.topics.delete(path);
      return Promise.resolve();
    }),
  ]),
  scenario("checks of a grant on a topic", [
    checks([
      memberType,
      member,
      [
        { member: "ada@example.com" },
        { topic: path },
        { topic: "" },
        { project: 7 },
        { condition: until },
        { etag: "x" },
        { nonsense: true },
      ],
    ]),
  ]),
  scenario("differences of a grant on a topic", [
    there,
    differences([
      memberType,
      member,
      [
        { topic: path },
        { topic: "other-events" },
        { topic: "projects/shop-dev/topics/support-events" },
        { topic: unknown },
        { project: "shop-dev" },
        { project: "projects/ops-admin" },
        { project: null },
        { project: unknown },
        { role: "roles/pubsub.viewer" },
        { member: "user:ada@example.com" },
        { member: unknown },
        { condition: until },
      ],
    ]),
  ]),
  scenario("previews of a grant on a topic with unknown inputs", [
    unknowns([memberType, member, [{ project: null }, { condition: unknown }]]),
  ]),
];

const other = { pubSubTopic: "projects/ops-admin/topics/other-events" };

export const subscriptionScenarios: Scenario[] = [
  scenario("a subscription to support events", [
    life(subscriptionType, subscription, ({ id }) => id, [
      other,
      { ...other, deletionPolicy: "PREVENT" },
      { deletionPolicy: "DELETE" },
    ]),
    create(subscriptionType, subscription, 77),
  ]),
  scenario("a subscription that is read anew", [refreshed(subscriptionType, subscription, other)]),
  scenario(
    "subscriptions that are kept",
    [
      life(subscriptionType, { ...subscription, deletionPolicy: "PREVENT" }, () => "123456789012/1001"),
      life(subscriptionType, subscription, () => "123456789012/99"),
    ],
    { config: { deletionPolicy: "ABANDON", ...override, billingProject: "ops-admin" } },
  ),
  scenario("subscriptions that are refused", [
    create(subscriptionType, { ...subscription, organization: "999" }),
    create(subscriptionType, { ...subscription, organization: "organizations/123456789012" }),
    create(subscriptionType, { ...subscription, pubSubTopic: "support-events" }),
    create(subscriptionType, { ...subscription, pubSubTopic: "" }),
    read(subscriptionType, "nonsense"),
    read(subscriptionType, "organizations/999/supportEventSubscriptions/1"),
  ]),
  scenario("subscriptions while the API fails", [
    fault({ match: { rpc: "CreateSupportEventSubscription" }, effect: { error: { code: 503 } } }),
    fault({ match: { rpc: "GetSupportEventSubscription" }, effect: { error: { code: 403, message: "no" } } }),
    create(subscriptionType, subscription),
    fault({ match: { rpc: "GetSupportEventSubscription" }, effect: { error: { code: 404 } } }),
    create(subscriptionType, subscription),
    fault({ match: { rpc: "UpdateSupportEventSubscription" }, effect: { error: { code: 400, message: "no" } } }),
    fault({ match: { rpc: "DeleteSupportEventSubscription" }, effect: { error: { code: 400, message: "no" } } }),
    life(subscriptionType, subscription, ({ id }) => id, [other]),
  ]),
  scenario("a subscription that somebody else removed", [
    lost(
      subscriptionType,
      subscription,
      (_plugin, cloud) => {
        cloud.state.supportEventSubscriptions.clear();
        return Promise.resolve();
      },
      other,
    ),
  ]),
  scenario("a subscription that is adopted", [
    create(subscriptionType, subscription),
    adoption(subscriptionType, "organizations/123456789012/supportEventSubscriptions/1001", {
      ...subscription,
      ...other,
    }),
  ]),
  scenario("checks of a subscription", [
    checks([
      subscriptionType,
      subscription,
      [{ organization: 123456789012 }, { pubSubTopic: "nonsense" }, { name: "1" }, { nonsense: true }, ...policies],
    ]),
  ]),
  scenario("differences of a subscription", [
    differences([
      subscriptionType,
      subscription,
      [
        other,
        { pubSubTopic: unknown },
        { organization: "999" },
        { organization: unknown },
        { deletionPolicy: "PREVENT" },
        { deletionPolicy: unknown },
      ],
    ]),
  ]),
  scenario("previews of a subscription with unknown inputs", [
    unknowns([subscriptionType, subscription, [{ deletionPolicy: unknown }, { deletionPolicy: "ABANDON" }]]),
  ]),
];
