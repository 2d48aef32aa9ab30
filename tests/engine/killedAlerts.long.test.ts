/**
 * An update is killed while it creates a channel or an alert policy: Google may have it, and the state has the pending creation
 * alone. The next update creates no second one: people would be notified twice.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { interruptCreation, problemOf } from "../support/killed.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";

const services = ["monitoring", "logging", "servicehealth"];
const settings = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
const alone = { ...settings, "alone:projectId": "shop-dev" };

const programs = {
  "the whole program": {
    ...settings,
    "customer-care:plan": "enhanced",
    "customer-care:projects": { "shop-dev": { alerts: { serviceHealth: { notify: ["one@example.com"] } } } },
  },
  "a component": alone,
  "a component with an Output": { ...alone, "alone:isOutput": "true" },
  "a component that depends on another resource": { ...alone, "alone:isDependent": "true" },
} as const;

const kinds = {
  channel: {
    type: "gcp:monitoring/notificationChannel:NotificationChannel",
    in: "notificationChannels",
    thing: "the notification channel for one@example.com of projects/shop-dev",
    command: "gcloud beta monitoring channels delete",
  },
  policy: {
    type: "gcp:monitoring/alertPolicy:AlertPolicy",
    in: "alertPolicies",
    thing: "the Service Health alerts of projects/shop-dev",
    command: "gcloud monitoring policies delete",
  },
} as const;

function succeeded({ failed, messages }: Outcome): void {
  assert.equal(failed, false, messages.join("\n"));
}

/** The stack after an update that was killed when it created the resource. */
async function killed(name: string, config: Readonly<Record<string, unknown>>, { type }: { readonly type: string }) {
  const program = "alone:projectId" in config ? join(root, "tests/engine/programs/alertsAlone.ts") : undefined;
  const run = await localRun({ name, config, ...(program && { program }) });
  for (const project of ["ops-admin", "shop-dev"])
    for (const service of services)
      run.cloud.state.projects.get(project)?.services.set(`${service}.googleapis.com`, { enabledAt: 0 });
  succeeded(await run.up());
  await interruptCreation(run, type);
  // The policy is created after its channel.
  if (type === kinds.channel.type) run.cloud.state.alertPolicies.clear();
  return run;
}

const counts = ({ cloud: { state } }: LocalRun) => [state.notificationChannels.size, state.alertPolicies.size];

for (const [program, config] of Object.entries(programs))
  describe(`after a kill of ${program}`, () => {
    for (const [kind, one] of Object.entries(program === "the whole program" ? kinds : { policy: kinds.policy }))
      it(`during the creation of a ${kind}, the next update names the one to delete, and then creates it`, async (t) => {
        const run = await killed(`killedAlerts-${program.replaceAll(" ", "-")}-${kind}`, config, one);
        t.onTestFinished(() => run.close());
        const before = counts(run);
        const [name = ""] = run.cloud.state[one.in].keys();
        for (const outcome of [await run.preview(), await run.up()])
          assert.ok(
            problemOf(outcome).includes(
              `an interrupted update has probably created ${one.thing} (${name}) and did not record it, and this update would create a second one; if no other stack has it, delete it, and run pulumi up again: ${one.command} ${name}`,
            ),
            problemOf(outcome),
          );
        // Without a preview, as `care fleet` updates.
        const skipped = await run.pulumi("up", "--yes", "--skip-preview").catch((error: unknown) => String(error));
        assert.match(typeof skipped === "string" ? skipped : problemOf(skipped), /did not record it/);
        assert.deepEqual(counts(run), before);
        run.cloud.state[one.in].delete(name);
        succeeded(await run.up());
        assert.deepEqual(counts(run), [1, 1]);
        assert.deepEqual((await run.preview()).steps, []);
      });
  });

describe("after a kill before Google has created it", () => {
  for (const [kind, one] of Object.entries(kinds))
    it(`the next update creates the ${kind}, also next to an equal one of the state or of a person`, async (t) => {
      const run = await killed(`killedAlertsBefore-${kind}`, programs["the whole program"], one);
      t.onTestFinished(() => run.close());
      const all = run.cloud.state[one.in] as Map<string, { readonly name: string }>;
      const [[name, made] = assert.fail()] = all;
      all.delete(name);
      const other = `${name.slice(0, name.lastIndexOf("/"))}/77`;
      all.set(other, { ...made, name: other, displayName: "By hand" } as { readonly name: string });
      succeeded(await run.up());
      assert.deepEqual((await run.preview()).steps, []);
    });
});

it("a new address that is also that of a person's channel is created, since no update was interrupted", async (t) => {
  const run = await localRun({ name: "killedAlertsNone", config: programs["the whole program"] });
  t.onTestFinished(() => run.close());
  run.cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
  const name = "projects/shop-dev/notificationChannels/77";
  const channel = { name, type: "email", displayName: "one@example.com", labels: { email_address: "one@example.com" } };
  run.cloud.state.notificationChannels.set(name, channel as never);
  succeeded(await run.up());
  assert.deepEqual(counts(run), [2, 1]);
});
