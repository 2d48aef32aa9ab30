/** Alerts of Service Health: an incident notifies the people of the config, once. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";

const name = "projects/shop-dev/locations/global/events/outage";

it("notifies whoever is the contact for incidents, once, and leaves nothing after a destroy", async (t) => {
  const run = await localRun({
    name: "serviceHealthAlerts",
    config: {
      "gcp:userProjectOverride": "true",
      "gcp:billingProject": "ops-admin",
      "customer-care:plan": "enhanced",
      "customer-care:projects": {
        "shop-dev": {
          contacts: { "technical-incidents": ["oncall@example.com"], technical: ["dev@example.com"] },
          alerts: { serviceHealth: { notify: "contacts" } },
        },
      },
    },
  });
  t.onTestFinished(() => run.close());
  run.cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });

  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  assert.deepEqual((await run.preview()).steps, []);
  await run.refresh();
  assert.deepEqual((await run.preview()).steps, []);

  const raise = () =>
    run.cloud.raiseEvents({ events: [{ name, title: "Outage of Cloud SQL" }] })[0]?.notifications ?? [];
  const [notified, ...others] = raise();
  assert.deepEqual([notified?.to["email_address"], others], ["oncall@example.com", []]);
  const { content = "" } = notified ?? {};
  assert.match(content, /^### Outage of Cloud SQL\n/);
  const incident = /incidentDetails\/(\S+)\?project=shop-dev\)/.exec(content)?.[1] ?? assert.fail(content);
  assert.equal(decodeURIComponent(incident), name.replace("shop-dev", "100000000001"));
  assert.deepEqual(raise(), []);

  const destroyed = await run.destroy();
  assert.equal(destroyed.failed, false, destroyed.messages.join("\n"));
  const { alertPolicies, notificationChannels, projects } = run.cloud.state;
  assert.deepEqual([alertPolicies.size, notificationChannels.size], [0, 0]);
  assert.ok(projects.get("shop-dev")?.services.has("monitoring.googleapis.com"));
});
