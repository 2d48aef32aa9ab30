/**
 * A stack that becomes part of a landing zone: `pulumi state move` takes what it has into the landing zone's stack. Nothing
 * is written in the cloud, and the case stays the one it is.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { run as runProgram } from "../../tools/setup/bootstrap/process.mjs";
import { holdingsOf } from "../../tools/stack/index.ts";
import type { Holdings } from "../../tools/stack/index.ts";
import { care } from "../support/care.ts";
import { everything } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const program = join(root, "tests/engine/programs/landingZone.ts");

const alone = { ...everything, "customer-care:testCase": { project: "shop-dev", keepOpen: true } };

/** The landing zone's own, with another quota project than the stack had. */
const landingZone = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  // As the program's own Pulumi.yaml has it.
  "gcp:batching": { enableBatching: false },
};

/** The same document, as the component's args. */
const args = Object.entries(alone).flatMap(([key, value]) =>
  key.startsWith("customer-care:") ? [[key.replace("customer-care:", ""), value] as const] : [],
);
/** The next one after the case that the cloud has already. */
const testCase = "projects/shop-dev/cases/43595345";

const withComponent = { ...landingZone, "zone:customerCare": JSON.stringify(Object.fromEntries(args)) };

describe("a stack that moves into a landing zone", () => {
  let source: LocalRun;
  let zone: LocalRun;
  let holdings: Holdings;
  let first: number;

  /** A command in the landing zone's folder, whatever its stack is called by then. */
  async function pulumi(...words: string[]) {
    const { workDir: cwd, envVars } = zone.stack.workspace;
    const { code, stdout, stderr } = await runProgram("pulumi", [...words, "--non-interactive"], {
      cwd,
      env: { ...process.env, ...envVars },
    });
    assert.equal(code, 0, `${stdout}${stderr}`);
  }

  beforeAll(async () => {
    source = await localRun({ name: "move", config: alone });
    zone = await localRun({
      name: "moveToZone",
      projectName: "landing-zone",
      stackName: "prod",
      program,
      config: landingZone,
      cloud: source.cloud,
      state: join(source.directory, "state"),
    });
    assert.equal((await source.up()).failed, false);
    assert.equal((await zone.up()).failed, false);
    holdings = holdingsOf(source.cloud.state);
    first = source.cloud.requests.length;
  });
  afterAll(async () => {
    // The cloud is the source's.
    await source.close();
    await zone.close();
  });

  const move = () =>
    source.pulumi(
      "state",
      "move",
      "--yes",
      "--source",
      "organization/customer-care/test",
      "--dest",
      "organization/landing-zone/prod",
      "urn:pulumi:test::customer-care::customer-care:index:CustomerCare::customer-care",
    );

  it("cannot be moved while its gcp config is another one than the landing zone's", async () => {
    const { failed, messages } = await move();
    assert.equal(failed, true);
    assert.match(messages.join(), /provider \S+providers:gcp::default_\S+ already exists in destination stack/);
  });

  it("takes the landing zone's gcp config, by an update without a change", async () => {
    await source.setConfig({ ...alone, ...landingZone });
    const up = await source.up();
    assert.deepEqual([up.failed, up.steps], [false, []]);
  });

  it("is moved by the URN of its component, with all that is in it", async () => {
    const moved = await move();
    assert.deepEqual([moved.failed, moved.messages], [false, [""]]);
  });

  it("is in the landing zone then: its preview and its up change nothing", async () => {
    await zone.setConfig(withComponent);
    const preview = await zone.preview();
    assert.deepEqual([preview.failed, preview.steps], [false, []]);
    const up = await zone.up();
    assert.deepEqual([up.failed, up.steps], [false, []]);
    assert.equal((await zone.outputs())["testCase"], testCase);
    assert.deepEqual(writesSince(zone.cloud, first), []);
    assert.deepEqual(holdingsOf(zone.cloud.state), holdings);
  });

  it("leaves a stack that has nothing but providers, and is removed once a destroy has them forgotten", async () => {
    const refused = await source.pulumi("stack", "rm", "--yes");
    assert.equal(refused.failed, true);
    assert.match(refused.messages.join(), /still has resources/);
    const { steps, failed } = await source.destroy();
    assert.deepEqual([steps, failed], [[], false]);
    await pulumi("stack", "rm", "--yes", "organization/customer-care/test");
    // The removal of a stack forgets which one is selected in the folder.
    await pulumi("stack", "select", "prod");
    assert.deepEqual(writesSince(zone.cloud, first), []);
  });

  it("is the same under another name and parent, with an alias on the component alone", async () => {
    await zone.setConfig({ ...withComponent, "zone:moved": "true" });
    const without = await zone.preview();
    assert.ok(without.steps.some((step) => step.startsWith("delete pulumi-nodejs:dynamic/customercare:SupportCase")));
    await zone.setConfig({ ...withComponent, "zone:moved": "true", "zone:aliased": "true" });
    const up = await zone.up();
    assert.deepEqual([up.failed, up.steps], [false, ["create landing-zone:index:Zone zone"]]);
    assert.deepEqual(writesSince(zone.cloud, first), []);
  });

  it("has its case still, which takes what can be changed of it", async () => {
    const raised = { ...Object.fromEntries(args), testCase: { project: "shop-dev", keepOpen: true, priority: "P3" } };
    await zone.setConfig({ ...withComponent, "zone:moved": "true", "zone:customerCare": JSON.stringify(raised) });
    const up = await zone.up();
    assert.deepEqual(up.steps, ["update pulumi-nodejs:dynamic/customercare:SupportCase support/testCase"]);
    assert.deepEqual(holdingsOf(zone.cloud.state), holdings);
    assert.equal([...zone.cloud.state.cases.values()].find(({ name }) => name === testCase)?.priority, "P3");
    const { stdout, code } = await care(zone, ["case", "list", "--json"]);
    const { cases } = JSON.parse(stdout) as { cases: { name: string; leftBehind: boolean }[] };
    assert.deepEqual(
      cases.map(({ name, leftBehind }) => [name, leftBehind]),
      [[testCase, false]],
    );
    assert.equal(code, 0);
    first = zone.cloud.requests.length;
  });

  it("may be renamed: the preview under another name is empty, too", async () => {
    await pulumi("stack", "rename", "renamed", "--stack", "prod");
    await pulumi("preview", "--stack", "renamed", "--expect-no-changes");
    await pulumi("up", "--stack", "renamed", "--yes", "--expect-no-changes");
    await pulumi("stack", "rename", "prod", "--stack", "renamed");
    assert.deepEqual(writesSince(zone.cloud, first), []);
  });

  it("is taken down by the landing zone: the case is closed, and no other was ever created", async () => {
    assert.equal((await zone.destroy()).failed, false);
    assert.deepEqual(
      holdingsOf(zone.cloud.state).cases,
      holdings.cases.map((line) => (line.startsWith(testCase) ? `${testCase} CLOSED` : line)),
    );
  });
});
