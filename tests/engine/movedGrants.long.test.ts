/**
 * A grant or a contact that moves to another name or to another stack: `care diff` names the command that keeps it, and the command,
 * taken from what it writes, does keep it.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { promisify } from "node:util";
import type { DiffJson } from "../../care/diff/json.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { care } from "../support/care.ts";
import { planAlone } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { previewJson } from "../support/previewJson.ts";

const execute = promisify(execFile);
const editor = "roles/cloudsupport.techSupportEditor";
const settings = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "gcp:batching": { enableBatching: false },
};

/** The file with the stack's preview, as a workflow writes it. */
async function previewFile(run: LocalRun): Promise<string> {
  const file = join(run.directory, `${run.stack.name}.preview.json`);
  await writeFile(file, await previewJson(run));
  return file;
}

async function diff(...runs: readonly LocalRun[]) {
  const [first = assert.fail()] = runs;
  const files: string[] = [];
  for (const run of runs) files.push(await previewFile(run));
  const { stdout, stderr } = await care(first, ["diff", ...files, "--json"]);
  assert.equal(stderr, "");
  return JSON.parse(stdout) as DiffJson;
}

/** Runs each `pulumi state …` of the sentence in a shell, as a person does who copies it. */
async function runCommands(run: LocalRun, text: string): Promise<void> {
  const [command = assert.fail(text)] =
    /pulumi state (?:'[^']*'|[^\s',]+|\s)+?(?= before |[.,](?:\s|$))/.exec(text) ?? [];
  const { workspace } = run.stack;
  await execute("bash", ["-ec", command], { cwd: workspace.workDir, env: { ...process.env, ...workspace.envVars } });
}

const grantsOf = (run: LocalRun) => holdingsOf(run.cloud.state).grants.filter((line) => line.includes(editor));

describe("a grant that moves to another component of the program", () => {
  const program = join(import.meta.dirname, "../support/programs/twoInstances.ts");
  const shop = { "pay-dev": { editors: ["user:ada@example.com"] } };
  const config = (names: Record<string, unknown>) => ({ ...settings, "instances:later": {}, ...names });
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({
      name: "movedGrant",
      projectName: "two-instances",
      program,
      config: config({ "instances:one": shop, "instances:other": {} }),
    });
    assert.equal((await run.up()).failed, false);
    await run.setConfig(config({ "instances:one": {}, "instances:other": shop }));
  });
  afterAll(() => run.close());

  it("keeps its state under the other name: care diff has no conflict, and the update changes nothing", async () => {
    const grantsBefore = grantsOf(run);
    const { kinds } = await diff(run);
    assert.equal(kinds.conflict, undefined);
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual(grantsOf(run), grantsBefore);
    assert.deepEqual((await run.preview()).steps, []);
  });
});

describe("a project that moves to another stack", () => {
  const editors = ["user:ada@example.com"];
  const contacts = { technical: ["pay@example.com"] };
  const config = (projects: object) => ({ ...settings, ...planAlone, "customer-care:projects": projects });
  let dev: LocalRun;
  let prod: LocalRun;
  const holdings = () => {
    const all = holdingsOf(dev.cloud.state);
    return [...all.grants, ...all.contacts].filter((line) => line.startsWith("projects/pay-dev"));
  };
  const up = async (run: LocalRun) => {
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
  };
  const move = async (from: LocalRun, to: LocalRun, pay: object) => {
    await from.setConfig(config({}));
    await to.setConfig(config({ "pay-dev": pay }));
  };
  beforeAll(async () => {
    dev = await localRun({ name: "moved", stackName: "dev", config: config({ "pay-dev": { editors, contacts } }) });
    prod = await localRun({
      name: "movedTo",
      stackName: "prod",
      config: config({}),
      cloud: dev.cloud,
      state: join(dev.directory, "state"),
    });
    // The program's folder has the files of both.
    await writeFile(join(dev.directory, "Pulumi.prod.yaml"), "config: {}\n");
    await writeFile(join(prod.directory, "Pulumi.dev.yaml"), "config: {}\n");
    await up(dev);
  });
  afterAll(async () => {
    await prod.close();
    await dev.close();
  });

  it("has its grants and contacts again, in the order that care diff names", async () => {
    await move(dev, prod, { editors, contacts });
    const holdingsBefore = holdings();
    assert.equal(holdingsBefore.length, 2);
    const preview = await prod.preview();
    assert.match(
      preview.messages.join("\n"),
      /^customer-care:projects\.pay-dev: the grant of .* to user:ada@example\.com on projects\/pay-dev is in the stack dev too.*; if it moves here, update dev first/m,
    );
    const { kinds, stacks } = await diff(dev, prod);
    assert.equal(kinds.moved, 2);
    for (const { changes } of stacks) {
      assert.deepEqual(changes[0]?.kinds, ["moved"]);
      assert.match(changes[0]?.text ?? "", /Update dev before prod:/);
    }
    await up(dev);
    await up(prod);
    assert.deepEqual(holdings(), holdingsBefore);
  });

  it("has its grants at all times and in either order, after the command that care diff names", async () => {
    await move(prod, dev, { editors });
    const holdingsBefore = holdings().filter((line) => line.includes(editor));
    const { stacks } = await diff(prod, dev);
    await runCommands(prod, stacks[0]?.changes[0]?.text ?? "");
    assert.equal((await diff(prod, dev)).kinds.moved, undefined);
    for (const run of [dev, prod]) {
      await up(run);
      assert.deepEqual(
        holdings().filter((line) => line.includes(editor)),
        holdingsBefore,
      );
    }
    assert.deepEqual((await dev.preview()).steps, []);
  });

  it("has its contacts at all times and in either order, after the command that care diff names", async () => {
    const only = { contacts };
    await dev.setConfig(config({ "pay-dev": only }));
    await up(dev);
    for (const [from, to] of [
      [dev, prod],
      [prod, dev],
    ] as const) {
      await move(from, to, only);
      const stateBefore = JSON.stringify([...dev.cloud.state.contacts.values()]);
      const { stacks } = await diff(from, to);
      const [text = ""] = stacks.map(({ changes }) => changes[0]?.text ?? "");
      assert.match(text, /Google refuses a second contact\. To keep the contact in between, run pulumi state move /);
      await runCommands(from, text);
      assert.equal((await diff(from, to)).kinds.moved, undefined);
      for (const run of from === dev ? [from, to] : [to, from]) await up(run);
      // The same contacts, under the same names in Google.
      assert.equal(JSON.stringify([...dev.cloud.state.contacts.values()]), stateBefore);
      assert.deepEqual((await to.preview()).steps, []);
    }
    await dev.setConfig(config({ "pay-dev": { editors } }));
    await up(dev);
  });

  it("keeps its grants in the other order too: the first stack's update is refused, and names the command", async () => {
    await move(dev, prod, { editors });
    const holdingsBefore = holdings();
    await up(prod);
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await dev[operation]();
      const text = messages.join("\n");
      assert.equal(failed, true, text);
      assert.match(text, /this update would delete the grant of .* on projects\/pay-dev, which the stack prod has too/);
      assert.deepEqual(holdings(), holdingsBefore);
      if (operation === "up") await runCommands(dev, `${text.replace(/^.*?run: /s, "").split("\n")[0] ?? ""}.`);
    }
    await up(dev);
    assert.deepEqual([holdings(), (await prod.preview()).steps], [holdingsBefore, []]);
  });
});
