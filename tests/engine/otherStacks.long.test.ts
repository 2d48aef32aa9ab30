/** What another stack of the program has already: the preview and the doctor name that stack, and advise no deletion. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "vitest";
import { stringify } from "yaml";
import type { jsonOf } from "../../care/doctor/examine.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import { eventsConfig } from "./publishedCases.ts";

const config = {
  ...eventsConfig({ project: "ops-admin" }),
  "customer-care:projects": { "shop-dev": { alerts: { serviceHealth: { notify: ["one@example.com"] } } } },
};

it("names the stack that has the topic, the subscription and the alerts", async (t) => {
  const first = await localRun({ name: "otherStacks-first", stackName: "one", config });
  t.onTestFinished(() => first.close());
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

it("refuses a contact that another stack has, before it creates anything, until that stack gives it up", async (t) => {
  const quota = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
  const plan = { "customer-care:plan": "enhanced" };
  const project = { editors: ["group:shop@example.com"], contacts: { technical: ["Moving@example.com"] } };
  const shared = { ...plan, "customer-care:projects": { "pay-dev": project } };
  const first = await localRun({ name: "otherStacks-has", stackName: "one", config: { ...quota, ...shared } });
  t.onTestFinished(() => first.close());
  assert.equal((await first.up()).failed, false);
  const second = await localRun({
    name: "otherStacks-wants",
    stackName: "two",
    config: { ...quota, ...shared },
    cloud: first.cloud,
    state: join(first.directory, "state"),
  });
  t.onTestFinished(() => second.close());
  const fileOfFirst = (config: object) => writeFile(join(second.directory, "Pulumi.one.yaml"), stringify({ config }));
  const claimedTwice = async () => {
    const { findings } = JSON.parse((await care(second, ["doctor", "--json"])).stdout) as ReturnType<typeof jsonOf>;
    return findings.filter(({ id, what }) => id === "claimed-twice" && what.includes("contact"));
  };

  await fileOfFirst(shared);
  const refused = await second.preview();
  assert.equal(refused.failed, true);
  const kept =
    "customer-care:projects.pay-dev.contacts: the contact moving@example.com of projects/pay-dev is in the stack one and in its config, and Google refuses a second one; leave it out of one of the two configs";
  assert.ok(refused.messages.join("\n").includes(kept), refused.messages.join("\n"));
  assert.deepEqual(
    (await claimedTwice()).map(({ level }) => level),
    ["error"],
  );

  // A change that moves it, of which nothing is deployed yet.
  await fileOfFirst({ ...plan, "customer-care:projects": { "pay-dev": {} } });
  assert.equal((await second.preview()).failed, false);
  const [found, ...others] = await claimedTwice();
  assert.deepEqual([found?.level, others], ["warning", []]);
  assert.match(found?.what ?? "", /Until one is updated, pulumi up fails/);
  const before = holdingsOf(first.cloud.state);
  const tooEarly = await second.up();
  assert.equal(tooEarly.failed, true);
  assert.ok(tooEarly.messages.join("\n").includes("update that stack first"), tooEarly.messages.join("\n"));
  assert.ok(!tooEarly.messages.join("\n").includes("409"), tooEarly.messages.join("\n"));
  assert.deepEqual(holdingsOf(first.cloud.state), before);

  await first.setConfig({ ...quota, ...plan, "customer-care:projects": { "pay-dev": {} } });
  assert.equal((await first.up()).failed, false);
  const moved = await second.up();
  assert.equal(moved.failed, false, moved.messages.join("\n"));
  assert.deepEqual(holdingsOf(first.cloud.state).contacts, before.contacts);
});
