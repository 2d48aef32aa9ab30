/** Stacks that are run with the policy pack, where the engine that was found can run one. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "vitest";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, LocalRunOptions } from "../support/localRun.ts";

const pack = join(root, "policy");

export const programOf = (name: string) => join(import.meta.dirname, "programs", `${name}.ts`);

/** Why no policy pack can be run here: an engine that Go has built has no Node language host that can. Nothing where it can. */
export async function whyNoPolicyPacks(): Promise<string | undefined> {
  const { canRunPolicyPacks, source, version } = await engineFromEnvironment();
  if (canRunPolicyPacks) return undefined;
  return `the Node language host of the engine that was found (Pulumi ${version}, ${source}) cannot run policy packs`;
}

/** @param policyConfig The pack's config: for each policy its enforcement level and its options. */
export async function runWithPolicies(
  t: TestContext,
  { policyConfig = {}, ...options }: LocalRunOptions & { readonly policyConfig?: object },
): Promise<LocalRun> {
  const file = join(home, "tests", `${options.name}.policies.json`);
  await mkdir(join(home, "tests"), { recursive: true });
  await writeFile(file, JSON.stringify(policyConfig));
  const run = await localRun({ ...options, policyPacks: [pack], policyPackConfigs: [file] });
  t.onTestFinished(() => run.close());
  return run;
}
