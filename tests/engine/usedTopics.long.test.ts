/** A topic of the program that the config uses as an existing one: it is not deleted, so the update is not refused. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";
import { organizationOf, quota } from "./refusals/given.ts";

it("a topic of another instance, or of a resource that takes it over, is used as an existing one", async (t) => {
  const instance = (organization: object, supportEvents?: object) => ({
    plan: "enhanced",
    organization: { ...organization, supportEvents },
  });
  const first = instance({ id: "123456789012" }, { project: "ops-admin" });
  const named = { project: "ops-admin", topic: "projects/ops-admin/topics/support-events" };
  const all = (second: object) => ({ ...quota, "instances:all": { care: first, second } });
  const run = await localRun({
    name: "usedTopics",
    projectName: "instances",
    program: join(import.meta.dirname, "programs", "instances.ts"),
    config: all(instance({ id: "2" })),
  });
  t.onTestFinished(() => run.close());
  const other = { name: "organizations/2", id: "2", displayName: "partner.example", directoryCustomerId: "C0999" };
  run.cloud.state.organizations.set(other.name, { ...organizationOf(run.cloud), ...other });
  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  const succeeds = async (config: object) => {
    await run.setConfig({ ...config });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
  };
  await succeeds(all(instance({ id: "2" }, named)));
  const urn =
    "urn:pulumi:test::instances::customer-care:index:CustomerCare$customer-care:index:SupportEvents$gcp:pubsub/topic:Topic::care/supportEvents/ops-admin/support-events";
  // A resource of the program takes over the topic.
  const own = { project: "ops-admin", name: "support-events", aliases: [urn] };
  const using = { care: instance({ id: "123456789012" }, named), second: instance({ id: "2" }, named) };
  await succeeds({ ...quota, "instances:all": using, "instances:topics": { own } });
  assert.ok(run.cloud.state.topics.has(named.topic));
});
