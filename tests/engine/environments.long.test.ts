/** The four stacks that the repository ships, side by side on one organization. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, it } from "vitest";
import { check } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { holdingsAsked, holdingsOf } from "../../tools/stack/index.ts";
import type { Holdings } from "../../tools/stack/index.ts";
import { ownConfig, readStackFile } from "../support/stackFile.ts";
import { shippedFile, shippedPlan, shippedStacks } from "../support/environments/index.ts";
import type { ShippedStack } from "../support/environments/index.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const stackNames = shippedStacks;
type StackName = ShippedStack;
const kinds = ["services", "grants", "contacts"] as const;

const fileOf = (name: StackName) => readStackFile(readFileSync(shippedFile(name), "utf8"));

/** The stack's config as the program has it. */
function configOf(name: StackName): CustomerCareConfig {
  const { config, problems } = check({ plan: shippedPlan, ...ownConfig(fileOf(name)) });
  assert.deepEqual(problems, []);
  return config ?? assert.fail();
}

const askedBy = (name: StackName) => holdingsAsked(configOf(name), "123456789012");

describe("the stacks of this repository, on one organization", () => {
  let cloud: Cloud;
  let seed: Holdings;
  const runs = new Map<StackName, LocalRun>();
  const runOf = (name: StackName) => runs.get(name) ?? assert.fail();
  const openCases = () =>
    [...cloud.state.cases.values()].filter(({ testCase, state }) => testCase && state !== "CLOSED");

  beforeAll(async () => {
    cloud = await startCloud();
    seed = holdingsOf(cloud.state);
    for (const stackName of stackNames) {
      const config = { "customer-care:plan": shippedPlan, ...fileOf(stackName).config };
      runs.set(stackName, await localRun({ name: `environments-${stackName}`, stackName, config, cloud }));
    }
  });
  afterAll(async () => {
    for (const run of runs.values()) await run.close();
    await cloud.close();
  });

  it("leave the plan to Pulumi.yaml, where it is set once", () => {
    for (const name of stackNames) assert.equal("plan" in ownConfig(fileOf(name)), false);
  });

  it("claim nothing twice", () => {
    const claims = stackNames.flatMap((name) => kinds.flatMap((kind) => askedBy(name)[kind]));
    assert.deepEqual(claims, [...new Set(claims)]);
  });

  for (const name of stackNames)
    it(`${name} is deployed, and creates the resources of its file in addition to the existing ones`, async () => {
      const earlier = holdingsOf(cloud.state);
      const { failed, messages } = await runOf(name).up();
      assert.equal(failed, false, messages.join("\n"));
      const now = holdingsOf(cloud.state);
      for (const kind of kinds)
        assert.deepEqual(now[kind], [...new Set([...earlier[kind], ...askedBy(name)[kind]])].sort());
      assert.equal(now.cases.length - earlier.cases.length, configOf(name).testCase === undefined ? 0 : 1);
    });

  it("have one open case together: that of prod, which keeps it", () => {
    assert.deepEqual(
      openCases().map(({ name }) => name.split("/cases/")[0]),
      ["projects/shop-prod"],
    );
  });

  it("dev is torn down: its grants and contacts go, its services stay, and all of the others' is there", async () => {
    const earlier = holdingsOf(cloud.state);
    const { failed, messages } = await runOf("dev").destroy();
    assert.equal(failed, false, messages.join("\n"));
    const now = holdingsOf(cloud.state);
    assert.deepEqual(now.services, earlier.services);
    assert.deepEqual(now.cases, earlier.cases);
    for (const kind of ["grants", "contacts"] as const) {
      const devs = askedBy("dev")[kind].filter((line) => !seed[kind].includes(line));
      assert.ok(devs.length > 0);
      assert.deepEqual(
        now[kind],
        earlier[kind].filter((line) => !devs.includes(line)),
      );
    }
  });

  for (const name of ["org", "staging", "prod"] as const)
    it(`${name} then has an empty preview`, async () => {
      const { steps, failed, messages } = await runOf(name).preview();
      assert.equal(failed, false, messages.join("\n"));
      assert.deepEqual(steps, []);
    });

  it("prod closes its case when it is destroyed, and the organization's stack is still whole", async () => {
    const { failed, messages } = await runOf("prod").destroy();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(openCases(), []);
    const { steps } = await runOf("org").preview();
    assert.deepEqual(steps, []);
  });
});
