/** `care case` writes nothing to a case of another backend or of a person. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { startCloud } from "../../tools/localCloud/index.ts";
import { loseCase } from "../support/killed.ts";
import { care } from "../support/care.ts";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const resource = "customer-care/testCase";

describe("care case, where the case is somebody else's", () => {
  const writes: readonly (readonly string[])[] = [
    ["close", "--yes"],
    ["comment", "Hello"],
    ["attach", "Pulumi.yaml"],
    ["escalate", "--reason", "resolutionTime", "--justification", "It is back"],
  ];

  const openCase = ({ cloud }: LocalRun) =>
    [...cloud.state.cases.values()].find(
      ({ description, state }) => description.includes("customer-care/test,") && state !== "CLOSED",
    ) ?? assert.fail();

  it("writes nothing to that of a stack of the same name in another backend, and to its own of a killed update it does", async (t) => {
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    const backend = async (name: string) => {
      const run = await localRun({ name, cloud, config: oneCase({ keepOpen: true }) });
      t.onTestFinished(() => run.close());
      return run;
    };
    const first = await backend("caseBackendA");
    assert.equal((await first.up()).failed, false);
    const others = openCase(first);
    const before = structuredClone(others);
    const second = await backend("caseBackendB");
    const refusedAll = async (commands: readonly (readonly string[])[]) => {
      const listed = await care(second, ["case", "list"]);
      assert.equal(listed.code, 1);
      assert.ok(listed.stdout.includes(`${others.name}: open, and of unknown origin`), listed.stdout);
      for (const args of commands) {
        const { code, stderr } = await care(second, ["case", ...args]);
        assert.deepEqual(
          [code, stderr.includes(`${others.name} may not be this stack's: it is of unknown origin`)],
          [1, true],
          stderr,
        );
      }
      assert.deepEqual(others, before);
    };
    await refusedAll(writes);
    // The life of the second one is in its state then; the case is the first one's still.
    assert.equal((await second.up()).failed, true);
    await refusedAll(writes.slice(0, 1));
    await second.setConfig(oneCase({ keepOpen: true, ignoreCases: [others.name] }));
    assert.match((await care(second, ["case", "list"])).stdout, /has no case/);
    await loseCase(first);
    const { code, stdout } = await care(first, ["case", "close", "--yes"]);
    assert.deepEqual([code, stdout], [0, `Closed ${resource} (${others.name}).\n`]);
  });

  it("leaves a person's real case alone that ends with the test case's text, and so does the report", async (t) => {
    const run = await localRun({ name: "caseQuoted", config: oneCase() });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    const own = [...run.cloud.state.cases.values()].find(({ state }) => state === "CLOSED") ?? assert.fail();
    const name = "projects/shop-dev/cases/99000005";
    const real = { ...structuredClone(own), name, testCase: false, priority: "P1", state: "NEW" as const };
    real.description = `Production is down, as in\n\n${own.description}`;
    run.cloud.state.cases.set("99000005", real);
    const before = structuredClone(real);
    assert.equal((await care(run, ["case", "list"])).code, 0);
    const { stdout: report } = await care(run, ["report", "--json"]);
    assert.ok(!report.includes("99000005"), report);
    for (const args of [
      ["close", name, "--yes"],
      ["comment", name, "Hello"],
    ]) {
      const { code, stderr } = await care(run, ["case", ...args]);
      assert.deepEqual([code, /has no case/.test(stderr)], [1, true], stderr);
    }
    assert.equal((await run.destroy()).failed, false);
    for (const args of writes.slice(0, 2)) {
      const { code, stderr } = await care(run, ["case", ...args]);
      assert.deepEqual([code, /has no case/.test(stderr)], [1, true], stderr);
    }
    assert.deepEqual(real, before);
  });
});
