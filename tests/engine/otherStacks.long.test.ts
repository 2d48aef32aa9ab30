/** What another stack of the program has already: the preview and the doctor name that stack, and advise no deletion. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import { eventsConfig, ownTopics } from "./publishedCases.ts";

const config = {
  ...eventsConfig({ project: "ops-admin" }),
  "customer-care:projects": { "shop-dev": { alerts: { serviceHealth: { notify: ["one@example.com"] } } } },
};

it("names the stack that has the topic, the subscription and the alerts", async (t) => {
  const first = await localRun({ name: "otherStacks-first", stackName: "one", config });
  t.onTestFinished(() => first.close());
  ownTopics(first);
  first.cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
  const up = await first.up();
  assert.equal(up.failed, false, up.messages.join("\n"));

  const second = await localRun({
    name: "otherStacks-second",
    stackName: "two",
    config,
    cloud: first.cloud,
    state: join(first.directory, "state"),
  });
  t.onTestFinished(() => second.close());
  const unknown = await second.preview();
  assert.equal(unknown.failed, true);
  for (const words of [
    "another name (it may belong to another stack, which deletes it when it no longer needs it)",
    "leave supportEvents out if it may belong to another stack",
    "if no other stack has that policy, delete it",
  ])
    assert.ok(unknown.messages.join("\n").includes(words), unknown.messages.join("\n"));

  // As in a clone, where the stacks' files are side by side.
  await writeFile(join(second.directory, "Pulumi.one.yaml"), "config: {}\n");
  const { failed, messages } = await second.preview();
  assert.equal(failed, true);
  const text = messages.join("\n");
  for (const words of [
    "the topic support-events of projects/ops-admin already exists in the stack one; leave supportEvents out",
    "is in the stack one, and a second one would publish each event twice",
    "the stack one has alerts there, so leave them out of one of the two configs",
  ])
    assert.ok(text.includes(words), text);
  assert.ok(!text.includes("gcloud support"), text);

  const { findings } = JSON.parse((await care(second, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
  const remedies = findings.filter(({ id }) => /^(topic-exists|subscription-exists|alerts-exist)$/.test(id));
  assert.equal(remedies.length, 3, JSON.stringify(findings));
  for (const { remedy } of remedies) assert.match(remedy, /^it belongs to the stack one: leave out .* from one first$/);
});
