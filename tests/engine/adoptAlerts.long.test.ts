/** `care adopt` on alerts and support events: only those that are exactly the program's are imported. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import type { ImportFile } from "../../care/adopt/importFile.ts";
import type { DiffJson } from "../../care/diff/json.ts";
import { writeConfig } from "../../tools/stack/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { care } from "../support/care.ts";
import { commandLine } from "../support/commandLine.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { previewJson } from "../support/previewJson.ts";
import { writesSince } from "../support/writes.ts";
import { adopted, words } from "./adopting.ts";

const topic = "projects/ops-admin/topics/support-events";
const services = ["cloudsupport.googleapis.com"];
const config = (serviceHealth: object, supportEvents: object = { project: "ops-admin" }) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:organization": { domain: "example.com", supportEvents },
  "customer-care:projects": { "shop-dev": { services, alerts: { serviceHealth } } },
});
const notify = ["two@example.com", "one@example.com"];

async function cloudFor(t: TestContext): Promise<Cloud> {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  cloud.state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
  return cloud;
}

async function stackOn(t: TestContext, cloud: Cloud, name: string, given: object): Promise<LocalRun> {
  const run = await localRun({ name: `adoptAlerts-${name}`, cloud, config: { ...given } });
  t.onTestFinished(() => run.close());
  return run;
}

async function succeeds(
  operation: Promise<{ failed: boolean; messages: readonly string[]; steps: readonly string[] }>,
) {
  const { failed, messages, steps } = await operation;
  assert.equal(failed, false, messages.join("\n"));
  return steps;
}

/** Writes the file, and runs the printed command. */
async function imported(run: LocalRun) {
  const { report, code } = await adopted(run, "--file", "adopt.json");
  const [command = ""] = report.commands;
  const { code: exit, text } = await commandLine(run, ...words(command), "--yes");
  assert.equal(exit, 0, text);
  assert.doesNotMatch(text, /__defaults/);
  return { report, code };
}

const inBrief = ({ report }: Awaited<ReturnType<typeof adopted>>) =>
  report.resources.map(({ status, what }) => `${status} ${what}`);

describe("alerts and support events of a stack whose state is lost", () => {
  for (const [what, supportEvents] of [
    ["a topic that the stack creates", { project: "ops-admin" }],
    ["an existing topic", { project: "ops-admin", topic }],
  ] as const)
    it(`are imported with ${what}: nothing is written, and the previews are empty`, async (t) => {
      const cloud = await cloudFor(t);
      const given = config({ notify }, supportEvents);
      const name = what.replaceAll(" ", "-");
      const lost = await stackOn(t, cloud, `${name}-lost`, given);
      if ("topic" in supportEvents) {
        const { policy } = cloud.state.projects.get("ops-admin") ?? assert.fail();
        const parent = cloud.state.projects.get("ops-admin")?.name ?? "";
        cloud.state.topics.set(topic, { name: topic, parent, labels: {}, policy: { ...policy, bindings: [] } });
      }
      await succeeds(lost.up());
      const run = await stackOn(t, cloud, name, given);
      const first = cloud.requests.length;
      const { report, code } = await imported(run);
      const isOwn = !("topic" in supportEvents);
      assert.deepEqual(
        inBrief({ report, code }).filter((line) => !line.startsWith("found ")),
        isOwn ? [`differs ${topic}`] : [],
      );
      assert.equal(code, 0);
      assert.deepEqual(report.left, []);
      // The label of Pulumi's provider, which an import leaves out of the state.
      assert.deepEqual(
        await succeeds(run.up()),
        isOwn ? ["update gcp:pubsub/topic:Topic customer-care/supportEvents/ops-admin/support-events"] : [],
      );
      assert.deepEqual(await succeeds(run.preview()), []);
      await succeeds(run.pulumi("preview", "--refresh", "--expect-no-changes"));
      assert.deepEqual(writesSince(cloud, first), []);
      const again = await adopted(run);
      assert.deepEqual([...new Set(again.report.resources.map(({ status }) => status))], ["in-stack"]);
      // The first update has recorded that the policy depends on its channels.
      await succeeds(run.destroy());
      assert.equal(cloud.state.notificationChannels.size, 0);
    });
});

