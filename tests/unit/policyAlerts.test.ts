/** The policy on incident alerts: each one notifies somebody. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { alertsWithoutChannel, notifiedAlerts } from "../../policy/alerts.ts";
import { alertPolicy } from "../support/previews/alerts.ts";
import { reportedBy, resourceOf, unknown } from "./policy.ts";

const channel = "projects/shop-dev/notificationChannels/1";
const policy = (changes: Record<string, unknown>, channels: readonly string[] = [channel]) =>
  resourceOf("gcp:monitoring/alertPolicy:AlertPolicy", { ...alertPolicy(channels), ...changes });

describe("notified-alerts", () => {
  it("refuses a policy without a channel, whether the list is empty or absent", () => {
    for (const resource of [policy({}, []), policy({ notificationChannels: undefined })])
      assert.deepEqual(alertsWithoutChannel(resource), [
        "the alert policy for Service Health in shop-dev has no notification channel, so it notifies nobody of an incident; write an e-mail address or a channel to notify",
      ]);
  });

  it("refuses a policy that is disabled", () =>
    assert.match(
      String(alertsWithoutChannel(policy({ enabled: false }))),
      /is disabled, .*; leave out enabled: false$/,
    ));

  it("accepts one with a channel, also an unknown one", async () => {
    for (const changes of [
      {},
      { enabled: true },
      { notificationChannels: [unknown] },
      { notificationChannels: unknown },
    ])
      assert.deepEqual(await reportedBy(notifiedAlerts, policy(changes)), []);
  });

  it("names a project that is unknown in another way", async () =>
    assert.match(
      String(await reportedBy(notifiedAlerts, policy({ project: unknown }, []))),
      /Service Health in its project has no/,
    ));

  it("has nothing to do with other alerts, and with a filter that is unknown", async () => {
    for (const conditions of [
      unknown,
      undefined,
      [unknown],
      [{ conditionThreshold: { filter: "x" } }],
      [{ conditionMatchedLog: { filter: unknown } }],
      [{ conditionMatchedLog: { filter: "severity = ERROR" } }],
    ])
      assert.deepEqual(await reportedBy(notifiedAlerts, policy({ conditions }, [])), []);
    assert.deepEqual(alertsWithoutChannel(resourceOf("gcp:pubsub/topic:Topic", {})), []);
  });
});
