/** Which alerts and support events `care adopt` imports: those that are exactly the program's, and no others. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { needsDecision } from "../../../care/adopt/adoption.ts";
import { jsonOf } from "../../../care/adopt/json.ts";
import { textOf } from "../../../care/adopt/text.ts";
import { alertChannelFor, alertContent, alertPolicyFor } from "../../../guide/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { adopting, here, inBrief } from "./adopting.ts";

type State = Cloud["state"];
type Channel = State["notificationChannels"] extends Map<string, infer Value> ? Value : never;

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

const record = { mutateTime: "2026-09-01T00:00:00Z", mutatedBy: "ada@example.com" };
const channelName = (number: number) => `projects/shop-dev/notificationChannels/${String(number)}`;
const policyName = (number: number) => `projects/shop-dev/alertPolicies/${String(number)}`;

function plantChannel(number: number, email: string, changes: Partial<Channel> = {}): void {
  cloud.state.projects.get("shop-dev")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
  const name = channelName(number);
  const usual = { description: "", userLabels: {}, enabled: true, creationRecord: record, mutationRecords: [record] };
  cloud.state.notificationChannels.set(name, { ...usual, ...alertChannelFor(email), ...changes, name });
}

function plantPolicy(number: number, channels: readonly number[], changes: object = {}): void {
  const name = policyName(number);
  const { conditions, ...content } = alertPolicyFor({ on: "all-updates", products: [], locations: [], relevance: [] });
  const policy = {
    ...content,
    combiner: "OR" as const,
    documentation: { content: alertContent("shop-dev"), mimeType: "text/markdown" },
    enabled: true,
    notificationChannels: channels.map(channelName),
    conditions: conditions.map((condition) => ({ ...condition, name: `${name}/conditions/1` })),
    creationRecord: record,
    mutationRecord: record,
    ...changes,
  };
  cloud.state.alertPolicies.set(name, { ...policy, name });
}

const configFor = (...notify: readonly string[]) => ({
  plan: "enhanced",
  projects: { "shop-dev": { services: [], alerts: { serviceHealth: { notify } } } },
});
const config = configFor("one@example.com", "two@example.com");
const found = [
  "found projects/shop-dev notification channel one@example.com",
  "found projects/shop-dev notification channel two@example.com",
  "found projects/shop-dev alert policy of Service Health",
];
const missing = found.map((line) => line.replace("found", "missing"));

/** Without the services. */
const alertsIn = (adoption: Awaited<ReturnType<typeof adopting>>) =>
  inBrief(adoption).filter((line) => /channel|policy/.test(line));

const leftIn = (adoption: Awaited<ReturnType<typeof adopting>>) =>
  adoption.left.flatMap((one) => (one.kind === "alerts" || one.kind === "channel" ? [one.name] : []));

describe("the program's alerts", () => {
  beforeEach(() => {
    plantChannel(1, "one@example.com");
    plantChannel(2, "two@example.com");
  });

  it("are imported by Google's names, with the project's ID", async () => {
    plantPolicy(7, [1, 2]);
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(alertsIn(adoption), found);
    assert.deepEqual(
      adoption.outcomes.flatMap(({ id = [], resource: { thing } }) => (thing.kind === "service" ? [] : id)),
      [channelName(1), channelName(2), policyName(7)],
    );
    assert.deepEqual(leftIn(adoption), []);
    assert.equal(needsDecision(adoption), false);
  });

  it("are channels without a policy, which the first update creates", async () => {
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(alertsIn(adoption), [...found.slice(0, 2), ...missing.slice(2)]);
  });

  it("differ where the policy has its channels in another order, which needs nobody", async () => {
    plantPolicy(7, [2, 1]);
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(alertsIn(adoption), [
      ...found.slice(0, 2),
      "differs projects/shop-dev alert policy of Service Health order",
    ]);
    assert.equal(needsDecision(adoption), false);
    assert.match(textOf(adoption, here), /the channels are in another order/);
  });

  it("have the existing channels of the config, which nobody imports", async () => {
    plantChannel(3, "three@example.com");
    plantPolicy(7, [1, 3]);
    const adoption = await adopting(cloud, { config: configFor("one@example.com", channelName(3)) });
    assert.deepEqual(alertsIn(adoption), [found[0], found[2]]);
    assert.deepEqual(leftIn(adoption), []);
  });
});

