/** The alerts of a fleet: killed while they are created, they are created once; its commands print the notes of the stacks. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, it } from "vitest";
import { alertFilter } from "../../../guide/index.ts";
import { folder, localFleet } from "../../support/localFleet.ts";
import type { LocalFleet } from "../../support/localFleet.ts";
import { killAll } from "../../support/processes.ts";

const count = 6;
const email = "oncall@example.com";

describe("the alerts of a fleet", () => {
  let fleet: LocalFleet;
  const counts = () => [fleet.cloud.state.notificationChannels.size, fleet.cloud.state.alertPolicies.size];
  const everyProject = {
    contacts: { technical: ["tech@example.com"], "technical-incidents": [email] },
    alerts: { serviceHealth: { notify: [email] } },
  };

  beforeAll(async () => {
    fleet = await localFleet({
      name: "fleetAlerts",
      count,
      config: {
        "gcp:userProjectOverride": "true",
        "gcp:billingProject": "ops-admin",
        "customer-care:plan": "enhanced",
        "customer-care:fleet": { shards: 2 },
        "customer-care:folders": { [folder]: { everyProject } },
      },
    });
    fleet.cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
  });
  afterAll(() => fleet.close());

  /** Runs the command in a project with a policy that somebody has created by hand, and expects each note once. */
  const printsNotes = async (...command: readonly string[]) => {
    const [id = ""] = fleet.projects;
    const name = (kind: string) => `projects/${id}/${kind}/77`;
    const { notificationChannels, alertPolicies } = fleet.cloud.state;
    const channel = { name: name("notificationChannels"), type: "email", labels: { email_address: "a@example.com" } };
    const filter = alertFilter({ on: "all-updates", products: [], locations: [], relevance: [] });
    const policy = {
      name: name("alertPolicies"),
      displayName: "By hand",
      combiner: "OR",
      conditions: [{ displayName: "One", conditionMatchedLog: { filter } }],
      notificationChannels: [channel.name],
    };
    notificationChannels.set(channel.name, channel as never);
    alertPolicies.set(policy.name, policy as never);
    const { code, stderr } = await fleet.care(...command);
    assert.equal(code, 0, stderr);
    for (const note of [
      /^prod-0\d: .*already has the alert policy "By hand" .* \[alerts-exist\]$/gm,
      new RegExp(`^prod-0\\d.*${id}.*tech@example\\.com.* \\[incidents-redirected\\]$`, "gm"),
    ])
      assert.equal(stderr.match(note)?.length, 1, stderr);
    alertPolicies.delete(policy.name);
    notificationChannels.delete(channel.name);
  };

  it("come with the notes of the stacks in a preview", () => printsNotes("preview", "prod"));

  it("are created once, although the engines are killed while they create channels, and then policies", async () => {
    for (const [index, rpc] of ["CreateNotificationChannel", "CreateAlertPolicy"].entries()) {
      fleet.cloud.faults.add({ match: { rpc, times: 2 }, effect: "hang-after-effect" });
      const made = () => counts()[index] ?? 0;
      const before = made();
      const begun = fleet.begin("up", "prod", "--yes");
      // The first two hang. The gcp plugin repeats a request after two minutes.
      while (made() < before + 2 && begun.exitCode === null) await sleep(50);
      assert.equal(begun.exitCode, null, "it continues until it is killed");
      killAll(begun.pid ?? 0);
      await sleep(500);
      fleet.cloud.faults.clear();
    }
    const { code, stderr } = await fleet.care("up", "prod", "--yes");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^prod-0\d: recorded \d+ resources? that an engine had created before it was killed$/m);
    assert.deepEqual(counts(), [count, count]);
    const preview = await fleet.care("preview", "prod");
    assert.deepEqual([preview.code, preview.stdout], [0, "Nothing changes.\n"], preview.stderr);
  });

  it("are destroyed as recorded", async () => {
    const { code, stderr } = await fleet.care("destroy", "prod", "--yes");
    assert.equal(code, 0, stderr);
    assert.deepEqual(counts(), [0, 0]);
  });

  it("come with the notes of the stacks in an update without a preview", () => printsNotes("up", "prod", "--yes"));
});
