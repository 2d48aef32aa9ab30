/** Channels of alerts that are Outputs with a wrong value: refused in the preview, or in the update before it creates alerts. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { localRun } from "../support/localRun.ts";

const wrong = {
  "not an address": /alerts:notify\[1\]: "not an address" .*is not the name of a notification channel; write /,
  "oncall@example.com":
    /alerts:notify\[1\]: "oncall@example\.com" is an e-mail address, and only notification channels/,
  "projects/pay-dev/notificationChannels/7": /"projects\/pay-dev\/notificationChannels\/7" belongs to another project/,
  "projects/100000000001/notificationChannels/7": /has a project number; write the ID of the project/,
};

for (const [index, [channel, words]] of Object.entries(wrong).entries())
  it(`${channel} notifies nobody, and no alert is created`, async (t) => {
    const config = (isLater: boolean) => ({
      "gcp:userProjectOverride": "true",
      "gcp:billingProject": "ops-admin",
      "own:channel": channel,
      "own:addresses": ["a@example.com"],
      "own:isLater": String(isLater),
    });
    const run = await localRun({
      name: `wrongChannels${String(index)}`,
      program: join(import.meta.dirname, "programs", "channelOutput.ts"),
      config: config(false),
    });
    t.onTestFinished(() => run.close());
    for (const project of ["ops-admin", "shop-dev"])
      run.cloud.state.projects.get(project)?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
    const preview = await run.preview();
    assert.ok(preview.failed, preview.messages.join("\n"));
    assert.match(preview.messages.join("\n"), words);
    await run.setConfig(config(true));
    const { failed, messages } = await run.up();
    assert.ok(failed, messages.join("\n"));
    assert.equal(messages.filter((message) => words.test(message)).length, 1, messages.join("\n"));
    assert.deepEqual([run.cloud.state.notificationChannels.size, run.cloud.state.alertPolicies.size], [0, 0]);
  });
