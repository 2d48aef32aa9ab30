/** The permissions of guide/permissions.ts are those that Google checks in the life of a stack: none is missing, none is too much. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { levels, permissionsOfUpdates } from "../../guide/index.ts";
import { localRun } from "../support/localRun.ts";

/** What every part of a config needs, at each level. */
const config = (category: string, title: string) => ({
  "customer-care:plan": "enhanced",
  "customer-care:organization": {
    id: "123456789012",
    administrators: ["group:support-admins@example.com"],
    contacts: { [category]: ["security@example.com"] },
    supportEvents: { project: "ops-admin" },
  },
  "customer-care:folders": {
    "456789012345": { editors: ["group:shop-leads@example.com"], everyProject: { editors: ["user:ada@example.com"] } },
  },
  "customer-care:projects": {
    "shop-dev": {
      editors: ["user:ada@example.com"],
      alerts: { serviceHealth: { notify: [`${category}@example.com`, "oncall@example.com"] } },
    },
  },
  "customer-care:testCase": {
    organization: true,
    keepOpen: true,
    displayName: title,
    ...(category === "legal" && { escalation: { reason: "resolutionTime", justification: "No reply" } }),
  },
});

it("the life of a stack needs the permissions that updates are said to need, and no others", async () => {
  const run = await localRun({ name: "permissions", config: config("security", "One") });
  try {
    for (const next of [undefined, config("legal", "Another")]) {
      if (next !== undefined) {
        await run.setConfig(next);
        // Only a change outside of Pulumi makes an update change a channel, once a refresh has read it.
        for (const channel of run.cloud.state.notificationChannels.values()) channel.displayName = "Renamed";
        await run.refresh();
      }
      const { failed, messages } = await run.up();
      assert.equal(failed, false, messages.join("\n"));
    }
    await run.destroy();
    const needed = new Set(run.cloud.requests.flatMap(({ permissions }) => permissions));
    const ofUpdates = new Set(levels.flatMap(permissionsOfUpdates));
    // An update does not depend on these: the checks of constraints, and whether the folder exists.
    const ofChecks = ["orgpolicy.policy.get", "resourcemanager.folders.get"];
    assert.deepEqual([...needed].filter((one) => !ofUpdates.has(one)).sort(), ofChecks);
    assert.deepEqual([...ofUpdates].filter((one) => !needed.has(one)).sort(), []);
  } finally {
    await run.close();
  }
});
