/** Scenarios of a grant on a topic, as examples/landing-zone creates it. */
import { seedPolicy } from "../../tools/localCloud/iamPolicy.ts";
import { create, fault, read, scenario } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { equal, life, lost } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import { override, owner, path, there } from "./topicScenarios.ts";

const memberType = "gcp:pubsub/topicIAMMember:TopicIAMMember";
const member = {
  project: "ops-admin",
  topic: "support-events",
  role: "roles/pubsub.publisher",
  member: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
};
const until = { title: "until 2030", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };

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
    "a grant on a topic next to another quota project",
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
    lost(memberType, member, ({ state }) => state.topics.delete(path)),
  ]),
  scenario("a grant on a topic that is adopted", [
    there,
    create(memberType, member),
    equal(memberType, `${path} ${member.role} ${member.member}`, member),
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
