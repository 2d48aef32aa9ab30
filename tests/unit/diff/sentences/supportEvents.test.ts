/** The sentences for support events. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { step, types } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";
import { changesOf } from "./changes.ts";

const texts = (...steps: WrittenStep[]) => changesOf(...steps).map(({ kinds, text }) => `${kinds.join()}: ${text}`);
const first = (...steps: WrittenStep[]) => texts(...steps)[0] ?? "";

describe("support events", () => {
  const topic = { project: "ops", name: "support-events" };
  const inputs = { organization: "123456789012", pubSubTopic: "projects/ops/topics/support-events" };
  const grant = {
    project: "ops",
    topic: "support-events",
    role: "roles/pubsub.publisher",
    member: "serviceAccount:cloud-support-apievents@system.gserviceaccount.com",
  };

  it("are published: the topic, who may publish to it, and what is published", () =>
    assert.deepEqual(
      texts(
        step("create", types.topic, { after: topic }),
        step("create", types.topicGrant, { after: grant }),
        step("create", types.subscription, { after: inputs }),
      ),
      [
        "external,organization: The events of all support cases of organization 123456789012 are published to projects/ops/topics/support-events.",
        ": Google is allowed to publish support events to the topic support-events of project ops.",
        ": The topic support-events for support events is created in project ops.",
      ],
    ));

  it("are no longer published, which comes first", () =>
    assert.deepEqual(
      texts(
        step("delete", types.topic, { before: topic }),
        step("delete", types.topicGrant, { before: grant }),
        step("delete", types.subscription, { before: inputs }),
      ),
      [
        "alert-removal,organization,delete: The events of all support cases of organization 123456789012 are no longer published to projects/ops/topics/support-events.",
        "alert-removal,delete: Google is no longer allowed to publish support events to the topic support-events of project ops.",
        "alert-removal,delete: The topic support-events for support events is deleted in project ops, and its subscriptions no longer get the events.",
      ],
    ));

  it("go to another topic", () =>
    assert.equal(
      first(
        step("update", types.subscription, {
          before: inputs,
          after: { ...inputs, pubSubTopic: "projects/ops/topics/other" },
        }),
      ),
      "external,alert-removal,organization: The events of all support cases of organization 123456789012 are published to projects/ops/topics/other instead of projects/ops/topics/support-events.",
    ));

  it("do not make a topic of others known", () =>
    assert.match(first(step("create", types.topic, { after: topic })), /^unknown: gcp:pubsub\/topic:Topic: 1 created/));

  it("are described for every operation, each by what it does", () => {
    const other = { ...inputs, pubSubTopic: "projects/ops/topics/other" };
    const elsewhere = { ...inputs, organization: "210987654321" };
    const all: Readonly<Record<string, WrittenStep>> = {
      "alert-removal,organization,replace: The events of all support cases of organization 123456789012 are published to projects/ops/topics/other instead of projects/ops/topics/support-events.":
        step("replace", types.subscription, { before: inputs, after: other }),
      "alert-removal,organization,replace: The events of all support cases of organization 123456789012 are no longer published to projects/ops/topics/support-events, and the events of all support cases of organization 210987654321 are published to projects/ops/topics/support-events.":
        step("replace", types.subscription, { before: inputs, after: elsewhere }),
      "organization,replace: The subscription to the events of all support cases of organization 123456789012 is replaced, and still publishes them to projects/ops/topics/support-events.":
        step("replace", types.subscription, { before: inputs, after: inputs }),
      "organization: The events of all support cases of organization 123456789012 are still published to projects/ops/topics/support-events, but the stack no longer manages the subscription.":
        step("delete", types.subscription, { before: inputs, retainOnDelete: true }),
      ": Google is still allowed to publish support events to the topic support-events of project ops, but the stack no longer manages the grant.":
        step("delete", types.topicGrant, { before: grant, retainOnDelete: true }),
      "alert-removal,replace: Google is no longer allowed to publish support events to the topic support-events of project ops, but to the topic other of project ops.":
        step("replace", types.topicGrant, { before: grant, after: { ...grant, topic: "other" } }),
    };
    for (const [expected, one] of Object.entries(all)) assert.equal(first(one).replace(/^external,/, ""), expected);
  });
});
