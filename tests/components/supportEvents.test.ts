/** Support events with Pulumi's mocks: what the component registers, alone and as a part of the whole. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, SupportEvents } from "../../components/index.ts";
import type { SupportEventsArgs } from "../../components/index.ts";
import { withoutSection } from "../support/section.ts";
import { resources, useMocks } from "./mocks.ts";

const publisher = "serviceAccount:cloud-support-apievents@system.gserviceaccount.com";

async function made(): Promise<Record<string, Record<string, unknown>>> {
  const all = await resources();
  return Object.fromEntries(
    all.filter(({ isComponent }) => !isComponent).map(({ type, name, inputs }) => [`${type} ${name}`, inputs]),
  );
}

describe("SupportEvents", () => {
  beforeEach(() => useMocks());

  it("creates the topic, the grant and the subscription", async () => {
    const events = new SupportEvents("events", { organizationId: "123456789012", project: "ops-admin" });
    const outputs = await new Promise((resolve) => {
      pulumi.all([events.topic, events.subscription]).apply(resolve);
    });
    assert.deepEqual(outputs, ["projects/ops-admin/topics/support-events", "events/subscription-id"]);
    assert.deepEqual(await made(), {
      "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription events/subscription": {
        organization: "123456789012",
        pubSubTopic: "projects/ops-admin/topics/support-events",
      },
      "gcp:projects/service:Service events/ops-admin/pubsub.googleapis.com": {
        project: "ops-admin",
        service: "pubsub.googleapis.com",
        disableOnDestroy: false,
      },
      "gcp:pubsub/topic:Topic events/ops-admin/support-events": { project: "ops-admin", name: "support-events" },
      "gcp:pubsub/topicIAMMember:TopicIAMMember events/ops-admin/support-events/publisher": {
        project: "ops-admin",
        // The name that the mocks return for the topic.
        topic: "events/ops-admin/support-events",
        role: "roles/pubsub.publisher",
        member: publisher,
      },
    });
  });

  it("uses an existing topic as it is", async () => {
    const topic = "projects/ops-admin/topics/cases";
    new SupportEvents("events", { organizationId: "123456789012", project: "ops-admin", topic });
    assert.deepEqual(await made(), {
      "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription events/subscription": {
        organization: "123456789012",
        pubSubTopic: topic,
      },
      "gcp:pubsub/topicIAMMember:TopicIAMMember events/ops-admin/cases/publisher": {
        project: "ops-admin",
        topic: "cases",
        role: "roles/pubsub.publisher",
        member: publisher,
      },
    });
  });

  it("takes Outputs of a project and of an organization, alone and in the whole", async () => {
    const [organizationId, project] = [pulumi.output("123456789012"), pulumi.output("projects/ops-admin")];
    new SupportEvents("events", { organizationId, project });
    new CustomerCare("care", {
      plan: "standard",
      organization: { id: organizationId, supportEvents: { project, topic: "cases" } },
    });
    const inputs = await made();
    for (const name of ["events/project/support-events", "care/supportEvents/project/cases"])
      assert.equal(inputs[`gcp:pubsub/topic:Topic ${name}`]?.["project"], "ops-admin");
    for (const name of ["events/subscription", "care/supportEvents/subscription"])
      assert.equal(
        inputs[`gcp:cloudsupport/supportEventSubscription:SupportEventSubscription ${name}`]?.["organization"],
        "123456789012",
      );
  });

  it("enables the Pub/Sub API once if the project of the config does", async () => {
    new CustomerCare("care", {
      plan: "standard",
      organization: { id: "123456789012", supportEvents: { project: "ops-admin" } },
      projects: { ops: { projectId: "ops-admin", services: ["pubsub.googleapis.com"] } },
    });
    const services = Object.keys(await made()).filter((name) => name.includes("pubsub.googleapis.com"));
    assert.deepEqual(services, ["gcp:projects/service:Service care/projects/ops-admin/pubsub.googleapis.com"]);
  });

  const faults: [string, unknown, string][] = [
    [
      "a topic of another project",
      { organizationId: "123456789012", project: "ops-admin", topic: "projects/shop-dev/topics/cases" },
      'events:topic: "projects/shop-dev/topics/cases" is a topic of another project than "ops-admin"; write project: shop-dev, or a topic of ops-admin',
    ],
    [
      "no project and another key",
      { organizationId: "123456789012", projectId: "ops-admin" },
      [
        'events:projectId: "projectId" is not a key here (did you mean project?); write project, topic or acknowledge',
        'events:project: is missing; write "shop-dev"',
      ].join("\n"),
    ],
    ["no organization", { project: "ops-admin" }, 'events:organizationId: is missing; write "123456789012"'],
    [
      "an Output of a topic",
      { organizationId: "123456789012", project: "ops-admin", topic: pulumi.output("cases") },
      "events:topic: is an Output or a Promise; write a plain value: only projectId, folderId, the organization's id, the project of supportEvents, named members and notification channels can be Outputs",
    ],
  ];
  for (const [what, args, message] of faults)
    it(`refuses ${what}`, async () => {
      assert.throws(
        () => new SupportEvents("events", args as SupportEventsArgs),
        (error: unknown) => pulumi.RunError.isInstance(error) && withoutSection(error.message, "config") === message,
      );
      assert.deepEqual(await resources(), []);
    });
});
