/** What `care diff` reports of planned steps, where the organization is example.com. */
import assert from "node:assert/strict";
import { jsonOf } from "../../../../care/diff/json.ts";
import { namedDiffs } from "../../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../../care/diff/readPreviews.ts";
import { document } from "../../../support/previews/steps.ts";
import type { WrittenStep } from "../../../support/previews/steps.ts";

/** The organization is example.com: nobody of another domain is in the steps below. */
export const config = { "customer-care:organization": '{"domain":"example.com"}' };

export const changesOf = (...steps: WrittenStep[]) => changesIn(document(steps, { config }));

export function changesIn(text: string) {
  const [preview] = readPreviews(text, "test.json");
  assert.ok(preview);
  const [stack] = jsonOf(namedDiffs([{ preview, stack: undefined, place: "test.json" }])).stacks;
  return (stack?.changes ?? []).map(({ kinds, text }) => ({ kinds, text }));
}

export const admin = { orgId: "123456789012", role: "roles/cloudsupport.admin", member: "group:admins@example.com" };
