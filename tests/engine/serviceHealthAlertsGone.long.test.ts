/** Alerts that somebody deletes or disables outside of Pulumi: a preview that changes them fails, and `care doctor` reports them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const provider = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
const byHand = "projects/shop-dev/notificationChannels/77";

const chat = {
  name: byHand,
  type: "google_chat",
  labels: { space: "spaces/A" },
  enabled: true,
  verificationStatus: "VERIFIED",
} as never;

function cloudWithMonitoring(cloud: Cloud): void {
  for (const project of ["ops-admin", "shop-dev"])
    for (const service of ["monitoring", "logging", "servicehealth"])
      cloud.state.projects.get(project)?.services.set(`${service}.googleapis.com`, { enabledAt: 0 });
}

describe("alerts that were changed outside of Pulumi", () => {
  let cloud: Cloud;
  let run: LocalRun;

  const notify = ["one@example.com", "two@example.com", byHand];
  const at = (serviceHealth: object) => ({
    ...provider,
    "customer-care:plan": "enhanced",
    "customer-care:projects": { "shop-dev": { alerts: { serviceHealth } } },
  });
  const deployed = at({ notify });

  beforeAll(async () => {
    cloud = await startCloud();
    cloudWithMonitoring(cloud);
    run = await localRun({ name: "serviceHealthAlertsGone", config: deployed, cloud });
  });
  afterAll(async () => {
    await run.close();
    await cloud.close();
  });

  /** A stack as it is deployed. */
  beforeEach(async () => {
    cloud.state.notificationChannels.set(byHand, chat);
    await run.setConfig(deployed);
    const { failed, messages } = await run.pulumi("up", "--refresh", "--yes", "--skip-preview");
    assert.equal(failed, false, messages.join("\n"));
  });

  /** As Cloud Monitoring deletes it by force. */
  const deleteChannel = (name: string) => {
    for (const policy of cloud.state.alertPolicies.values())
      policy.notificationChannels = policy.notificationChannels?.filter((used) => used !== name) ?? [];
    cloud.state.notificationChannels.delete(name);
  };
  const channelFor = (address: string) =>
    [...cloud.state.notificationChannels.values()].find(({ labels }) => labels["email_address"] === address)?.name ??
    assert.fail(address);

  const refused = async (expected: RegExp, operations: readonly ("preview" | "up")[] = ["preview", "up"]) => {
    const first = cloud.requests.length;
    for (const operation of operations) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.match(messages.join("\n"), expected);
    }
    assert.deepEqual(writesSince(cloud, first), []);
  };

  const found = async (): Promise<string[]> => {
    const { stdout } = await care(run, ["doctor", "--json"]);
    const { findings } = JSON.parse(stdout) as ReturnType<typeof jsonOf>;
    return findings.flatMap(({ id, level }) => (/^(alert-|service-disabled)/.test(id) ? [`${level} ${id}`] : []));
  };

  /** An update with a refresh repairs everything, so it does not advise one. */
  const refreshed = async (...flags: readonly string[]) => {
    const { failed, messages } = await run.pulumi("up", "--refresh", ...flags, "--yes", "--skip-preview");
    assert.equal(failed, false, messages.join("\n"));
    assert.doesNotMatch(messages.join("\n"), /--refresh/);
    assert.deepEqual(await found(), []);
  };

  const unchangedPreview = async () => {
    const { failed, steps, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(steps, []);
  };

  it("a deleted policy is not changed, until a refresh creates it again", async () => {
    cloud.state.alertPolicies.clear();
    await unchangedPreview();
    assert.deepEqual(await found(), ["warning alert-policy-gone"]);
    await run.setConfig(at({ notify, on: "new-incidents" }));
    await refused(
      /the alert policy projects\/shop-dev\/alertPolicies\/\d+ was deleted outside of Pulumi; run pulumi up --refresh/,
    );
    await refreshed();
    assert.equal(cloud.state.alertPolicies.size, 1);
  });

  it("a policy is not changed while a channel of the stack is deleted, until a refresh creates it again", async () => {
    deleteChannel(channelFor("one@example.com"));
    await unchangedPreview();
    assert.deepEqual(await found(), ["warning alert-channel-gone"]);
    await run.setConfig(at({ notify: ["one@example.com", byHand] }));
    await refused(
      /the notification channel for one@example\.com of projects\/shop-dev was deleted outside of Pulumi; run pulumi up --refresh/,
    );
    await refreshed();
    channelFor("one@example.com");
  });

  it("a policy is not changed while an existing channel is deleted, also after a refresh", async () => {
    deleteChannel(byHand);
    await unchangedPreview();
    assert.deepEqual(await found(), ["warning alert-channel-not-found"]);
    const absent =
      /customer-care:projects\.shop-dev\.alerts\.serviceHealth\.notify: projects\/shop-dev\/notificationChannels\/77 does not exist; write the name/;
    await run.setConfig(at({ notify, products: ["Google Cloud SQL"] }));
    await refused(absent);
    await run.setConfig(deployed);
    for (const words of [
      ["preview", "--refresh"],
      ["up", "--refresh", "--yes", "--skip-preview"],
    ]) {
      const { failed, messages } = await run.pulumi(...words);
      assert.equal(failed, true, words.join(" "));
      assert.match(messages.join("\n"), absent);
    }
  });

  it("a deleted policy with an existing channel that was deleted too is not created after a refresh", async () => {
    deleteChannel(byHand);
    cloud.state.alertPolicies.clear();
    const { failed, messages } = await run.pulumi("preview", "--refresh");
    assert.equal(failed, true);
    assert.match(messages.join("\n"), /notificationChannels\/77 does not exist; write the name/);
  });

  it("a changed policy and a changed channel are as configured after a refresh", async () => {
    assert.deepEqual(await found(), []);
    const [policy] = [...cloud.state.alertPolicies.values()];
    const [{ conditionMatchedLog } = {}] = policy?.conditions ?? [];
    if (policy === undefined || conditionMatchedLog === undefined) assert.fail();
    const { filter } = conditionMatchedLog;
    conditionMatchedLog.filter = `${filter} AND jsonPayload.impactedProducts:"Google Cloud SQL"`;
    policy.notificationChannels = [byHand];
    const channel = cloud.state.notificationChannels.get(channelFor("one@example.com")) ?? assert.fail();
    channel.labels = { email_address: "other@example.com" };
    await unchangedPreview();
    assert.deepEqual(await found(), ["warning alert-policy-changed", "warning alert-channel-changed"]);
    await run.setConfig(at({ notify: [...notify, "three@example.com"] }));
    const { failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.match(
      messages.join("\n"),
      /alertPolicies\/\d+ was changed outside of Pulumi \(the filter, the notification channels\), .*; run pulumi up --refresh, .*\[alert-policy-changed\]/,
    );
    await run.setConfig(deployed);
    await refreshed();
    const [now] = [...cloud.state.alertPolicies.values()];
    assert.equal(now?.conditions?.[0]?.conditionMatchedLog?.filter, filter);
    assert.equal(now?.notificationChannels?.length, 3);
    channelFor("one@example.com");
  });

  it("disabled services are enabled with the command of the doctor", async () => {
    const { services } = cloud.state.projects.get("shop-dev") ?? assert.fail();
    const names = ["servicehealth", "logging", "monitoring"].map((name) => `${name}.googleapis.com`);
    for (const service of names) services.delete(service);
    await unchangedPreview();
    assert.deepEqual(await found(), ["warning service-disabled"]);
    const targets = names.flatMap((service) => ["--target", `**/${service}`]);
    await refreshed(...targets);
    assert.ok(names.every((service) => services.has(service)));
  });

  it("a disabled policy causes a warning if it changes, and a refresh enables it", async () => {
    for (const policy of cloud.state.alertPolicies.values()) policy.enabled = false;
    await unchangedPreview();
    assert.deepEqual(await found(), ["warning alert-policy-silent"]);
    await run.setConfig(at({ notify, on: "new-incidents" }));
    const { failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.match(
      messages.join("\n"),
      /alertPolicies\/\d+ was changed outside of Pulumi and is disabled: .*; run pulumi up --refresh, .*\[alert-policy-silent\]/,
    );
    await refreshed();
    assert.deepEqual(
      [...cloud.state.alertPolicies.values()].map(({ enabled }) => enabled),
      [true],
    );
  });
});

it("a channel that is an Output is looked up in the preview", async (t) => {
  const run = await localRun({
    name: "serviceHealthAlertsOutput",
    program: join(root, "tests", "engine", "programs", "channelOutput.ts"),
    config: { ...provider, "own:channel": byHand },
  });
  t.onTestFinished(() => run.close());
  cloudWithMonitoring(run.cloud);
  const preview = await run.preview();
  assert.equal(preview.failed, true, preview.messages.join("\n"));
  assert.match(preview.messages.join("\n"), /notificationChannels\/77 does not exist; write the name/);
  run.cloud.state.notificationChannels.set(byHand, chat);
  for (const operation of ["preview", "up"] as const) {
    const { failed, messages } = await run[operation]();
    assert.equal(failed, false, messages.join("\n"));
  }
});
