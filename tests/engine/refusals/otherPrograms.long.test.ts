/** The errors of a program of its own: they advise no command of care that reads the config of this repository's program. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { localRun } from "../../support/localRun.ts";

const common = { plan: "enhanced" };
const alerts = { serviceHealth: { notify: ["oncall@example.com"] } };

it("a landing zone is not advised to run care adopt or care doctor", async (t) => {
  const run = await localRun({
    name: "otherPrograms",
    projectName: "instances",
    program: join(import.meta.dirname, "..", "programs", "instances.ts"),
    config: { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin", "instances:all": {} },
  });
  t.onTestFinished(() => run.close());
  const { state } = run.cloud;
  for (const service of ["monitoring.googleapis.com", "pubsub.googleapis.com"])
    state.projects.get("ops-admin")?.services.set(service, { enabledAt: 0 });
  const name = "projects/shop-dev/notificationChannels/77";
  state.notificationChannels.set(name, { name, type: "email", labels: { email_address: "a@example.com" } } as never);
  const filter = 'resource.type = "servicehealth.googleapis.com/Event"';
  state.alertPolicies.set("projects/shop-dev/alertPolicies/77", {
    name: "projects/shop-dev/alertPolicies/77",
    displayName: "By hand",
    combiner: "OR",
    conditions: [{ displayName: "One", conditionMatchedLog: { filter } }],
    notificationChannels: [name],
  } as never);
  const found = async (parts: object) => {
    await run.setConfig({
      "gcp:userProjectOverride": "true",
      "gcp:billingProject": "ops-admin",
      "instances:all": { care: { ...common, ...parts } },
    });
    const { messages } = await run.preview();
    const text = messages.join("\n");
    assert.doesNotMatch(text, /care (?:adopt|doctor|report)/);
    return text;
  };
  const organization = { domain: "example.com", contacts: { legal: ["legal@example.com"] } };
  assert.match(
    await found({ organization }),
    /already exists and is not in this stack, .*; if no other stack has it, delete it/,
  );
  assert.match(
    await found({ projects: { "shop-dev": { alerts } } }),
    /if no other stack has that policy, delete it \[alerts-exist\]/,
  );
  // From here on, the operator sees only the projects that exist.
  const { policy } = state.organizations.get("organizations/123456789012") ?? assert.fail();
  for (const project of state.projects.values()) project.policy.bindings.push(...policy.bindings);
  policy.bindings = [];
  assert.match(
    await found({ projects: { "shop-dev": {}, "shop-live": {} } }),
    /the project "shop-live" does not exist, or .* grant the caller the roles that docs\/reference\/credentials\.md lists/,
  );
});
