/** Support events with Pulumi's engine: existing topics, other topics, and what the preview refuses before anything is created. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { care } from "../support/care.ts";
import { commandLine } from "../support/commandLine.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { eventsConfig, operator, publishedCases } from "./publishedCases.ts";

const topic = "projects/ops-admin/topics/support-events";
const organization = "organizations/123456789012";

/** The checklist's row of support events, without the link. */
async function checklistRow(run: LocalRun): Promise<string | undefined> {
  const rows = (await run.outputs())["checklist"] as Record<string, Record<string, string>>;
  return rows[organization]?.["G4 other operations: Publish the events of support cases"]?.replace(
    / \(https:\S+\)/,
    "",
  );
}

async function started(t: TestContext, name: string, supportEvents: unknown, program?: string): Promise<LocalRun> {
  const run = await localRun({
    name: `supportEvents-${name}`,
    config: eventsConfig(supportEvents, true),
    ...(program && { program }),
  });
  t.onTestFinished(() => run.close());
  return run;
}

/** Sends a request to the local cloud as the operator. */
async function send({ cloud }: LocalRun, method: string, path: string, body: object = {}): Promise<void> {
  const reply = await fetch(`${cloud.address}/${path}`, {
    method,
    headers: {
      authorization: "Bearer local-operator-token",
      "content-type": "application/json",
      "x-goog-user-project": "ops-admin",
    },
    body: JSON.stringify(body),
  });
  assert.equal(reply.status, 200, await reply.text());
}

const createTopic = (run: LocalRun) => send(run, "PUT", `pubsub/v1/${topic}`);
const subscribe = (run: LocalRun) =>
  send(run, "POST", `cloudsupport/v2/${organization}/supportEventSubscriptions`, { pubSubTopic: topic });

async function succeeds(
  operation: Promise<{ failed: boolean; messages: readonly string[]; steps: readonly string[] }>,
) {
  const { failed, messages, steps } = await operation;
  assert.equal(failed, false, messages.join("\n"));
  return steps;
}

const membersOf = ({ cloud }: LocalRun) =>
  cloud.state.topics.get(topic)?.policy.bindings.flatMap(({ role, members }) => members.map((one) => `${role} ${one}`));

