/** The test case through the engine: kept open, failed halfway, waited for, made as one identity and closed as another. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { oneCase } from "./configs.ts";
import { localRun } from "./localRun.ts";
import type { LocalRun, LocalRunOptions } from "./localRun.ts";

const resource = "pulumi-nodejs:dynamic/customercare:SupportCase customer-care/testCase";

async function open(t: TestContext, options: LocalRunOptions): Promise<LocalRun> {
  const run = await localRun(options);
  t.after(() => run.close());
  return run;
}

/** The cases of this stack: their states, in the order in which they were made. */
const states = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()]
    .filter(({ description }) => description.includes("customer-care/test,"))
    .map(({ state }) => state);

describe("the test case", () => {
  it("stays open until it is destroyed where keepOpen says so, and takes a new priority meanwhile", async (t) => {
    const run = await open(t, {
      name: "keepOpen",
      config: oneCase({ keepOpen: true, subscriberEmailAddresses: ["b@example.com", "a@example.com"] }),
    });
    assert.equal((await run.up()).failed, false);
    assert.deepEqual(states(run), ["NEW"]);
    await run.setConfig(
      oneCase({ keepOpen: true, priority: "P3", subscriberEmailAddresses: ["a@example.com", "b@example.com"] }),
    );
    assert.deepEqual((await run.up()).steps, [`update ${resource}`]);
    const supportCase = [...run.cloud.state.cases.values()].at(-1);
    assert.deepEqual(
      [supportCase?.priority, supportCase?.subscriberEmailAddresses],
      ["P3", ["a@example.com", "b@example.com"]],
    );
    assert.equal((await run.destroy()).failed, false);
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("is another one, and the old one is closed first, when its description changes", async (t) => {
    const run = await open(t, { name: "replaced", config: oneCase({ keepOpen: true }) });
    assert.equal((await run.up()).failed, false);
    await run.setConfig(oneCase({ keepOpen: true, description: "Another test" }));
    const { steps } = await run.preview();
    const life = "pulumi:index:Stash customer-care/testCase";
    assert.deepEqual(
      steps,
      ["create-replacement", "delete-replaced", "replace"].flatMap((op) => [`${op} ${resource}`, `${op} ${life}`]),
    );
    assert.deepEqual(states(run), ["NEW"]);
    assert.equal((await run.up()).failed, false);
    assert.deepEqual(states(run), ["CLOSED", "NEW"]);
  });

  it("is closed by the next update when it could not be closed at once, and is not made twice", async (t) => {
    const run = await open(t, { name: "notClosed", config: oneCase() });
    run.cloud.faults.add({ match: { rpc: "CloseCase" }, effect: { error: { code: 500 } } });
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.ok(
      messages.some((message) =>
        /case \S+ was made but could not be closed; the next `pulumi up` closes it: .*500/.test(message),
      ),
    );
    assert.deepEqual(states(run), ["NEW"]);
    assert.deepEqual((await run.up()).steps, [`update ${resource}`]);
    assert.deepEqual(states(run), ["CLOSED"]);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("is found again when the reply to its creation is lost", async (t) => {
    const run = await open(t, { name: "replyLost", config: oneCase() });
    run.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: "reset-after-effect" });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("waits for the API that this stack enables, says so, and waits for nothing else", async (t) => {
    const run = await open(t, { name: "propagation", config: oneCase() });
    run.cloud.faults.set({ servicePropagation: 8000 });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.ok(
      messages.some((message) => message.includes("waiting for cloudsupport.googleapis.com on shop-dev to propagate")),
    );
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("fails at once where another's project has the API disabled", async (t) => {
    const run = await open(t, { name: "disabledElsewhere", config: { ...oneCase(), "gcp:billingProject": "pay-dev" } });
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.ok(
      messages.some((message) =>
        message.includes(
          "403 PERMISSION_DENIED: Google Cloud Support API has not been used in project 100000000002 before",
        ),
      ),
      messages.join("\n"),
    );
    assert.ok(!messages.some((message) => message.includes("waiting for")));
    assert.ok(!messages.some((message) => /^\s+at /m.test(message)), "a stack trace");
  });

  it("may be the organization's own", async (t) => {
    const { "customer-care:testCase": _testCase, ...config } = oneCase();
    const run = await open(t, {
      name: "organizationCase",
      config: {
        ...config,
        "customer-care:organization": { domain: "example.com" },
        "customer-care:testCase": { organization: true },
      },
    });
    const { failed, messages, outputs } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.match(String(outputs["testCase"]?.value), /^organizations\/123456789012\/cases\/\d+$/);
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("fails in the preview with the nearest names where its classification does not exist", async (t) => {
    const run = await open(t, {
      name: "classification",
      config: {
        ...oneCase({ classification: "Technical Issue > Compute > Compute Engin" }),
        "gcp:billingProject": "ops-admin",
      },
    });
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.ok(
      messages.some((message) =>
        message.includes(
          '"Technical Issue > Compute > Compute Engin" was not found; the nearest are "Technical Issue > Compute > Compute Engine"',
        ),
      ),
      messages.join("\n"),
    );
    assert.equal(
      run.cloud.requests.filter(({ method, path }) => method !== "GET" && !/:(search|getIamPolicy)$/.test(path)).length,
      0,
    );
  });
});
