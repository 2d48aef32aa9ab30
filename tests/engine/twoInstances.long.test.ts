/** Two instances in one program that claim the same thing: the preview reports it, and its fix loses nothing. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { SupportAccess } from "../../components/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { holdingsOf } from "../../tools/stack/index.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";

const program = join(import.meta.dirname, "../support/programs/twoInstances.ts");
const role = "roles/cloudsupport.techSupportEditor";
const ada = `projects/pay-dev ${role} user:ada@example.com`;

/** The same grant by both, of a project whose ID is plain; and of one whose ID comes later. */
const both = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "gcp:batching": { enableBatching: false },
  "instances:one": { "pay-dev": { editors: ["user:ada@example.com"] } },
  "instances:other": { pay: { projectId: "pay-dev", editors: ["user:ada@example.com"] } },
  "instances:later": { access: ["user:bob@example.com"], another: ["user:bob@example.com"] },
};
const ofOne = "one/projects/pay-dev/editors/user:ada@example.com";
const ofOther = "other/projects/pay-dev/editors/user:ada@example.com";

/** Without what comes of it. */
const claimed = ({ messages }: Outcome) => [
  ...new Set(messages.filter((message) => message.includes(" both claim ")).map((message) => message.split(": ")[0])),
];

describe("two instances in one program", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "twoInstances", projectName: "two-instances", program, config: both });
  });
  afterAll(() => run.close());

  const urnOf = async (name: string) => {
    const { deployment } = (await run.stack.exportStack()) as { deployment: { resources: { urn: string }[] } };
    return deployment.resources.map(({ urn }) => urn).find((urn) => urn.endsWith(`::${name}`)) ?? assert.fail();
  };

  it("get a warning in the preview for what both claim, and in the update for values only known there", async () => {
    const known = `${ofOne} and ${ofOther} both claim the grant of ${role} to user:ada@example.com on projects/pay-dev`;
    const late = `access/editors/user:bob@example.com and another/editors/user:bob@example.com both claim the grant of ${role} to user:bob@example.com on projects/shop-dev`;
    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    assert.deepEqual(claimed(preview), [known]);
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual(claimed(up).sort(), [late, known].sort());
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("keep the grant where one is taken out of the state, then out of the program", async () => {
    await run.pulumi("state", "remove", await urnOf(ofOther), "--yes");
    await run.setConfig({ ...both, "instances:other": { pay: { projectId: "pay-dev" } } });
    const { steps, failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(
      steps.filter((step) => step.includes("ada@")),
      [],
    );
    assert.ok(holdingsOf(run.cloud.state).grants.includes(ada));
  });

  it("keep it where one is taken out of the program alone: the update is refused, and names the command", async () => {
    await run.setConfig(both);
    assert.equal((await run.up()).failed, false);
    await run.setConfig({ ...both, "instances:other": { pay: { projectId: "pay-dev" } } });
    const preview = await run.preview();
    const command = `pulumi state remove '${await urnOf(ofOther)}'`;
    assert.equal(preview.failed, true);
    assert.ok(preview.messages.join("\n").includes(command), preview.messages.join("\n"));
    assert.equal((await run.up()).failed, true);
    assert.ok(holdingsOf(run.cloud.state).grants.includes(ada));
    await run.pulumi("state", "remove", await urnOf(ofOther), "--yes");
    assert.equal((await run.up()).failed, false);
    assert.ok(holdingsOf(run.cloud.state).grants.includes(ada));
  });

  it("get a warning for a contact that Google refuses a second time", async () => {
    const contacts = { legal: ["a@example.com"] };
    await run.setConfig({
      ...both,
      "instances:one": { "pay-dev": { contacts } },
      "instances:other": { pay: { projectId: "pay-dev", contacts } },
      "instances:later": {},
    });
    const claim =
      "one/projects/pay-dev/a@example.com and other/projects/pay-dev/a@example.com both claim the contact a@example.com of projects/pay-dev";
    const up = await run.up();
    assert.deepEqual(claimed(up), [claim]);
    assert.equal(up.failed, true);
    assert.match(up.messages.join("\n"), /There is already a contact with the given email address/);
  });
});

describe("components of one name below different parents", () => {
  it("are deployed together, and do not change when their order changes", async (t) => {
    const inOrder = (...order: string[]) => ({
      "gcp:userProjectOverride": "true",
      "gcp:billingProject": "ops-admin",
      "gcp:batching": { enableBatching: false },
      "instances:order": order,
    });
    const run = await localRun({
      name: "sameName",
      projectName: "same-name",
      program: join(import.meta.dirname, "programs", "sameName.ts"),
      config: inOrder("shop", "pay", "singly"),
    });
    t.onTestFinished(() => run.close());
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    assert.deepEqual(claimed(up), []);
    const { grants } = holdingsOf(run.cloud.state);
    for (const team of ["shop", "pay", "ops"])
      assert.equal(grants.filter((grant) => grant.endsWith(` ${role} group:${team}@example.com`)).length, 1, team);
    await run.setConfig(inOrder("singly", "pay", "shop"));
    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    assert.deepEqual(preview.steps, []);
    await run.setConfig(inOrder("pay"));
    assert.equal((await run.up()).failed, false);
    assert.equal((await run.destroy()).failed, false);
  });
});

describe("two programs in one process", () => {
  it("do not affect each other, at the same time or one after the other", async (t) => {
    const { environment } = await engineFromEnvironment();
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    const state = join(home, "tests", "twoPrograms");
    await mkdir(state, { recursive: true });
    const pulumiCommand = await PulumiCommand.get({ skipVersionCheck: true });
    const envVars = { ...environment, ...cloud.environment, PULUMI_BACKEND_URL: `file://${state}` };
    const warnings = async (...names: string[]) => {
      const program = () => {
        for (const name of names) new SupportAccess(name, { projectId: "shop-dev", editors: ["user:ada@example.com"] });
        return Promise.resolve();
      };
      const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "test", projectName: names.join("-"), program },
        { pulumiCommand, envVars },
      );
      const messages: string[] = [];
      const onEvent = ({ diagnosticEvent }: { diagnosticEvent?: { severity: string; message: string } }) => {
        if (diagnosticEvent?.severity === "warning") messages.push(diagnosticEvent.message);
      };
      await stack.preview({ onEvent });
      return messages.filter((message) => message.includes("both claim"));
    };
    assert.deepEqual(await Promise.all([warnings("one"), warnings("other")]), [[], []]);
    assert.equal((await warnings("third", "fourth")).length, 1);
  });
});
