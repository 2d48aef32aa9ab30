/**
 * An update is killed while it creates the test case: the case is open, and the state has its life alone. Whatever the config then
 * has in its place, the case is closed, or the update is refused and names it. None is left open in silence.
 */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { care } from "../support/care.ts";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";
import { loseCase, loseFromState, problemOf } from "../support/killed.ts";
import { previewJson } from "../support/previewJson.ts";

/** The cases that bear the stack's name, in the order in which they were created. */
const named = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()].filter(({ description }) => description.includes("customer-care/test,"));

const stateOf = (run: LocalRun) => named(run).map(({ name, state }) => [name.split("/", 2).join("/"), state]);

/** The stack after an update that was killed right after Google had created the case. */
async function killedRun(t: TestContext, name: string, config: Readonly<Record<string, unknown>>): Promise<LocalRun> {
  const run = await localRun({ name, config });
  t.onTestFinished(() => run.close());
  await kill(run);
  return run;
}

/** An update whose case does not come into the state. */
async function kill(run: LocalRun): Promise<void> {
  const up = await run.up();
  assert.equal(up.failed, false, up.messages.join("\n"));
  await loseCase(run);
}

const succeeded = ({ failed, messages }: Outcome) => assert.equal(failed, false, messages.join("\n"));

const { "customer-care:testCase": _testCase, ...withoutCase } = oneCase();

/** With a place for a test case at the organization as well. */
const withCase = (testCase: Readonly<Record<string, unknown>>) => ({
  ...withoutCase,
  "customer-care:organization": { domain: "example.com" },
  "customer-care:projects": { "shop-dev": {}, "pay-dev": {} },
  "customer-care:testCase": { project: "shop-dev", keepOpen: true, ...testCase },
});

describe("a stack that is to be destroyed after a kill", () => {
  it("is destroyed whole once an update has found the case and the grant, and the error has named the contact", async (t) => {
    const whole = oneCase({ keepOpen: true });
    const project = { editors: ["user:killed@example.com"] };
    const config = (more: object) => ({ ...whole, "customer-care:projects": { "shop-dev": { ...project, ...more } } });
    const withContact = config({ contacts: { legal: ["killed@example.com"] } });
    const run = await localRun({ name: "killedDestroyed", config: withContact });
    t.onTestFinished(() => run.close());
    succeeded(await run.up());
    await loseFromState(run, /:(SupportCase|Contact|IAMMember)$/);
    assert.match(
      problemOf(await run.preview()),
      /the contact killed@example\.com of projects\/shop-dev already exists .*run care adopt --stack test --file adopt\.json and the pulumi import command that it prints, or leave the contact out/,
    );
    await run.setConfig(config({}));
    succeeded(await run.up());
    succeeded(await run.destroy());
    assert.deepEqual(stateOf(run), [["projects/shop-dev", "CLOSED"]]);
    assert.doesNotMatch(JSON.stringify(run.cloud.state.projects.get("shop-dev")?.policy), /killed@/);
  });
});