describe("a policy that may belong to others is left, with the channels that it uses", () => {
  const others: readonly (readonly [what: string, changes: object])[] = [
    ["another display name", { displayName: "Incidents" }],
    ["another text", { documentation: { content: "Call Ada.", mimeType: "text/markdown" } }],
    ["a subject", { documentation: { content: alertContent("shop-dev"), subject: "Help" } }],
    ["a label", { userLabels: { team: "shop" } }],
    ["a severity", { severity: "CRITICAL" }],
    ["an end of its own", { alertStrategy: { notificationRateLimit: { period: "300s" }, autoClose: "1800s" } }],
    ["fewer channels", { notificationChannels: [channelName(1)] }],
    ["a channel more", { notificationChannels: [1, 2, 3].map(channelName) }],
  ];
  for (const [what, changes] of others)
    it(what, async () => {
      plantChannel(1, "one@example.com");
      plantChannel(2, "two@example.com");
      plantChannel(3, "three@example.com");
      plantPolicy(7, [1, 2], changes);
      const adoption = await adopting(cloud, { config });
      const used = cloud.state.alertPolicies.get(policyName(7))?.notificationChannels ?? [];
      assert.deepEqual(
        alertsIn(adoption),
        [1, 2].map((number, index) => (used.includes(channelName(number)) ? missing : found)[index]).concat(missing[2]),
      );
      assert.deepEqual(leftIn(adoption), [
        policyName(7),
        ...[1, 2].map(channelName).filter((name) => used.includes(name)),
      ]);
      assert.equal(needsDecision(adoption), false);
      assert.match(textOf(adoption, here), /^leave +projects\/shop-dev\n +alert policy "/m);
    });

  it("one of two equal ones", async () => {
    plantChannel(1, "one@example.com");
    plantChannel(2, "two@example.com");
    plantPolicy(7, [1, 2]);
    plantPolicy(8, [1, 2]);
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(alertsIn(adoption), missing);
    assert.deepEqual(leftIn(adoption), [7, 8].map(policyName).concat([1, 2].map(channelName)));
  });

  it("one for something else, which is not listed", async () => {
    const condition = { displayName: "Errors", conditionMatchedLog: { filter: "severity=ERROR" }, name: "" };
    plantPolicy(7, [], { conditions: [condition] });
    assert.deepEqual(leftIn(await adopting(cloud, { config })), []);
  });
});

describe("a channel that may belong to others is left", () => {
  const others: readonly (readonly [what: string, changes: Partial<Channel>])[] = [
    ["another display name", { displayName: "On call" }],
    ["a description", { description: "Called at night." }],
    ["a label", { userLabels: { team: "shop" } }],
    ["disabled", { enabled: false }],
    ["other letters", { labels: { email_address: "One@example.com" } }],
  ];
  for (const [what, changes] of others)
    it(what, async () => {
      plantChannel(1, "one@example.com", changes);
      const adoption = await adopting(cloud, { config: configFor("one@example.com") });
      assert.deepEqual(alertsIn(adoption), [missing[0], missing[2]]);
      assert.deepEqual(leftIn(adoption), [channelName(1)]);
      const [left] = jsonOf(adoption, here).left.filter(({ kind }) => kind === "channel");
      assert.deepEqual(left, {
        kind: "channel",
        where: "projects/shop-dev",
        name: channelName(1),
        displayName: changes.displayName ?? "one@example.com",
        email: "one@example.com",
      });
    });

  it("one that another policy uses, and one of two equal ones", async () => {
    for (const [number, email] of ["one", "two", "two"].entries()) plantChannel(number, `${email}@example.com`);
    const condition = { displayName: "Errors", conditionMatchedLog: { filter: "severity=ERROR" }, name: "" };
    plantPolicy(7, [0], { conditions: [condition] });
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(alertsIn(adoption), missing);
    assert.deepEqual(leftIn(adoption), [0, 1, 2].map(channelName));
  });
});

describe("support events", () => {
  const topic = "projects/ops-admin/topics/support-events";
  const organization = "organizations/123456789012";
  const events = (supportEvents: object) => ({
    plan: "enhanced",
    organization: { id: "123456789012", supportEvents },
  });
  const plantTopic = (labels: Record<string, string> = {}): void => {
    const project = cloud.state.projects.get("ops-admin") ?? assert.fail();
    const policy = { ...project.policy, bindings: [] };
    cloud.state.topics.set(topic, { name: topic, parent: project.name, labels, policy });
  };
  const inOneLine = (adoption: Awaited<ReturnType<typeof adopting>>) => textOf(adoption, here).replaceAll(/\s+/g, " ");
  const plain = (adoption: Awaited<ReturnType<typeof adopting>>) =>
    inBrief(adoption).map((line) => line.replace(` on ${topic}`, "").replace(` to ${topic}`, ""));

  it("are to be created where nothing exists", async () => {
    plantTopic();
    cloud.state.topics.clear();
    const adoption = await adopting(cloud, { config: events({ project: "ops-admin" }) });
    assert.deepEqual(plain(adoption), [
      `missing ${organization} support events`,
      "found projects/ops-admin pubsub.googleapis.com",
      `missing projects/ops-admin ${topic}`,
      "missing projects/ops-admin grant of support events",
    ]);
    assert.deepEqual(adoption.notRead, []);
  });

  it("take over a topic that has only its name, with the warning that a destroy deletes it", async () => {
    plantTopic();
    const adoption = await adopting(cloud, { config: events({ project: "ops-admin" }) });
    assert.ok(plain(adoption).includes(`found projects/ops-admin ${topic}`));
    assert.match(inOneLine(adoption), /pulumi destroy deletes it after the import/);
    cloud.state.topics.clear();
    plantTopic({ "goog-pulumi-provisioned": "true" });
    const labelled = await adopting(cloud, { config: events({ project: "ops-admin" }) });
    assert.ok(plain(labelled).includes(`differs projects/ops-admin ${topic} label`));
    assert.equal(needsDecision(labelled), false);
    assert.match(inOneLine(labelled), / to import, of which 1 differs only in an order or in Pulumi's label;/);
  });

  it("leave a topic with labels of others, and the update fails", async () => {
    plantTopic({ "goog-terraform-provisioned": "true" });
    const adoption = await adopting(cloud, { config: events({ project: "ops-admin" }) });
    assert.ok(plain(adoption).includes(`topic-differs projects/ops-admin ${topic}`));
    assert.equal(needsDecision(adoption), true);
    assert.match(inOneLine(adoption), /; 1 that cannot be imported;.* Some of these need your decision\./);
    assert.match(textOf(adoption, here), /^differs +projects\/ops-admin\n/m);
  });

  it("have only the grant of an existing topic", async () => {
    plantTopic({ team: "shop" });
    const adoption = await adopting(cloud, { config: events({ project: "ops-admin", topic }) });
    assert.deepEqual(plain(adoption), [
      `missing ${organization} support events`,
      "missing projects/ops-admin grant of support events",
    ]);
  });

  it("are unknown where the topic cannot be read", async () => {
    const adoption = await adopting(cloud, { config: events({ project: "ops-admin" }), caller: "nobody" });
    assert.deepEqual([...new Set(adoption.outcomes.map(({ status }) => status))], ["not-read"]);
  });
});
