/** The events of support cases with Pulumi's engine: published to a topic that the stack creates, and nothing is left behind. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";
import { eventsConfig, publishedCases } from "./publishedCases.ts";

it("publishes the events of cases to a topic, with an empty second preview, and deletes the topic", async (t) => {
  const run = await localRun({ name: "supportEvents", config: eventsConfig({ project: "ops-admin" }, true) });
  t.onTestFinished(() => run.close());
  const { topics, supportEventSubscriptions } = run.cloud.state;

  const preview = await run.preview();
  assert.equal(preview.failed, false, preview.messages.join("\n"));
  assert.deepEqual(
    preview.steps.filter((step) => step.includes("supportEvents")),
    [
      "create customer-care:index:SupportEvents customer-care/supportEvents",
      "create gcp:cloudsupport/supportEventSubscription:SupportEventSubscription customer-care/supportEvents/subscription",
      "create gcp:projects/service:Service customer-care/supportEvents/ops-admin/pubsub.googleapis.com",
      "create gcp:pubsub/topic:Topic customer-care/supportEvents/ops-admin/support-events",
      "create gcp:pubsub/topicIAMMember:TopicIAMMember customer-care/supportEvents/ops-admin/support-events/publisher",
    ],
  );
  assert.deepEqual([topics.size, supportEventSubscriptions.size], [0, 0]);

  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  const again = await run.preview();
  assert.equal(again.failed, false, again.messages.join("\n"));
  assert.deepEqual(again.steps, []);
  await run.refresh();
  assert.deepEqual((await run.preview()).steps, []);
  assert.deepEqual(await publishedCases(run), []);

  // A case of another project of the organization.
  await run.setConfig({
    ...eventsConfig({ project: "ops-admin" }, true),
    "customer-care:testCase": { project: "shop-dev" },
  });
  const withCase = await run.up();
  assert.equal(withCase.failed, false, withCase.messages.join("\n"));
  const published = await publishedCases(run);
  assert.deepEqual(
    published.map(({ topic, state }) => [topic, state]),
    [
      ["projects/ops-admin/topics/support-events", "NEW"],
      ["projects/ops-admin/topics/support-events", "CLOSED"],
    ],
  );

  const destroyed = await run.destroy();
  assert.equal(destroyed.failed, false, destroyed.messages.join("\n"));
  assert.equal(topics.size, 0);
  assert.deepEqual(
    [...supportEventSubscriptions.values()].map(({ state }) => state),
    ["DELETED"],
  );
  assert.ok(run.cloud.state.projects.get("ops-admin")?.services.has("pubsub.googleapis.com"));
});
