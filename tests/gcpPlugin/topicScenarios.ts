/** Scenarios of a Pub/Sub topic, as examples/landing-zone creates it. */
import { create, fault, make, scenario } from "./calls.ts";
import type { Call, Scenario } from "./calls.ts";
import { adoption, life, refreshed } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";

const topicType = "gcp:pubsub/topic:Topic";
const topic = { project: "ops-admin", name: "support-events" };
export const path = "projects/ops-admin/topics/support-events";
export const override = { userProjectOverride: "true", batching: JSON.stringify({ enableBatching: false }) };
const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));

/** Grants the operator the role of owner on its project. */
export const owner: Call = (_plugin, cloud) => {
  const members = ["serviceAccount:operator@ops-admin.iam.gserviceaccount.com"];
  cloud.state.projects.get("ops-admin")?.policy.bindings.push({ role: "roles/owner", members });
  return Promise.resolve();
};

/** Takes the roles of Cloud Monitoring from the operator. */
export const withoutMonitoring: Call = (_plugin, cloud) => {
  for (const { policy } of cloud.state.organizations.values())
    policy.bindings = policy.bindings.filter(({ role }) => !role.startsWith("roles/monitoring."));
  return Promise.resolve();
};

/** Takes all roles on its project from the operator, who then can create no topic. */
const withoutPubsub: Call = (_plugin, cloud) => {
  const project = cloud.state.projects.get("ops-admin");
  if (project) project.policy.bindings = [];
  return Promise.resolve();
};

/** A topic that somebody else created. */
export const there: Call = async (plugin, cloud, answers) => {
  await owner(plugin, cloud, answers);
  await make(plugin, answers, topicType, topic);
  const made = cloud.state.topics.get(path);
  if (made) made.labels = { env: "dev" };
};

export const topicScenarios: Scenario[] = [
  scenario("a topic", [
    owner,
    life(topicType, topic, ({ id }) => id, [{ deletionPolicy: "PREVENT" }, { deletionPolicy: "DELETE" }]),
    create(topicType, topic, 77),
  ]),
  scenario("a topic with labels", [
    owner,
    life(topicType, { ...topic, labels: { team: "shop" } }, ({ id }) => id, [
      { labels: { team: "pay", tier: "1" } },
      { labels: { tier: "1" }, deletionPolicy: "PREVENT" },
      { labels: null, deletionPolicy: "DELETE" },
    ]),
    there,
    adoption(topicType, path, { ...topic, labels: { team: "shop" } }),
    fault({ match: { rpc: "UpdateTopic" }, effect: { error: { code: 403, message: "no" } } }),
    adoption(topicType, path, { ...topic, labels: { team: "pay" } }),
  ]),
  scenario("a topic that is read again", [owner, refreshed(topicType, topic, { deletionPolicy: "ABANDON" })]),
  scenario(
    "topics that are kept, in the provider's project",
    [
      owner,
      life(topicType, { name: "support-events", deletionPolicy: "PREVENT" }, () => "ops-admin/support-events"),
      life(topicType, { name: "other-events" }, () => "other-events"),
    ],
    { config: { project: "ops-admin", deletionPolicy: "ABANDON" } },
  ),
  scenario("topics that are refused", [
    withoutPubsub,
    create(topicType, topic),
    owner,
    create(topicType, topic),
    create(topicType, topic),
    create(topicType, { ...topic, name: "go" }),
    create(topicType, { ...topic, project: "nowhere-dev" }),
    create(topicType, { name: "support-events" }),
    create(topicType, { ...topic, project: "projects/ops-admin", name: "path-events" }),
    create(topicType, { ...topic, name: path }),
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
  scenario("a topic with the label of Pulumi's provider that is adopted", [
    owner,
    create(topicType, topic),
    adoption(topicType, path, topic),
    adoption(topicType, path, topic),
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
