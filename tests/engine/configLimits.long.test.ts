/** What the engine does with a config's size, its file's encoding and members with blanks, and the reports before it does. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { readStack } from "../../care/stack/readStack.ts";
import { UsageError } from "../../care/userError.ts";
import { configSize, largestConfig } from "../../onboarding/index.ts";
import { holdingsOf } from "../../tools/stack/index.ts";
import { describeUnless } from "../support/describeUnless.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

/** As `care doctor` reads the stack. */
async function asCareReads(run: LocalRun) {
  const { envVars } = run.stack.workspace;
  const own = { ...process.env };
  Object.assign(process.env, envVars);
  try {
    return await readStack("care doctor", run.directory, "test");
  } finally {
    for (const key of Object.keys(envVars))
      if (own[key] === undefined) delete process.env[key];
      else process.env[key] = own[key];
  }
}

const noLimit = process.platform === "linux" ? undefined : "only Linux limits the size of a variable";

describeUnless(noLimit, "the largest config that the engine hands to the program", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "configLimits-size", config: configWith("") });
  });
  afterAll(() => run.close());

  /** Wrong in one thing, so that nothing is created. Its characters are of more than one byte, or quoted. */
  const configWith = (description: string) => ({
    "customer-care:plan": "enhanced",
    "customer-care:projects": { "shop-dev": { editors: ['group:a"<é>&@example.com'] } },
    "customer-care:testCase": { project: "pay-dev", description },
  });

  const sizeNow = async () =>
    configSize(Object.entries(await run.stack.getAllConfig()).map(([key, { value }]) => [key, value] as const));

  it("is what care doctor takes it for, to the byte", async () => {
    await run.setConfig(configWith(""));
    const rest = await sizeNow();
    await run.setConfig(configWith("x".repeat(largestConfig - rest)));
    assert.equal(await sizeNow(), largestConfig);
    const { messages } = await run.preview();
    assert.match(messages.join("\n"), /customer-care:testCase\.project: "pay-dev" is not a key of projects/);
    assert.doesNotMatch(messages.join("\n"), /argument list too long/);
    assert.doesNotMatch(JSON.stringify((await asCareReads(run)).checked.problems), /bytes/);

    await run.setConfig(configWith("x".repeat(largestConfig - rest + 1)));
    const beyond = await run.preview();
    assert.match(beyond.messages.join("\n"), /argument list too long/);
    const [problem] = (await asCareReads(run)).checked.problems;
    assert.match(
      problem?.message ?? "",
      /^makes the config 131058 bytes long, .* with care fleet \(docs\/how-to\/fleet\.md\)$/,
    );
  });
});

describe("a stack's file", () => {
  it("in UTF-16 is read by the engine and by care; without a byte order mark care names it", async () => {
    const config = { "customer-care:plan": "enhanced", "customer-care:projects": { "shop-dev": { services: [] } } };
    const run = await localRun({ name: "configLimits-encoding", config });
    try {
      const file = join(run.directory, "Pulumi.test.yaml");
      const text = await readFile(file, "utf8");
      await writeFile(file, Buffer.from(`\ufeff${text}`, "utf16le"));
      assert.equal((await run.preview()).failed, false);
      assert.equal((await asCareReads(run)).checked.config?.plan, "enhanced");
      await writeFile(file, Buffer.from(text, "utf16le"));
      assert.equal((await run.preview()).failed, true);
      await assert.rejects(
        asCareReads(run),
        (error) =>
          error instanceof UsageError &&
          /^care doctor: .*Pulumi\.test\.yaml is UTF-16 without .*; save it as UTF-8$/.test(error.message),
      );
    } finally {
      await run.close();
    }
  });
});

describe("members as Google has them", () => {
  const pool = "iam.googleapis.com/locations/global/workforcePools/staff";
  const members = [
    `principalSet://${pool}/group/Support Leads (EMEA)`,
    `principalSet://${pool}/attribute.department/Customer  Care`,
    "principalSet://cloudresourcemanager.googleapis.com/projects/100000000001/type/ServiceAccount",
    "principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/shop-dev.svc.id.goog/namespace/support",
    "principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/shop-dev.svc.id.goog/kubernetes.cluster/https://container.googleapis.com/v1/projects/shop-dev/locations/europe-west1/clusters/main",
    "group:a!#$%&'*+/=?^_`{|}~-z@example.com",
    "user:o'neil@example.com",
  ];

  it("are granted letter by letter, stay the same in the next preview, and go when they are taken out", async () => {
    const configOf = (editors: readonly string[]) => ({
      "customer-care:plan": "enhanced",
      "customer-care:projects": { "shop-dev": { services: [], editors } },
    });
    const run = await localRun({ name: "configLimits-members", config: configOf(members) });
    const granted = () =>
      holdingsOf(run.cloud.state).grants.filter((grant) => grant.startsWith("projects/shop-dev roles/cloudsupport"));
    const grantsTo = (editors: readonly string[]) =>
      editors.map((member) => `projects/shop-dev roles/cloudsupport.techSupportEditor ${member}`).sort();
    try {
      const up = await run.up();
      assert.equal(up.failed, false, up.messages.join("\n"));
      assert.deepEqual(granted(), grantsTo(members));
      assert.deepEqual((await run.preview()).steps, []);
      assert.equal((await run.refresh()).failed, false);
      assert.deepEqual((await run.preview()).steps, []);
      await run.setConfig(configOf(members.slice(2)));
      const { steps, failed } = await run.up();
      assert.equal(failed, false);
      assert.equal(steps.length, 2);
      for (const step of steps) assert.match(step, /^delete gcp:projects\/iAMMember:IAMMember /);
      assert.deepEqual(granted(), grantsTo(members.slice(2)));
    } finally {
      await run.close();
    }
  });
});
