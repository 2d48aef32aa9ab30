/**
 * A channel of the stack that an alert policy still uses after the update: Google refuses to delete it. Whatever deletes the
 * channel, and whosever policy uses it, the preview fails.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { commandLine } from "../support/commandLine.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const [one, two] = ["one@example.com", "two@example.com"];
const alerts = (...notify: readonly string[]) => ({ alerts: { serviceHealth: { notify } } });
const shop = (...notify: readonly string[]) => ({ "shop-dev": alerts(...notify) });
/** Each with its project as an Output. */
const keys = (a: string, b: string) => ({
  a: { projectId: a, ...alerts(one) },
  b: { projectId: b, ...alerts(one) },
});

interface Row {
  readonly what: string;
  /** The projects before, and after; `channel` is the name of the channel for one@example.com in shop-dev. */
  readonly before: object;
  readonly after: (channel: string) => object;
  /** The channels of the program's own policy. */
  readonly own?: { readonly before?: (channel: string) => string[]; readonly after: (channel: string) => string[] };
  readonly isUsedByHand?: boolean;
  /** The options of the operation. */
  readonly words?: readonly string[];
  /** Undefined if the update works. */
  readonly error?: RegExp;
}

const component = "customer-care:index:CustomerCare$customer-care:index:ServiceHealthAlerts";
const channelUrn = `urn:pulumi:test::own::${component}$gcp:monitoring/notificationChannel:NotificationChannel::care/projects/shop-dev/alerts/${one}`;
const byHand = "projects/shop-dev/alertPolicies/5";
const usedByHand =
  /the alert policy "By hand" \(projects\/shop-dev\/alertPolicies\/5\), which this stack does not have, uses/;
const usedByOwn =
  /would delete the notification channel for one@example\.com of projects\/shop-dev, which the alert policy urn:\S+::own uses, .* Keep one@example\.com in notify/;
const usedByName =
  /care:projects\.shop-dev\.alerts\.serviceHealth\.notify: this stack has created projects\/shop-dev\/notificationChannels\/\d+, .*; write one@example\.com/;

const rows: readonly Row[] = [
  {
    what: "the config names the channel of the stack",
    before: shop(one),
    after: (channel) => shop(channel),
    error: usedByName,
  },
  {
    what: "the config names the channel of the stack next to another address",
    before: shop(one, two),
    after: (channel) => shop(two, channel),
    error: usedByName,
  },
  {
    what: "a policy of the program keeps the channel",
    before: shop(one, two),
    after: () => shop(two),
    own: { before: (channel) => [channel], after: (channel) => [channel] },
    error: usedByOwn,
  },
  {
    what: "a new policy of the program gets the channel",
    before: shop(one, two),
    after: () => shop(two),
    own: { after: (channel) => [channel] },
    error: usedByOwn,
  },
  {
    what: "a policy of the program no longer has the channel",
    before: shop(one, two),
    after: () => shop(two),
    own: { before: (channel) => [channel], after: () => [] },
  },
  {
    what: "the channel gets another name in the state",
    before: { a: { projectId: "shop-dev", ...alerts(one) } },
    after: () => shop(one),
    isUsedByHand: true,
  },
  {
    what: "two projects change places",
    before: keys("shop-dev", "pay-dev"),
    after: () => keys("pay-dev", "shop-dev"),
    isUsedByHand: true,
    error: usedByHand,
  },
  {
    what: "two projects change places, and only the stack uses the channels",
    before: keys("shop-dev", "pay-dev"),
    after: () => keys("pay-dev", "shop-dev"),
  },
  {
    what: "the channel is replaced",
    before: shop(one),
    after: () => shop(one),
    isUsedByHand: true,
    words: ["--replace", channelUrn],
    error: usedByHand,
  },
  {
    what: "the channel is replaced, and only the stack uses it",
    before: shop(one),
    after: () => shop(one),
    words: ["--replace", channelUrn],
  },
];

const configOf = (projects: object, channels?: readonly string[]) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "own:care": { plan: "enhanced", projects },
  ...(channels !== undefined && { "own:channels": channels }),
});

async function succeeds(operation: ReturnType<LocalRun["pulumi"]>) {
  const { failed, messages } = await operation;
  assert.equal(failed, false, messages.join("\n"));
}

for (const [index, { what, before, after, own, isUsedByHand = false, words = [], error }] of rows.entries())
  it(`${what}: ${error === undefined ? "the update works" : "the preview fails"}`, async (t) => {
    const run = await localRun({
      name: `ownChannels-${String(index)}`,
      projectName: "own",
      program: join(import.meta.dirname, "programs", "ownPolicy.ts"),
      config: configOf(before),
    });
    t.onTestFinished(() => run.close());
    for (const project of ["ops-admin", "shop-dev", "pay-dev"])
      for (const service of ["monitoring", "logging", "servicehealth"])
        run.cloud.state.projects.get(project)?.services.set(`${service}.googleapis.com`, { enabledAt: 0 });
    await succeeds(run.up());
    const { notificationChannels, alertPolicies } = run.cloud.state;
    const channel =
      [...notificationChannels.values()].find(
        ({ name, labels }) => name.startsWith("projects/shop-dev/") && labels["email_address"] === one,
      )?.name ?? assert.fail();
    if (own?.before !== undefined) {
      await run.setConfig(configOf(before, own.before(channel)));
      await succeeds(run.up());
    }
    const [policy = assert.fail()] = alertPolicies.values();
    if (isUsedByHand)
      alertPolicies.set(byHand, {
        ...policy,
        name: byHand,
        displayName: "By hand",
        conditions: [],
        notificationChannels: [channel],
      });
    await run.setConfig(configOf(after(channel), own?.after(channel)));
    const first = run.cloud.requests.length;
    const previewed = await commandLine(run, "preview", ...words);
    if (error === undefined) {
      assert.equal(previewed.code, 0, previewed.text);
      const updated = await commandLine(run, "up", "--yes", "--skip-preview", ...words);
      assert.equal(updated.code, 0, updated.text);
      return;
    }
    assert.notEqual(previewed.code, 0, previewed.text);
    assert.match(previewed.text, error);
    assert.deepEqual(writesSince(run.cloud, first), []);
  });
