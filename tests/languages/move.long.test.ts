/** A stack of a program in TypeScript, which has a dynamic resource, moves to the package's own: the case stays. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import { takePackage, whyNoPackages } from "./packages.ts";

const whyNot = await whyNoPackages();

const resource = "customer-care:index:SupportCase customer-care/testCase";

describe("a stack that moves from the dynamic resource to the package", () => {
  it("keeps its case, open as it is, and creates no other", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const run = await localRun({ name: "moved", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    const before = await run.up();
    assert.equal(before.failed, false, before.messages.join("\n"));
    const caseName = (await run.outputs())["testCase"] as string;
    const stateOf = () => run.cloud.state.cases.get(caseName.split("/").at(-1) ?? "")?.state;

    await takePackage(run.directory, join(import.meta.dirname, "programs", "packaged.ts"));
    // Its own provider's text goes out of the state, and the gcp config comes in.
    assert.deepEqual((await run.preview()).steps, [`update ${resource}`]);
    const moved = await run.up();
    assert.deepEqual([moved.failed, moved.steps], [false, [`update ${resource}`]], moved.messages.join("\n"));
    assert.equal((await run.outputs())["testCase"], caseName);
    assert.equal(stateOf(), "NEW");
    assert.ok(!JSON.stringify(await run.stack.exportStack()).includes("__provider"));
    assert.deepEqual((await run.preview()).steps, []);

    assert.equal((await run.destroy()).failed, false);
    assert.equal(stateOf(), "CLOSED");
    const calls = run.cloud.requests.map(({ rpc }) => rpc);
    assert.equal(calls.filter((rpc) => rpc === "CreateCase").length, 1);
    assert.equal(calls.filter((rpc) => rpc === "CloseCase").length, 1);
  });
});
