/** The life of a stack whose program is that of docs/how-to/otherLanguages.md: deployed, changed by nothing, taken down. */
import assert from "node:assert/strict";
import { holdingsOf } from "../../tools/stack/index.ts";
import type { LocalRun } from "../support/localRun.ts";

export async function livesOnce(run: LocalRun): Promise<void> {
  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  assert.ok(Array.isArray((await run.outputs())["checklist"]));
  const { contacts, grants, cases } = holdingsOf(run.cloud.state);
  assert.ok(contacts.includes("organizations/123456789012 security@example.com SECURITY en"), contacts.join("\n"));
  assert.ok(grants.includes("projects/shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com"));
  assert.equal(
    cases.filter((line) => /^projects\/shop-dev\/cases\/\d+ CLOSED$/.test(line)).length,
    1,
    cases.join("\n"),
  );

  assert.deepEqual((await run.preview()).steps, []);
  const destroy = await run.destroy();
  assert.equal(destroy.failed, false, destroy.messages.join("\n"));
  const calls = run.cloud.requests.map(({ rpc }) => rpc);
  assert.equal(calls.filter((rpc) => rpc === "CreateCase").length, 1);
  assert.equal(calls.filter((rpc) => rpc === "CloseCase").length, 1);
}

/** The quota project of the calls. */
export const config = { "gcp:userProjectOverride": "true", "gcp:billingProject": "shop-dev" };
