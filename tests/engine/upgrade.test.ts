/** States that older releases wrote (states/, recorded by recordState.ts): today's code continues from them. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { defaultServices } from "../../guide/index.ts";
import type { SupportCase } from "../../tools/localCloud/index.ts";
import { recordingsIn } from "../support/compressed.ts";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";

interface Recording {
  readonly state: Deployment;
  readonly supportCase: SupportCase;
}

const folder = new URL("states/", import.meta.url);
const config = (fields: object = {}) =>
  oneCase({ keepOpen: true, subscriberEmailAddresses: ["a@example.com"], ...fields });

describe("a stack of an older release", () => {
  it("is refreshed, updated and destroyed by today's code, with the same case", async (t) => {
    const releases = recordingsIn(folder);
    assert.ok(releases.length > 0);
    for (const { name: release, value } of releases) {
      const { state, supportCase } = value as Recording;
      const run = await localRun({ name: `upgrade-${release}`, config: config() });
      t.onTestFinished(() => run.close());
      const id = supportCase.name.split("/").at(-1) ?? "";
      run.cloud.state.cases.set(id, structuredClone(supportCase));
      const project = [...run.cloud.state.projects.values()].find(({ projectId }) => projectId === "shop-dev");
      for (const service of defaultServices) project?.services.set(service, { enabledAt: 0 });
      await run.stack.importStack(state);
      const ofCase = (steps: readonly string[]) => steps.filter((step) => /SupportCase|Stash/.test(step));
      assert.deepEqual(ofCase((await run.preview()).steps), [], release);
      const refreshed = await run.refresh();
      assert.equal(refreshed.failed, false, refreshed.messages.join("\n"));
      assert.deepEqual(ofCase((await run.preview()).steps), [], release);
      await run.setConfig(config({ priority: "P3", comments: ["Still here"] }));
      const updated = await run.up();
      assert.equal(updated.failed, false, updated.messages.join("\n"));
      assert.deepEqual(
        ofCase(updated.steps),
        ["update pulumi-nodejs:dynamic/customercare:SupportCase customer-care/testCase"],
        release,
      );
      assert.equal((await run.destroy()).failed, false);
      const ended = run.cloud.state.cases.get(id);
      assert.deepEqual(
        [ended?.state, ended?.priority, ended?.comments.map(({ body }) => body)],
        ["CLOSED", "P3", ["Still here"]],
        release,
      );
      assert.equal(run.cloud.requests.filter(({ rpc }) => rpc === "CreateCase").length, 0);
    }
  });

  it("has nothing to do where the guide's words for all fields are others, be the case open or closed", async (t) => {
    const program = fileURLToPath(new URL("programs/otherDefaults.ts", import.meta.url));
    for (const { name: release, value } of recordingsIn(folder)) {
      const { state, supportCase } = value as Recording;
      const run = await localRun({ name: `words-${release}`, config: config(), program });
      t.onTestFinished(() => run.close());
      await run.stack.importStack(state);
      const ofCase = async () => {
        const { failed, messages, steps } = await run.preview();
        assert.equal(failed, false, messages.join("\n"));
        return steps.filter((step) => /SupportCase|Stash/.test(step));
      };
      assert.deepEqual(await ofCase(), [], release);
      const closed = { ...supportCase, state: "CLOSED" as const };
      await run.stack.importStack(JSON.parse(JSON.stringify(state).replaceAll('"NEW"', '"CLOSED"')) as Deployment);
      run.cloud.state.cases.set(closed.name.split("/").at(-1) ?? "", structuredClone(closed));
      assert.deepEqual(await ofCase(), [], release);
    }
  });
});
