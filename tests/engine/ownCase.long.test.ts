/** The test case touches only its own: cases that quote it, stacks of the same name, another place, a closed case. */
import assert from "node:assert/strict";
import { mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, it } from "vitest";
import { markerOf } from "../../components/supportCase/index.ts";
import { defaultServices } from "../../guide/index.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { SupportCase } from "../../tools/localCloud/index.ts";
import { care } from "../support/care.ts";
import { oneCase } from "../support/configs.ts";
import { readCompressed } from "../support/compressed.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { loseCase, problemOf } from "../support/killed.ts";

const resource = "pulumi-nodejs:dynamic/customercare:SupportCase customer-care/testCase";

const all = ({ cloud }: LocalRun) => [...cloud.state.cases.values()];

/** The cases that bear the stack's name, in the order in which they were created. */
const named = (run: LocalRun) => all(run).filter(({ description }) => description.includes("customer-care/test,"));

/** Adds a case of somebody else to the cloud, like the seed's. */
function addCase({ cloud }: LocalRun, id: string, fields: Partial<SupportCase>): SupportCase {
  const [like = assert.fail()] = cloud.state.cases.values();
  const name = `projects/shop-dev/cases/${id}`;
  const own = { comments: [], attachments: [], subscriberEmailAddresses: [], priority: "P1", testCase: false };
  const one = { ...structuredClone(like), ...own, name, ...fields };
  cloud.state.cases.set(id, one);
  return one;
}

/** The requests that may have changed something. */
const writes = ({ cloud }: LocalRun, since: number) =>
  cloud.requests.slice(since).filter(({ service, method }) => service.startsWith("cloudsupport") && method !== "GET");

describe("a closed case", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "ownClosed", config: oneCase() });
    assert.equal((await run.up()).failed, false);
  });
  afterAll(() => run.close());

  it("that is to be changed is one error of the preview and of the update, which leaves nothing behind", async () => {
    const escalation = { reason: "businessImpact", justification: "Nobody can pay" };
    const fields = { displayName: "Other", priority: "P3", subscriberEmailAddresses: ["a@example.com"] };
    await run.setConfig(oneCase({ ...fields, comments: ["One"], attachments: ["README.md"], escalation }));
    const since = run.cloud.requests.length;
    let command = "";
    for (const outcome of [await run.preview(), await run.up()]) {
      const problem = problemOf(outcome);
      command = /pulumi up( --replace '[^']+'){2}/.exec(problem)?.[0] ?? assert.fail(problem);
      for (const message of [
        /customer-care\/testCase: case projects\/shop-dev\/cases\/\d+ is closed, and a closed case cannot be changed/,
        /displayName \(got "Other", the case has "Test issue"\)/,
        /priority \(got "P3", the case has "P4"\)/,
        /subscriberEmailAddresses \(got \["a@example.com"\]/,
        /comments\[0\] \(got a new one\)/,
        /attachments \(got "README.md", a new file\)/,
        /escalation \(got "businessImpact"\)/,
        /Undo that in the config, or replace the case/,
      ])
        assert.match(problem, message);
      assert.doesNotMatch(problem, /^\s+at /m);
    }
    assert.deepEqual(writes(run, since), []);
    await run.setConfig(oneCase());
    const { failed, steps } = await run.preview();
    assert.deepEqual([failed, steps], [false, []]);
    const words = [...command.matchAll(/--replace '([^']+)'/g)].flatMap(([, urn = ""]) => ["--replace", urn]);
    const replaced = await run.pulumi("up", "--yes", "--skip-preview", "--stack", "test", ...words);
    assert.equal(replaced.failed, false, replaced.messages.join("\n"));
    assert.deepEqual(
      named(run).map(({ state }) => state),
      ["CLOSED", "CLOSED"],
    );
  });
});

