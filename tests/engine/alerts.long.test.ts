/** The Google provider's resources for alerts and events of cases, with Pulumi's engine: who is notified of an incident. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";

function notified(run: LocalRun, title: string): unknown[] {
  const name = "projects/shop-dev/locations/global/events/outage";
  const [raised] = run.cloud.raiseEvents({ events: [{ name, title }] });
  return (raised?.notifications ?? []).map(({ to, content }) => [to["email_address"], content]);
}

it("creates alerts with an empty second preview, changes them, and deletes them with their channels", async (t) => {
  const run = await localRun({
    name: "alerts",
    program: join(import.meta.dirname, "programs", "alerts.ts"),
    config: { "own:notify": ["one@example.com", "other@example.com"] },
  });
  t.onTestFinished(() => run.close());
  const shop = run.cloud.state.projects.get("shop-dev");
  shop?.policy.bindings.push({ role: "roles/owner", members: [operator] });
  shop?.services.set("servicehealth.googleapis.com", { enabledAt: 0 });

  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  const again = await run.preview();
  assert.deepEqual(
    again.steps.filter((step) => !step.startsWith("same ")),
    [],
  );
  const content = "Outage of Cloud SQL";
  assert.deepEqual(notified(run, content), [
    ["one@example.com", content],
    ["other@example.com", content],
  ]);
  assert.deepEqual(notified(run, content), []);

  await run.refresh();
  const refreshed = await run.preview();
  assert.deepEqual(
    refreshed.steps.filter((step) => !step.startsWith("same ")),
    [],
  );

  // Pulumi removes the channel from the policy before it deletes the channel.
  await run.setConfig({ "own:notify": ["one@example.com"] });
  const fewer = await run.up();
  assert.equal(fewer.failed, false, fewer.messages.join("\n"));
  assert.deepEqual(notified(run, "Another title"), [["one@example.com", "Another title"]]);

  const destroyed = await run.destroy();
  assert.equal(destroyed.failed, false, destroyed.messages.join("\n"));
  const { alertPolicies, notificationChannels, topics } = run.cloud.state;
  assert.deepEqual([alertPolicies.size, notificationChannels.size, topics.size], [0, 0, 0]);
});
