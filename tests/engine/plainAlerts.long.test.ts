/** Alert policies and subscriptions that the program creates without a component, next to those of a component. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const settings = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "gcp:batching": { enableBatching: false },
};
const program = join(import.meta.dirname, "programs", "instances.ts");
const channel = "projects/shop-dev/notificationChannels/77";
const policyName = "care/projects/shop-dev/alerts/serviceHealth";
const policyType = "gcp:monitoring/alertPolicy:AlertPolicy";

/** A policy as Google's page of logs writes it. */
const byLogName = (notificationChannels: readonly string[]) => ({
  project: "shop-dev",
  displayName: "By hand",
  combiner: "OR",
  conditions: [
    {
      displayName: "One",
      conditionMatchedLog: { filter: 'logName = "projects/shop-dev/logs/servicehealth.googleapis.com%2Factivity"' },
    },
  ],
  alertStrategy: { notificationRateLimit: { period: "300s" } },
  notificationChannels,
});

const careWith = (notify?: readonly string[]) => ({
  plan: "enhanced",
  projects: { "shop-dev": { ...(notify && { alerts: { serviceHealth: { notify } } }) } },
});
const configOf = (notify?: readonly string[], own?: readonly string[]) => ({
  ...settings,
  "instances:all": { care: careWith(notify) },
  ...(own && { "instances:policies": { own: byLogName(own) } }),
});

describe("an alert policy of the program by log name", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({
      name: "plainAlerts",
      projectName: "instances",
      program,
      config: configOf(undefined, [channel]),
    });
    run.cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
    run.cloud.state.projects.get("shop-dev")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
    run.cloud.state.notificationChannels.set(channel, { name: channel, type: "pagerduty", labels: {} } as never);
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
  });
  afterAll(() => run.close());

  const preview = async (config: Readonly<Record<string, unknown>>) => {
    await run.setConfig(config);
    const { failed, messages } = await run.preview();
    const text = messages.join("\n");
    assert.ok(!text.includes("[alerts-exist]"), text);
    return { failed, text, repeated: text.match(/\[claimed-twice\]/g)?.length ?? 0 };
  };
  const urn = `urn:pulumi:test::instances::${policyType}::own`;

  it("does not replace the component's: its checks are those of a new policy", async () => {
    const missing = "projects/shop-dev/notificationChannels/99";
    const { failed, text } = await preview(configOf([channel, missing], [channel]));
    assert.ok(failed, text);
    assert.match(text, /notificationChannels\/99 does not exist; write the name of a notification channel/);
  });

  it("is reported once if the program keeps it and it notifies somebody", async () => {
    const { failed, text, repeated } = await preview(configOf([channel], [channel]));
    assert.deepEqual([failed, repeated], [false, 1], text);
    assert.ok(
      text.includes(
        `${policyName} and own both have the Service Health alerts of projects/shop-dev: people on both are notified of each incident twice; remove it from one of the two`,
      ),
      text,
    );
    assert.deepEqual((({ failed, repeated }) => [failed, repeated])(await preview(configOf([channel], []))), [
      false,
      0,
    ]);
  });

  it("is not reported if the program no longer has it, or if the component takes it over by an alias", async () => {
    const removed = await preview(configOf([channel]));
    assert.deepEqual([removed.failed, removed.repeated], [false, 0], removed.text);
    const taken = await preview({ ...configOf([channel]), "instances:formerly": { [policyName]: urn } });
    assert.deepEqual([taken.failed, taken.repeated], [false, 0], taken.text);
  });
});

it("a subscription of the program to the same topic is reported", async (t) => {
  const topic = "projects/ops-admin/topics/events";
  const configOf = (supportEvents?: object) => ({
    ...settings,
    "instances:all": { care: { plan: "enhanced", organization: { domain: "example.com", supportEvents } } },
    "instances:topics": { events: { project: "ops-admin", name: "events" } },
    "instances:subscriptions": { own: { organization: "123456789012", pubSubTopic: topic } },
  });
  const run = await localRun({ name: "plainEvents", projectName: "instances", program, config: configOf() });
  t.onTestFinished(() => run.close());
  run.cloud.state.projects.get("ops-admin")?.services.set("pubsub.googleapis.com", { enabledAt: 0 });
  const first = await run.up();
  assert.equal(first.failed, false, first.messages.join("\n"));
  await run.setConfig(configOf({ project: "ops-admin", topic }));
  const { failed, messages } = await run.preview();
  const text = messages.join("\n");
  assert.equal(failed, false, text);
  assert.match(text, /subscription and own both have the subscription of .*: each event is published twice; remove/);
  assert.equal(text.match(/\[claimed-twice\]/g)?.length, 1, text);
});
