/** ServiceHealthAlerts alone: the preview warns if nobody enables the APIs without which nobody is notified. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { localRun } from "../support/localRun.ts";

const base = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "alone:projectId": "shop-dev",
};

it("warns of the APIs that are off in the project, and of nothing else", async (t) => {
  const program = join(root, "tests/engine/programs/alertsAlone.ts");
  const run = await localRun({ name: "alertServices", config: base, program });
  t.onTestFinished(() => run.close());
  const { projects } = run.cloud.state;
  const on = { enabledAt: 0 };
  projects.get("ops-admin")?.services.set("monitoring.googleapis.com", on);
  const services = projects.get("shop-dev")?.services ?? assert.fail();
  const off = ["logging.googleapis.com", "monitoring.googleapis.com", "servicehealth.googleapis.com"];
  for (const service of off) services.delete(service);
  const warnings = async (config: object) => {
    await run.setConfig({ ...base, ...config });
    const { failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    return messages.filter((message) => message.includes("not enabled"));
  };

  const [warning = "", ...more] = await warnings({});
  assert.deepEqual(more, []);
  assert.ok(
    warning.includes(
      "logging.googleapis.com, monitoring.googleapis.com and servicehealth.googleapis.com are not enabled on projects/shop-dev, so nobody is notified",
    ),
    warning,
  );
  assert.match(warning, /\[service-disabled\]/);
  assert.deepEqual(
    await warnings({ "alone:acknowledge": { "service-disabled projects/shop-dev": "We enable it." } }),
    [],
  );
  for (const config of ["component", "plain", "later"])
    assert.deepEqual(await warnings({ "alone:services": config }), []);
  assert.deepEqual(await warnings({ "alone:isOutput": "true" }), []);

  services.set("logging.googleapis.com", on).set("monitoring.googleapis.com", on);
  assert.match((await warnings({})).join(), /servicehealth\.googleapis\.com is not enabled on projects\/shop-dev/);
  services.set("servicehealth.googleapis.com", on);
  assert.deepEqual(await warnings({}), []);
});