describe("an existing topic", () => {
  it("is not created under its short name later: the preview and the doctor refuse it", async (t) => {
    const run = await started(t, "shortName", { project: "ops-admin", topic });
    await createTopic(run);
    await succeeds(run.up());
    for (const shortName of ["support-events", undefined]) {
      await run.setConfig(eventsConfig({ project: "ops-admin", topic: shortName }, true));
      const { failed, messages } = await run.preview();
      assert.equal(failed, true, messages.join("\n"));
      assert.match(messages.join("\n"), /the topic support-events of projects\/ops-admin already exists/);
    }
    const { findings } = JSON.parse((await care(run, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
    assert.deepEqual(
      findings.map(({ id, level }) => [level, id]),
      [["error", "topic-exists"]],
    );
    await run.setConfig(eventsConfig({ project: "ops-admin", topic: "cases" }, true));
    await succeeds(run.up());
    assert.deepEqual(membersOf(run), []);
  });

  it("gets the grant and the subscription only, and is left as it was by a destroy", async (t) => {
    const run = await started(t, "existing", { project: "ops-admin", topic });
    await createTopic(run);
    const other = { role: "roles/pubsub.publisher", members: ["user:ada@example.com"] };
    run.cloud.state.topics.get(topic)?.policy.bindings.push(other);

    const made = (await succeeds(run.up())).filter((step) => /gcp:(pubsub|cloudsupport)|pubsub/.test(step));
    assert.deepEqual(made, [
      "create gcp:cloudsupport/supportEventSubscription:SupportEventSubscription customer-care/supportEvents/subscription",
      "create gcp:pubsub/topicIAMMember:TopicIAMMember customer-care/supportEvents/ops-admin/support-events/publisher",
    ]);
    assert.deepEqual(await succeeds(run.preview()), []);

    await succeeds(run.destroy());
    assert.deepEqual(membersOf(run), ["roles/pubsub.publisher user:ada@example.com"]);
  });

  it("is not one that the stack has created: the preview refuses to delete it", async (t) => {
    const run = await started(t, "kept", { project: "ops-admin" });
    await succeeds(run.up());
    await run.setConfig(eventsConfig({ project: "ops-admin", topic }, true));
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.match(
      messages.join("\n"),
      /customer-care:organization\.supportEvents\.topic: this stack has created projects\/ops-admin\/topics\/support-events.*write topic: support-events/,
    );
    assert.ok(run.cloud.state.topics.has(topic));
  });
});

/** As a person or a program calls the API. */
async function call(run: LocalRun, method: string, path: string): Promise<void> {
  const reply = await fetch(`${run.cloud.address}/cloudsupport/v2/${path}`, {
    method,
    headers: { authorization: `Bearer ${run.cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? ""}` },
  });
  assert.equal(reply.status, 200, await reply.text());
}

const nameIn = (run: LocalRun) => [...run.cloud.state.supportEventSubscriptions.keys()][0] ?? assert.fail();

async function findingsOf(run: LocalRun) {
  const { findings } = JSON.parse((await care(run, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
  return findings;
}

it("is created again by a refresh and an update once Google has purged it, which the doctor reports", async (t) => {
  const run = await started(t, "gone", { project: "ops-admin" });
  await succeeds(run.up());
  run.cloud.state.topics.delete(topic);
  const name = nameIn(run);
  await call(run, "DELETE", name);
  await call(run, "POST", `${name}:expunge`);
  assert.deepEqual(
    (await findingsOf(run)).map(({ id, level }) => [level, id]),
    [
      ["warning", "subscription-gone"],
      ["warning", "topic-gone"],
    ],
  );
  await run.refresh();
  await succeeds(run.up());
  assert.equal(membersOf(run)?.length, 1);
  assert.equal(run.cloud.state.supportEventSubscriptions.size, 1);
});

it("lets Google publish to the topic again with a refresh, if somebody has removed that grant", async (t) => {
  const run = await started(t, "grantGone", { project: "ops-admin" });
  await succeeds(run.up());
  assert.deepEqual(await findingsOf(run), []);
  run.cloud.state.topics.get(topic)?.policy.bindings.splice(0);
  assert.deepEqual(
    (await findingsOf(run)).map(({ id, level }) => [level, id]),
    [["warning", "publisher-gone"]],
  );
  await succeeds(run.pulumi("up", "--refresh", "--yes", "--skip-preview"));
  assert.equal(membersOf(run)?.length, 1);
});

it("refuses a change of a subscription that was deleted outside of Pulumi, until it is undeleted", async (t) => {
  const run = await started(t, "goneChanged", { project: "ops-admin" });
  await succeeds(run.up());
  const name = nameIn(run);
  await call(run, "DELETE", name);
  const undelete = `run gcloud support support-event-subscriptions undelete ${name.split("/").at(-1) ?? ""} --organization=123456789012, or, once Google has purged it, pulumi up --refresh, which creates it again`;
  const [gone] = (await findingsOf(run)).filter(({ id }) => id === "subscription-gone");
  assert.ok(gone?.remedy.startsWith(undelete), gone?.remedy);
  assert.deepEqual(await succeeds(run.preview()), []);
  const config = eventsConfig({ project: "ops-admin", topic: "cases" }, true);
  await run.setConfig(config);
  for (const operation of ["preview", "up"] as const) {
    const { failed, messages } = await run[operation]();
    assert.equal(failed, true, operation);
    assert.ok(
      messages
        .join("\n")
        .includes(
          `the subscription of projects/ops-admin/topics/support-events to the support events of organizations/123456789012 was deleted outside of Pulumi; ${undelete}`,
        ),
      messages.join("\n"),
    );
  }
  await call(run, "POST", `${name}:undelete`);
  await succeeds(run.up());
  assert.equal(run.cloud.state.supportEventSubscriptions.get(name)?.pubSubTopic, "projects/ops-admin/topics/cases");
  assert.deepEqual(await succeeds(run.preview()), []);
});

it("refuses to remove a subscription that was deleted outside of Pulumi, until the state no longer has it", async (t) => {
  const run = await started(t, "goneRemoved", { project: "ops-admin" });
  await succeeds(run.up());
  const name = nameIn(run);
  await call(run, "DELETE", name);
  await run.setConfig(eventsConfig(undefined, true));
  let remedy = "";
  for (const operation of ["preview", "up"] as const) {
    const { failed, messages } = await run[operation]();
    assert.equal(failed, true, operation);
    const refused =
      /the subscription of projects\/ops-admin\/topics\/support-events to the support events of organizations\/123456789012 was deleted outside of Pulumi, and Google refuses to delete it again\. Run: pulumi state remove '(\S+)'/;
    [, remedy = ""] = refused.exec(messages.join("\n")) ?? assert.fail(messages.join("\n"));
  }
  await succeeds(run.pulumi("state", "remove", remedy, "--yes"));
  await succeeds(run.up());
  assert.equal(run.cloud.state.topics.size, 0);
});

it("removes a subscription from the config that Google has purged", async (t) => {
  const run = await started(t, "purgedRemoved", { project: "ops-admin" });
  await succeeds(run.up());
  const name = nameIn(run);
  await call(run, "DELETE", name);
  await call(run, "POST", `${name}:expunge`);
  await run.setConfig(eventsConfig(undefined, true));
  await succeeds(run.preview());
  await succeeds(run.up());
});

it("is destroyed although somebody has deleted it, with the remedy of the doctor", async (t) => {
  const run = await started(t, "goneDestroyed", { project: "ops-admin" });
  await succeeds(run.up());
  const name = nameIn(run);
  await call(run, "DELETE", name);
  const [gone] = (await findingsOf(run)).filter(({ id }) => id === "subscription-gone");
  const [, urn = ""] =
    /; to delete it .* run pulumi state remove '(\S+)' first$/.exec(gone?.remedy ?? "") ?? assert.fail(gone?.remedy);
  await succeeds(run.pulumi("state", "remove", urn, "--yes"));
  await succeeds(run.destroy());
  assert.equal(run.cloud.state.topics.size, 0);
});

it("keeps the subscription when the topic changes, and publishes to the new topic", async (t) => {
  const run = await started(t, "changed", { project: "ops-admin" });
  await succeeds(run.up());
  assert.equal(await checklistRow(run), `done: ${topic}`);
  const config = eventsConfig({ project: "ops-admin", topic: "cases" }, true);
  await run.setConfig(config);
  const other = await commandLine(run, "up", "--yes", "--skip-preview", "--target", "**cloudsupport.googleapis.com");
  assert.equal(other.code, 0, other.text);
  assert.equal(await checklistRow(run), "not done: missing: projects/ops-admin/topics/cases");
  await succeeds(run.up());
  assert.equal(await checklistRow(run), "done: projects/ops-admin/topics/cases");
  const { topics, supportEventSubscriptions } = run.cloud.state;
  assert.deepEqual([...topics.keys()], ["projects/ops-admin/topics/cases"]);
  assert.equal(supportEventSubscriptions.size, 1);
  assert.deepEqual(await succeeds(run.preview()), []);
  // The doctor finds nothing of what the state has.
  const { findings } = JSON.parse((await care(run, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
  assert.deepEqual(findings, []);
  await run.setConfig({ ...config, "customer-care:testCase": { project: "shop-dev" } });
  await succeeds(run.up());
  const published = await publishedCases(run);
  assert.deepEqual([...new Set(published.map((one) => one.topic))], ["projects/ops-admin/topics/cases"]);
});

interface Refusal {
  readonly what: string;
  readonly supportEvents: unknown;
  readonly before?: (run: LocalRun) => unknown;
  readonly error: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    what: "a topic that others created",
    supportEvents: { project: "ops-admin" },
    before: createTopic,
    error:
      /organization\.supportEvents\.topic: the topic support-events of projects\/ops-admin already exists and is not in this stack; write topic: projects\/ops-admin\/topics\/support-events to use it as it is, or another name/,
  },
  {
    what: "an existing topic that does not exist",
    supportEvents: { project: "ops-admin", topic },
    error:
      /organization\.supportEvents\.topic: the topic projects\/ops-admin\/topics\/support-events does not exist; write the full name/,
  },
  {
    what: "a subscription that others created",
    supportEvents: { project: "ops-admin", topic },
    before: async (run) => {
      await createTopic(run);
      await subscribe(run);
    },
    error:
      /organization\.supportEvents: organizations\/123456789012\/supportEventSubscriptions\/1001 already publishes the support events/,
  },
  {
    what: "the Pub/Sub API that is not enabled on the quota project",
    supportEvents: { project: "shop-prod" },
    before: (run) => {
      run.cloud.state.projects.get("ops-admin")?.services.delete("pubsub.googleapis.com");
      const policy = run.cloud.state.projects.get("shop-prod")?.policy;
      policy?.bindings.push({ role: "roles/pubsub.admin", members: [operator] });
    },
    error:
      /pubsub\.googleapis\.com is not enabled on projects\/ops-admin, the quota project of .*gcloud services enable pubsub\.googleapis\.com --project ops-admin/,
  },
  {
    what: "a caller without the permission to create topics",
    supportEvents: { project: "shop-prod" },
    error:
      /to create the topic for support events at projects\/shop-prod, this caller lacks pubsub\.topics\.create, .*Pub\/Sub Admin \(roles\/pubsub\.admin\)/,
  },
  {
    what: "a caller who may not see the subscriptions",
    supportEvents: { project: "ops-admin" },
    before: (run) => {
      const policy = run.cloud.state.organizations.get(organization)?.policy;
      for (const binding of policy?.bindings ?? [])
        if (binding.role === "roles/cloudsupport.techSupportEditor")
          binding.members = binding.members.filter((member) => member !== operator);
    },
    error:
      /to subscribe to support events at organizations\/123456789012, this caller lacks cloudsupport\.techCases\.get, .*Tech Support Editor/,
  },
  {
    what: "a project that does not exist",
    supportEvents: { project: "no-such-project" },
    error: /organization\.supportEvents\.project: the project "no-such-project" does not exist/,
  },
];

describe("the preview refuses, before anything is created,", () => {
  for (const { what, supportEvents, before, error } of refusals)
    it(what, async (t) => {
      const run = await started(t, `refused-${what.replaceAll(/\W+/g, "-")}`, supportEvents);
      await before?.(run);
      const { failed, messages } = await run.preview();
      assert.equal(failed, true, messages.join("\n"));
      assert.match(messages.join("\n"), error);
    });
});
