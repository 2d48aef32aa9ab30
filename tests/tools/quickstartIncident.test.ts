/** The incident of `npm start`: the check passes only if the people of the config are notified (tools/quickstart/incident.ts). */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, it } from "vitest";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { showIncident } from "../../tools/quickstart/incident.ts";
import { Screen } from "../../tools/quickstart/screen.ts";

const title = "Elevated latency for Cloud SQL in europe-west1";
const oncall = "projects/shop-dev oncall@example.com";

describe("the incident of npm start", () => {
  let cloud: Cloud;
  beforeEach(async () => {
    cloud = await startCloud();
    const services = cloud.state.projects.get("shop-dev")?.services;
    services?.set("servicehealth.googleapis.com", { enabledAt: 0 });
  });
  afterEach(() => cloud.close());

  async function shown(alerts: readonly string[]) {
    const stream = Object.assign(new PassThrough(), { isTTY: false });
    const screen = new Screen(stream as unknown as NodeJS.WriteStream);
    await showIncident(screen, cloud.address, alerts);
    return { text: String(stream.read()).trim(), failures: screen.failures };
  }

  it("shows who was notified", async () => {
    addAlert(cloud, "oncall@example.com");
    assert.deepEqual(await shown([oncall]), {
      text: `✓ notified of "${title}": oncall@example.com (projects/shop-dev)`,
      failures: [],
    });
  });

  it("fails if nobody was notified", async () => {
    const text = `notified of "${title}": nobody; configured: oncall@example.com (projects/shop-dev)`;
    assert.deepEqual(await shown([oncall]), { text: `✗ ${text}`, failures: [text] });
  });

  it("fails if somebody else was notified too", async () => {
    addAlert(cloud, "oncall@example.com");
    addAlert(cloud, "other@example.com");
    const text = `notified of "${title}": oncall@example.com (projects/shop-dev), other@example.com (projects/shop-dev); configured: oncall@example.com (projects/shop-dev)`;
    assert.deepEqual((await shown([oncall])).failures, [text]);
  });

  it("fails if the same person was notified twice", async () => {
    addAlert(cloud, "oncall@example.com");
    addAlert(cloud, "oncall@example.com");
    assert.equal((await shown([oncall])).failures.length, 1);
  });
});

/** Adds a policy with a channel of its own, as Cloud Monitoring stores them. */
function addAlert({ state }: Cloud, address: string): void {
  const number = String(state.alertPolicies.size + 1);
  const channel = `projects/shop-dev/notificationChannels/${number}`;
  const record = { mutateTime: "2026-11-30T00:00:00Z", mutatedBy: "ada@example.com" };
  state.notificationChannels.set(channel, {
    name: channel,
    type: "email",
    displayName: address,
    description: "",
    userLabels: {},
    labels: { email_address: address },
    enabled: true,
    creationRecord: record,
    mutationRecords: [],
  });
  const policy = `projects/shop-dev/alertPolicies/${number}`;
  const filter = 'resource.type = "servicehealth.googleapis.com/Event"';
  state.alertPolicies.set(policy, {
    name: policy,
    conditions: [
      {
        name: `${policy}/conditions/1`,
        conditionMatchedLog: { filter, labelExtractors: { title: "EXTRACT(jsonPayload.title)" } },
      },
    ],
    enabled: true,
    notificationChannels: [channel],
    documentation: { content: "${log.extracted_label.title}" },
    creationRecord: record,
    mutationRecord: record,
  });
}