describe("a case that Google's staff has closed since", { concurrent: true }, () => {
  it("is known to be closed by the preview, though the state records it as open", async (t) => {
    const run = await localRun({ name: "ownClosedSince", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    Object.assign(named(run)[0] ?? assert.fail(), { state: "CLOSED" });
    await run.setConfig(oneCase({ keepOpen: true, comments: ["One"] }));
    assert.match(problemOf(await run.preview()), /is closed, and a closed case cannot be changed: comments\[0\]/);
    assert.equal((await run.refresh()).failed, false);
    assert.match(problemOf(await run.up()), /is closed, and a closed case cannot be changed: comments\[0\]/);
    await run.setConfig(oneCase({ keepOpen: true }));
    assert.deepEqual((await run.preview()).steps, []);
  });
});

describe("a person's case", { concurrent: true }, () => {
  it("that ends with a quote of the whole test case is left alone by create, update and destroy", async (t) => {
    const run = await localRun({ name: "ownQuoted", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    const [own = assert.fail()] = named(run);
    const quotes = ["40000001", "40000002"].map((id, index) =>
      addCase(run, id, {
        description: `I saw this:\n\n${own.description}`,
        testCase: index === 0,
      }),
    );
    const before = structuredClone(quotes);
    run.cloud.state.cases.delete(own.name.split("/").at(-1) ?? "");
    assert.equal((await run.refresh()).failed, false);
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    await run.setConfig(oneCase({ keepOpen: true, priority: "P3" }));
    assert.equal((await run.up()).failed, false);
    assert.equal((await run.destroy()).failed, false);
    assert.deepEqual(quotes, before);
    const made = named(run).filter(({ name }) => !quotes.some((one) => one.name === name));
    assert.deepEqual(
      made.map(({ state, priority }) => [state, priority]),
      [["CLOSED", "P3"]],
    );
  });
});

describe("two backends with a stack of the same name", { concurrent: true }, () => {
  it("never write to each other's case: the preview of the second one reports it, with the options", async (t) => {
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    const first = await localRun({ name: "ownBackendA", cloud, config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => first.close());
    assert.equal((await first.up()).failed, false);
    const [others = assert.fail()] = named(first);
    const before = structuredClone(others);
    const second = await localRun({ name: "ownBackendB", cloud, config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => second.close());
    for (const outcome of [await second.preview(), await second.up()]) {
      const problem = problemOf(outcome);
      assert.ok(problem.includes(`${others.name} is open and has this stack's name`), problem);
      assert.ok(problem.includes(`adopt: ${others.name}`), problem);
      assert.ok(problem.includes(`ignoreCases: [${others.name}]`), problem);
    }
    const findings = async () =>
      (
        JSON.parse((await care(second, ["doctor", "--json"])).stdout) as { findings: { id: string; where: string }[] }
      ).findings
        .filter(({ id }) => id === "case-in-doubt")
        .map(({ where }) => where);
    assert.deepEqual(await findings(), [others.name]);
    await second.setConfig(oneCase({ keepOpen: true, ignoreCases: [others.name] }));
    assert.deepEqual(await findings(), []);
    const preview = await second.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    assert.equal((await second.up()).failed, false);
    assert.deepEqual((await second.preview()).steps, []);
    assert.equal((await second.destroy()).failed, false);
    assert.deepEqual(others, before);
    assert.equal((await first.destroy()).failed, false);
    assert.equal(others.state, "CLOSED");
    assert.ok(named(first).every(({ state }) => state === "CLOSED"));
  });
});

it("an open case that the config had adopted is not called one of another state", async (t) => {
  const run = await localRun({ name: "ownAdopted", config: oneCase({ keepOpen: true }) });
  t.onTestFinished(() => run.close());
  assert.equal((await run.up()).failed, false);
  const [{ name } = assert.fail()] = named(run);
  await run.setConfig(oneCase({ adopt: name }));
  assert.equal((await run.up()).failed, false);
  await run.setConfig(oneCase({ keepOpen: true }));
  const problem = problemOf(await run.preview());
  assert.ok(problem.includes(`${name} is open and has this stack's name`), problem);
  assert.ok(problem.includes("the config had adopted it, the state was lost, or"), problem);
});

describe("a test case that moves", { concurrent: true }, () => {
  it("to the organization and back is another case each time, and the old one is closed first", async (t) => {
    const { "customer-care:testCase": _testCase, ...rest } = oneCase();
    const atProject = { ...rest, "customer-care:organization": { domain: "example.com" } };
    const config = (testCase: object) => ({ ...atProject, "customer-care:testCase": testCase });
    const places = [{ project: "shop-dev" }, { organization: true }, { project: "shop-dev" }];
    const run = await localRun({ name: "ownMoved", config: config(places[0] ?? {}) });
    t.onTestFinished(() => run.close());
    for (const place of places) {
      await run.setConfig(config(place));
      const up = await run.up();
      assert.equal(up.failed, false, up.messages.join("\n"));
    }
    const made = named(run).map(({ name, state }) => [name.split("/").slice(0, 2).join("/"), state]);
    assert.deepEqual(made, [
      ["projects/shop-dev", "CLOSED"],
      ["organizations/123456789012", "CLOSED"],
      ["projects/shop-dev", "CLOSED"],
    ]);
    await run.up();
    assert.equal((await run.outputs())["testCase"], named(run).at(-1)?.name);
    assert.deepEqual((await run.preview()).steps, []);
  });
});

describe("a test case of an older release that moves", { concurrent: true }, () => {
  it("is another case at once, and a third one where it moves back", async (t) => {
    const recorded = readCompressed(new URL("states/0.1.0.json.gz", import.meta.url));
    const { state, supportCase } = JSON.parse(recorded) as { state: Deployment; supportCase: SupportCase };
    const { "customer-care:testCase": testCase, ...rest } = oneCase({
      keepOpen: true,
      subscriberEmailAddresses: ["a@example.com"],
    });
    const { project: _project, ...fields } = testCase as Record<string, unknown>;
    const at = (place: object) => ({
      ...rest,
      "customer-care:organization": { domain: "example.com" },
      "customer-care:testCase": { ...fields, ...place },
    });
    const run = await localRun({ name: "ownMovedOld", config: at({ organization: true }) });
    t.onTestFinished(() => run.close());
    // A number that the cloud gives to no case of its own.
    const old = { ...supportCase, name: "projects/shop-dev/cases/10000001" };
    run.cloud.state.cases.set("10000001", old);
    const project = [...run.cloud.state.projects.values()].find(({ projectId }) => projectId === "shop-dev");
    for (const service of defaultServices) project?.services.set(service, { enabledAt: 0 });
    await run.stack.importStack(JSON.parse(JSON.stringify(state).replaceAll(supportCase.name, old.name)) as Deployment);
    for (const place of [{ organization: true }, { project: "shop-dev" }]) {
      await run.setConfig(at(place));
      const up = await run.up();
      assert.equal(up.failed, false, up.messages.join("\n"));
      assert.deepEqual((await run.preview()).steps, []);
    }
    const made = named(run).map(({ name, state: of }) => [name.split("/").slice(0, 2).join("/"), of]);
    assert.deepEqual(made, [
      ["projects/shop-dev", "CLOSED"],
      ["organizations/123456789012", "CLOSED"],
      ["projects/shop-dev", "NEW"],
    ]);
  });
});

describe("an orphan", { concurrent: true }, () => {
  it("is not left where the search lags beyond any wait and the reply to the creation is lost", async (t) => {
    const run = await localRun({ name: "ownLag", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    run.cloud.faults.set({ searchLag: 3_600_000 });
    run.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: "reset-after-effect" });
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.equal(named(run).length, 1);
    assert.equal((await run.destroy()).failed, false);
    assert.deepEqual(
      named(run).map(({ state }) => state),
      ["CLOSED"],
    );
  });

  it("is closed by the next update, and by the destroy", async (t) => {
    const run = await localRun({ name: "ownLeftover", config: oneCase({ keepOpen: true }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    const [own = assert.fail()] = named(run);
    const twin = (id: string) => addCase(run, id, { ...structuredClone(own), name: `projects/shop-dev/cases/${id}` });
    const [first, second] = [twin("50000001"), twin("50000002")];
    second.state = "CLOSED";
    await run.setConfig(oneCase({ keepOpen: true, priority: "P3" }));
    assert.deepEqual((await run.up()).steps, [`update ${resource}`]);
    assert.deepEqual([own.state, first.state], ["NEW", "CLOSED"]);
    second.state = "NEW";
    assert.equal((await run.destroy()).failed, false);
    assert.deepEqual([own.state, first.state, second.state], ["CLOSED", "CLOSED", "CLOSED"]);
  });

  it("is closed where the test case has another place by then, also after a second kill", async (t) => {
    const { "customer-care:testCase": _testCase, ...rest } = oneCase();
    const at = (place: object) => ({
      ...rest,
      "customer-care:organization": { domain: "example.com" },
      "customer-care:testCase": { ...place, keepOpen: true },
    });
    const run = await localRun({ name: "ownLeftBehind", config: at({ project: "shop-dev" }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    await loseCase(run);
    await run.setConfig(at({ organization: true }));
    run.cloud.faults.add({
      match: { path: "/organizations/.*/cases", times: 100 },
      effect: { reply: { code: 400, body: "{}" } },
    });
    assert.equal((await run.up()).failed, true);
    run.cloud.faults.clear();
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual(
      named(run).map(({ name, state }) => [name.split("/")[0], state]),
      [
        ["projects", "CLOSED"],
        ["organizations", "NEW"],
      ],
    );
    assert.deepEqual((await run.preview()).steps, []);
  });

  for (const [what, body] of [
    ["a page of HTML", "<html><title>Sign in</title></html>"],
    ["nothing", ""],
    ["a list of something else", '{"error_description":"sign in"}'],
  ] as const)
    it(`is not created after a search that is answered by ${what}`, async (t) => {
      const run = await localRun({
        name: `ownShape-${what.replaceAll(" ", "-")}`,
        config: oneCase({ keepOpen: true }),
      });
      t.onTestFinished(() => run.close());
      assert.equal((await run.up()).failed, false);
      await loseCase(run);
      const pages = { match: { path: "/cases(:search)?$", method: "GET", times: 10_000 }, effect: { reply: { body } } };
      run.cloud.faults.add(pages);
      assert.match(problemOf(await run.up()), /the reply is not from Google's API/);
      assert.equal(named(run).length, 1);
      run.cloud.faults.clear();
      const again = await run.up();
      assert.equal(again.failed, false, again.messages.join("\n"));
      assert.equal(named(run).length, 1);
    });
});

describe("a case to adopt", { concurrent: true }, () => {
  it("that is not there, or another stack's, is an error of the preview", async (t) => {
    const run = await localRun({ name: "ownAdopt", config: oneCase() });
    t.onTestFinished(() => run.close());
    const marker = markerOf("acme/customer-care/prod", "customer-care/testCase", "a life");
    addCase(run, "50000001", { description: `Test issue\n\n${marker}` });
    for (const [adopt, message] of [
      ["projects/shop-dev/cases/7", /case projects\/shop-dev\/cases\/7 was not found/],
      ["projects/shop-dev/cases/50000001", /it belongs to Pulumi stack acme\/customer-care\/prod/],
    ] as const) {
      const { "customer-care:testCase": _testCase, ...rest } = oneCase();
      const testCase = { project: "shop-dev", adopt };
      // The API is not enabled on the project yet.
      const config = { ...rest, "gcp:billingProject": "ops-admin", "customer-care:testCase": testCase };
      await run.setConfig(config);
      assert.match(problemOf(await run.preview()), message);
    }
  });
});

describe("an attachment", { concurrent: true }, () => {
  it("is an ordinary file of at most 10 MiB in the program's folder, or an error of the preview", async (t) => {
    const run = await localRun({ name: "ownAttachments", config: oneCase() });
    t.onTestFinished(() => run.close());
    // The run's own folder is below a hidden one.
    const folder = await mkdtemp(join(root, "attachments-"));
    t.onTestFinished(() => rm(folder, { recursive: true }));
    const at = (name: string) => join(folder, name);
    await symlink("/etc/passwd", at("link"));
    await writeFile(at("large"), "");
    await truncate(at("large"), 10 * 1024 * 1024 + 1);
    await writeFile(at("small"), "small");
    await symlink(at("small"), at("inside"));
    const attachments = ["/etc/passwd", "../outside.txt", at("link"), at("large"), "/dev/null", at("inside")];
    await run.setConfig(oneCase({ attachments }));
    const problem = problemOf(await run.preview());
    const errorOf = (index: number) =>
      new RegExp(`customer-care:testCase.attachments\\[${String(index)}\\]: (.*)`).exec(problem)?.[1] ?? "";
    assert.match(errorOf(0), /is outside the program's directory/);
    assert.match(errorOf(1), /does not exist|is outside the program's directory/);
    assert.match(errorOf(2), /is outside the program's directory/);
    assert.match(errorOf(3), /has 10485761 bytes, more than 10485760 \(10 MiB\)/);
    assert.match(errorOf(4), /is outside the program's directory/);
    assert.equal(errorOf(5), "");
  });
});
