/** A channel of the stack that somebody else's alert policy uses: Google refuses to delete it, so the preview fails. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const used = "two@example.com";
const byHand = "projects/shop-dev/alertPolicies/5";
const alertsFor = (notify: readonly string[]) => ({ alerts: { serviceHealth: { notify } } });
const withProject = (project: object) => ({
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:projects": { shop: { projectId: "shop-dev", ...project } },
});

describe("a channel that the alert policy of somebody else uses", () => {
  let run: LocalRun;

  beforeEach(async ({ task }) => {
    const config = withProject(alertsFor(["one@example.com", used]));
    run = await localRun({ name: `usedChannels-${task.name.replaceAll(/\W+/g, "-")}`, config });
    for (const project of ["ops-admin", "shop-dev", "shop-prod"])
      for (const service of ["monitoring", "logging", "servicehealth"])
        run.cloud.state.projects.get(project)?.services.set(`${service}.googleapis.com`, { enabledAt: 0 });
    await succeeds(run.up());
    const [own = assert.fail()] = run.cloud.state.alertPolicies.values();
    const other = { ...own, name: byHand, displayName: "By hand", conditions: [], notificationChannels: [channel()] };
    run.cloud.state.alertPolicies.set(byHand, other);
  });
  afterEach(() => run.close());

  const channel = () =>
    [...run.cloud.state.notificationChannels.values()].find(({ labels }) => labels["email_address"] === used)?.name ??
    assert.fail();

  async function succeeds(operation: ReturnType<LocalRun["pulumi"]>) {
    const { failed, messages, steps } = await operation;
    assert.equal(failed, false, messages.join("\n"));
    return steps;
  }

  /** The printed commands that leave the channel. */
  async function refused(words: readonly (readonly string[])[] = [["preview"], ["up", "--yes"]]) {
    const first = run.cloud.requests.length;
    let text = "";
    for (const each of words) {
      const { failed, messages } = await run.pulumi(...each);
      assert.equal(failed, true, each.join(" "));
      text = messages.join("\n");
      assert.match(
        text,
        /the alert policy "By hand" \(projects\/shop-dev\/alertPolicies\/5\), which this stack does not have, uses the notification channel for two@example\.com of projects\/shop-dev, and Google refuses to delete a channel that is used\. Remove the channel from that policy, or/,
      );
    }
    assert.deepEqual(writesSince(run.cloud, first), []);
    const [, commands = ""] = /to leave the channel there, run: (.*)/.exec(text) ?? [];
    return commands
      .split(", then ")
      .map((command) => command.split(" ").flatMap((word) => (word === "pulumi" ? [] : [word.replaceAll("'", "")])));
  }

  it("is deleted once it is not in that policy", async () => {
    await run.setConfig(withProject(alertsFor(["one@example.com"])));
    await refused();
    (run.cloud.state.alertPolicies.get(byHand) ?? assert.fail()).notificationChannels = [];
    await succeeds(run.up());
    assert.equal(run.cloud.state.notificationChannels.size, 1);
  });

  for (const [what, project] of [
    ["its address", alertsFor(["one@example.com"])],
    ["all alerts", {}],
  ] as const)
    it(`stays with the printed commands when the config no longer has ${what}`, async () => {
      await run.setConfig(withProject(project));
      const commands = await refused();
      assert.deepEqual(
        commands.map(([word]) => word),
        ["up", "state"],
      );
      for (const command of commands) await succeeds(run.pulumi(...command, "--yes"));
      await succeeds(run.up());
      assert.deepEqual(await succeeds(run.preview()), []);
      assert.ok(channel());
    });

  it("is not replaced by one of another project", async () => {
    await run.setConfig(withProject({ projectId: "shop-prod", ...alertsFor(["one@example.com", used]) }));
    await refused();
  });

  for (const [when, verbs] of [
    ["", ["destroy", "state"]],
    [", also after a destroy that has not run the program and stopped half way", ["state"]],
  ] as const)
    it(`stays with the printed commands when the stack is destroyed${when}`, async () => {
      if (when !== "") {
        const { failed, messages } = await run.destroy();
        assert.equal(failed, true);
        assert.match(messages.join("\n"), /still being referenced by/);
      }
      const destroy = ["destroy", "--run-program", "--yes"];
      const commands = await refused([destroy]);
      assert.deepEqual(
        commands.map(([word]) => word),
        verbs,
      );
      for (const command of commands) await succeeds(run.pulumi(...command, "--yes"));
      await succeeds(run.pulumi(...destroy));
      assert.ok(channel());
    });

  it("is not looked up when the update deletes no channel", async () => {
    await run.setConfig(withProject({ ...alertsFor(["one@example.com", used]), editors: ["user:ada@example.com"] }));
    const first = run.cloud.requests.length;
    await succeeds(run.preview());
    assert.deepEqual(
      run.cloud.requests.slice(first).filter(({ path }) => path.endsWith("/alertPolicies")),
      [],
    );
  });
});
