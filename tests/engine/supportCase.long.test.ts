/** The test case through the engine: kept open, failed halfway, waited for, created as one identity and closed as another. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, LocalRunOptions } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const resource = "pulumi-nodejs:dynamic/customercare:SupportCase customer-care/testCase";

async function open(t: TestContext, options: LocalRunOptions): Promise<LocalRun> {
  const run = await localRun(options);
  t.onTestFinished(() => run.close());
  return run;
}

/** The cases of this stack: their states, in the order in which they were created. */
const states = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()]
    .filter(({ description }) => description.includes("customer-care/test,"))
    .map(({ state }) => state);

describe("the test case", { concurrent: true }, () => {
  it("stays open until it is destroyed where keepOpen is true, and takes a new priority meanwhile", async (t) => {
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

  it("is closed by the next update when it could not be closed at once, and is not created twice", async (t) => {
    const run = await open(t, { name: "notClosed", config: oneCase() });
    run.cloud.faults.add({ match: { rpc: "CloseCase", times: 3 }, effect: { error: { code: 500 } } });
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.ok(
      messages.some((message) => /case \S+ could not be closed; the next `pulumi up` closes it: .*500/.test(message)),
    );
    assert.deepEqual(states(run), ["NEW"]);
    assert.deepEqual((await run.up()).steps, [`update ${resource}`]);
    assert.deepEqual(states(run), ["CLOSED"]);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("gets its comments, attachments and escalation, each once, while it is kept open", async (t) => {
    const attachments = ["README.md"];
    const escalation = { reason: "businessImpact", justification: "Nobody can pay" };
    const asked = { keepOpen: true, comments: ["One"], attachments };
    const run = await open(t, { name: "additions", config: oneCase(asked) });
    assert.equal((await run.up()).failed, false);
    const more = { ...asked, comments: ["Two", "One"], escalation };
    await run.setConfig(oneCase(more));
    assert.deepEqual((await run.up()).steps, [`update ${resource}`]);
    assert.equal((await run.refresh()).failed, false);
    assert.deepEqual((await run.preview()).steps, []);
    const supportCase = [...run.cloud.state.cases.values()].at(-1);
    const readme = await readFile(new URL("../../README.md", import.meta.url));
    assert.deepEqual(
      supportCase?.comments.map(({ body }) => body),
      ["One", "Two"],
    );
    assert.deepEqual(
      supportCase?.attachments.map(({ filename, bytes }) => [filename, bytes.equals(readme)]),
      [["README.md", true]],
    );
    assert.equal(supportCase?.escalated, true);
    assert.ok(!(await run.stateText()).includes(readme.toString("utf8").slice(0, 60)), "the file is in the state");
    assert.equal((await run.destroy()).failed, false);
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("gets each addition once from two updates at the same time, after a cancel", async (t) => {
    const run = await open(t, { name: "twoUpdates", config: oneCase({ keepOpen: true }), waits: true });
    assert.equal((await run.up()).failed, false);
    const escalation = { reason: "businessImpact", justification: "Nobody can pay" };
    await run.setConfig(oneCase({ keepOpen: true, comments: ["One", "Two"], attachments: ["README.md"], escalation }));
    const ofCase = () => [...run.cloud.state.cases.values()].at(-1);
    // The first update has added a comment and waits for Google's reply while the second one does all that is left.
    run.cloud.faults.add({ match: { rpc: "CreateComment" }, effect: "hang-after-effect" });
    const first = run.up();
    while (ofCase()?.comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    await run.unlock();
    assert.equal((await run.up()).failed, false);
    await first;
    assert.deepEqual(
      ofCase()?.comments.map(({ body }) => body),
      ["One", "Two"],
    );
    assert.deepEqual([ofCase()?.attachments.length, ofCase()?.escalated], [1, true]);
    assert.equal(run.cloud.requests.filter(({ rpc }) => rpc === "EscalateCase").length, 1);
    assert.equal((await run.up()).failed, false);
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("is adopted as it is, and left as it is", async (t) => {
    const { "customer-care:testCase": _testCase, ...config } = oneCase();
    const adopt = "projects/shop-dev/cases/43595344";
    const adopted = (fields: object = {}) => ({
      ...config,
      "customer-care:testCase": { project: "shop-dev", adopt, ...fields },
    });
    const run = await open(t, { name: "adopted", config: adopted() });
    const supportCase = () => run.cloud.state.cases.get("43595344");
    const before = structuredClone(supportCase());
    const { failed, messages } = await run.up();
    const outputs = await run.outputs();
    assert.equal(failed, false, messages.join("\n"));
    assert.equal(outputs["testCase"], adopt);
    assert.deepEqual((await run.preview()).steps, []);
    assert.equal((await run.refresh()).failed, false);
    assert.deepEqual((await run.preview()).steps, []);
    assert.deepEqual(supportCase(), before);
    await run.setConfig(adopted({ closeOnDestroy: true }));
    assert.deepEqual((await run.up()).steps, [`update ${resource}`]);
    assert.deepEqual(supportCase(), before);
    assert.equal((await run.destroy()).failed, false);
    assert.equal(supportCase()?.state, "CLOSED");
    assert.equal(run.cloud.requests.filter(({ rpc }) => rpc === "CreateCase").length, 0);
  });

  it("reports files that cannot be attached before anything is created", async (t) => {
    const run = await open(t, { name: "noFile", config: oneCase({ attachments: ["README.md", "no.txt", "docs"] }) });
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    const output = messages.join("\n");
    assert.match(output, /customer-care:testCase.attachments\[1\]: "no.txt" does not exist; write the path of a file/);
    assert.match(output, /customer-care:testCase.attachments\[2\]: "docs" is a directory; write the path of a file/);
    assert.doesNotMatch(output, /^\s+at /m);
    assert.equal(run.cloud.requests.filter(({ method }) => method !== "GET").length, 0);
  });

  it("is found again when the reply to its creation is lost", async (t) => {
    const run = await open(t, { name: "replyLost", config: oneCase() });
    run.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: "reset-after-effect" });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("waits for the API that this stack enables, reports that, and waits for nothing else", async (t) => {
    const run = await open(t, { name: "propagation", config: oneCase(), waits: true });
    run.cloud.faults.set({ servicePropagation: 20_000 });
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
    const { failed, messages } = await run.up();
    const outputs = await run.outputs();
    assert.equal(failed, false, messages.join("\n"));
    assert.match(String(outputs["testCase"]), /^organizations\/123456789012\/cases\/\d+$/);
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
          '"Technical Issue > Compute > Compute Engin" was not found; the closest are "Technical Issue > Compute > Compute Engine"',
        ),
      ),
      messages.join("\n"),
    );
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });
});
