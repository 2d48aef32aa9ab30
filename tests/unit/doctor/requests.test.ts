/** What `care doctor` asks Google: each question once, and for each project no more than its checks need. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { startCloud } from "../../../tools/localCloud/index.ts";
import { examined } from "../../support/examination.ts";

it("asks each question once, and ten of a project with grants and contacts", async (t) => {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  const ofProject = { editors: ["user:ada@example.com"], contacts: { security: ["security@example.com"] } };
  const ids = ["shop-dev", "pay-dev", "shop-staging", "shop-prod", "pay-prod"];
  const projects = Object.fromEntries(ids.map((id) => [id, ofProject]));
  await examined(cloud, {
    config: {
      plan: "enhanced",
      organization: { domain: "example.com", supportEvents: { project: "ops-admin" } },
      projects,
    },
  });
  const asked = cloud.requests.map(({ service, method, path }) => `${service} ${method} ${path}`);
  assert.deepEqual(
    asked.filter((one, index) => asked.indexOf(one) !== index),
    [],
  );
  for (const id of ids) assert.equal(asked.filter((one) => new RegExp(`/projects/${id}\\b`).test(one)).length, 10, id);
});