describe("a test case that is taken out of the config after a kill", () => {
  it("is an error of the preview and of the update with the ways on, and the life stays in the state", async (t) => {
    const run = await killedRun(t, "killedRemoved", oneCase({ keepOpen: true }));
    const [{ name } = assert.fail()] = named(run);
    await run.setConfig(withoutCase);
    for (const outcome of [await run.preview(), await run.up()]) {
      const problem = problemOf(outcome);
      assert.ok(problem.includes(`customer-care/testCase: case ${name} was created by an interrupted update`), problem);
      assert.ok(problem.includes(`care case close ${name}`), problem);
    }
    assert.match(JSON.stringify(await run.stack.exportStack()), /pulumi:index:Stash/);
    await run.setConfig(oneCase({ keepOpen: true }));
    succeeded(await run.up());
    assert.equal(named(run).length, 1);
    await run.setConfig(withoutCase);
    succeeded(await run.up());
    assert.deepEqual(stateOf(run), [["projects/shop-dev", "CLOSED"]]);
  });

  it("is taken out once the case is closed", async (t) => {
    const run = await killedRun(t, "killedRemovedClosed", oneCase({ keepOpen: true }));
    const [one = assert.fail()] = named(run);
    await run.setConfig(withoutCase);
    problemOf(await run.up());
    one.state = "CLOSED";
    succeeded(await run.up());
    assert.doesNotMatch(JSON.stringify(await run.stack.exportStack()), /pulumi:index:Stash/);
  });

  it("is a warning with the place and the last line where Google cannot be asked", async (t) => {
    const run = await killedRun(t, "killedRemovedUnread", oneCase({ keepOpen: true }));
    await run.setConfig(withoutCase);
    const denied = { match: { path: "/cases", times: 10_000 }, effect: { error: { code: 403 } } } as const;
    run.cloud.faults.add(denied);
    const preview = await run.preview();
    succeeded(preview);
    assert.match(
      preview.messages.join("\n"),
      /customer-care\/testCase: an interrupted update may have left an open case in projects\/shop-dev.* whose description ends with "Pulumi stack \S+, resource customer-care\/testCase, [0-9a-f-]{36}"/,
    );
  });
});

/** What begins another life, and what the config has then. */
const changes = {
  text: withCase({ description: "Other" }),
  classification: withCase({ classification: "Technical Issue > Storage > Cloud Storage > Performance" }),
  place: withCase({ project: "pay-dev" }),
  organization: withCase({ project: undefined, organization: true }),
  placeAndText: withCase({ project: "pay-dev", errorMessage: "Other" }),
} as const;

describe("a test case that is changed after a kill", () => {
  for (const [what, config] of Object.entries(changes))
    it(`has its case closed before another is created, also after a second kill (${what})`, async (t) => {
      const run = await killedRun(t, `killed-${what}`, withCase({}));
      await run.setConfig(config);
      const preview = await run.preview();
      succeeded(preview);
      const output = preview.messages.join("\n");
      assert.match(output, /was created by an update that did not end: the next update closes it/);
      assert.doesNotMatch(output, /state was lost/);
      const [{ name } = assert.fail()] = named(run);
      for (const streams of [true, false]) {
        const input = await previewJson(run, { streams });
        const { code, stdout } = await care(run, ["diff", "-", "--fail-on", "case-close"], { input });
        assert.match(stdout, new RegExp(`The case \\S*${name}\\S*, which an interrupted update left open, is closed`));
        assert.equal(code, 1);
      }
      await kill(run);
      await run.setConfig(withCase({ businessImpact: "Third" }));
      succeeded(await run.up());
      assert.deepEqual(
        named(run).map(({ state }) => state),
        ["CLOSED", "CLOSED", "NEW"],
      );
      assert.deepEqual((await run.preview()).steps, []);
    });

  it("has its case closed where another case is adopted, but not the case that is adopted", async (t) => {
    const run = await killedRun(t, "killed-adopt", withCase({}));
    const [left = assert.fail()] = named(run);
    const other = { ...structuredClone(left), name: "projects/shop-dev/cases/40000001", description: "A person's" };
    run.cloud.state.cases.set("40000001", other);
    await run.setConfig({ ...withoutCase, "customer-care:testCase": { project: "shop-dev", adopt: other.name } });
    succeeded(await run.up());
    assert.deepEqual([left.state, other.state], ["CLOSED", "NEW"]);
    const again = await killedRun(t, "killed-adopt-own", withCase({}));
    const [own = assert.fail()] = named(again);
    await again.setConfig({ ...withoutCase, "customer-care:testCase": { project: "shop-dev", adopt: own.name } });
    succeeded(await again.up());
    assert.equal(own.state, "NEW");
    assert.deepEqual((await again.preview()).steps, []);
  });
});
