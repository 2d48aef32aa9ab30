/** An Output of an ID can be the name of its place, or the number of a project: a preview could not refuse it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { holdingsOf } from "../../tools/stack/index.ts";
import { localRun } from "../support/localRun.ts";

it("takes project.id, project.number, folder.id and folder.name, where the preview is green", async (t) => {
  const run = await localRun({
    name: "idsAsNames",
    program: join(import.meta.dirname, "programs", "idsAsNames.ts"),
    config: { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" },
  });
  t.onTestFinished(() => run.close());
  const preview = await run.preview();
  assert.equal(preview.failed, false, preview.messages.join("\n"));
  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  assert.deepEqual(up.steps, preview.steps);
  const { grants, contacts, cases } = holdingsOf(run.cloud.state);
  for (const name of ["one", "two", "three", "four"])
    assert.ok(
      grants.includes(`projects/${name}-zone roles/cloudsupport.techSupportEditor group:sre@example.com`),
      grants.join("\n"),
    );
  assert.equal(contacts.filter((one) => /^folders\/\d+ legal@example\.com/.test(one)).length, 1);
  assert.equal(cases.filter((one) => one.startsWith("projects/one-zone/cases/")).length, 1);
  assert.deepEqual((await run.preview()).steps, []);
});