it("are in the file under the types, names and parents that the program gives", async (t) => {
  const cloud = await cloudFor(t);
  const given = config({ notify });
  await succeeds((await stackOn(t, cloud, "names-lost", given)).up());
  const run = await stackOn(t, cloud, "names", given);
  await adopted(run, "--file", "adopt.json");
  const { topics, supportEventSubscriptions } = cloud.state;
  topics.clear();
  supportEventSubscriptions.clear();
  await succeeds(run.pulumi("preview", "--import-file", "engine.json"));
  const read = async (file: string) => JSON.parse(await readFile(join(run.directory, file), "utf8")) as ImportFile;
  const namesIn = ({ resources }: ImportFile) =>
    resources
      .filter(({ type }) => type.startsWith("gcp:"))
      .map(({ type, name, logicalName, parent, version }) => {
        const above = resources.find((one) => one.name === parent);
        return [above?.type, above?.logicalName ?? above?.name, type, logicalName ?? name, version].join(" ");
      })
      .sort();
  assert.deepEqual(namesIn(await read("adopt.json")), namesIn(await read("engine.json")));
});

it("are explained before the first up by what is edited alone", async (t) => {
  const cloud = await cloudFor(t);
  await succeeds((await stackOn(t, cloud, "edited-lost", config({ notify }))).up());
  const run = await stackOn(t, cloud, "edited", config({ notify }));
  await imported(run);
  await run.setConfig(config({ notify, on: "new-incidents" }));
  for (const streams of [false, true]) {
    const { stdout } = await care(run, ["diff", "--json"], { input: await previewJson(run, { streams }) });
    const { stacks } = JSON.parse(stdout) as DiffJson;
    assert.deepEqual(
      stacks.flatMap(({ changes }) => changes.map(({ kinds, text }) => `${kinds.join()}: ${text}`)),
      [
        "alert-removal: The alerts about incidents of project shop-dev are now about new incidents only instead of all updates (Service Health).",
        ": The topic support-events for support events in project ops-admin gets the label goog-pulumi-provisioned of Pulumi's provider, which has no effect.",
      ],
    );
  }
});

describe("what may belong to others", () => {
  it("is left: a policy with other content, a channel with another name or in another policy", async (t) => {
    const cloud = await cloudFor(t);
    const others = await stackOn(t, cloud, "others-lost", config({ notify, products: ["Cloud Run"] }));
    await succeeds(others.up());
    const [policy] = cloud.state.alertPolicies.values();
    const run = await stackOn(t, cloud, "others", config({ notify }));
    const { report, code } = await imported(run);
    assert.deepEqual(
      inBrief({ report, code }).filter((line) => /alert|channel/.test(line)),
      [
        "missing notification channel one@example.com",
        "missing notification channel two@example.com",
        "missing alert policy of Service Health",
      ],
    );
    assert.deepEqual(
      report.left.map(({ kind }) => kind),
      ["alerts", "channel", "channel"],
    );
    assert.deepEqual(
      (await succeeds(run.up())).filter((step) => !step.startsWith("create ")),
      ["update gcp:pubsub/topic:Topic customer-care/supportEvents/ops-admin/support-events"],
    );
    assert.deepEqual(await succeeds(run.preview()), []);
    assert.deepEqual(cloud.state.alertPolicies.get(policy?.name ?? ""), policy);
    assert.equal(cloud.state.alertPolicies.size, 2);
    assert.equal(cloud.state.notificationChannels.size, 4);
  });

  it("is what another stack has: neither is imported, and the stack is named", async (t) => {
    const cloud = await cloudFor(t);
    const run = await stackOn(t, cloud, "two", config({ notify }));
    await succeeds(run.up());
    await run.stack.workspace.createStack("other");
    await run.stack.workspace.selectStack("test");
    await writeConfig({ directory: run.directory, stackName: "other", config: config({ notify }) });
    const { report } = await adopted(run, "--stack", "other");
    const claimed = report.resources.filter(({ type }) => !type.includes("projects/service"));
    assert.deepEqual([...new Set(claimed.map(({ status }) => status))], ["in-other-stack"]);
    assert.equal(claimed.length, 6);
    for (const { remedy } of claimed) assert.match(remedy ?? "", /^pulumi state delete 'urn:\S+' --stack test$/);
  });

  it("makes the update fail: a topic with labels, and two subscriptions", async (t) => {
    const cloud = await cloudFor(t);
    const given = config({ notify });
    const lost = await stackOn(t, cloud, "fails-lost", given);
    await succeeds(lost.up());
    const made = cloud.state.topics.get(topic) ?? assert.fail();
    made.labels = { team: "shop" };
    const [subscription = assert.fail()] = cloud.state.supportEventSubscriptions.values();
    const { name } = subscription;
    cloud.state.supportEventSubscriptions.set(`${name}0`, { ...subscription, name: `${name}0` });
    const run = await stackOn(t, cloud, "fails", given);
    const { report, code } = await imported(run);
    assert.equal(code, 1);
    assert.deepEqual(
      report.resources.filter(({ id }) => id === null).map(({ status, what }) => `${status} ${what}`),
      [`several-exist support events to ${topic}`, `topic-differs ${topic}`],
    );
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.match(messages.join("\n"), /the topic support-events of projects\/ops-admin already exists/);
  });
});
