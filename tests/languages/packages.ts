/** Stacks whose project takes the component package of this clone, where the engine that was found can run one. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";

export const plugin = join(root, "plugin");

/** Why no component package can be run here. Nothing where one can. */
export async function whyNoPackages(): Promise<string | undefined> {
  // Both are run by the language host's RunPlugin.
  const { canRunPolicyPacks, source, version } = await engineFromEnvironment();
  if (canRunPolicyPacks) return undefined;
  return `the Node language host of the engine that was found (Pulumi ${version}, ${source}) cannot run component packages`;
}

/** What `pulumi package add` writes into the project, with another program in place of the one that is there. */
export async function takePackage(directory: string, program: string): Promise<void> {
  const file = join(directory, "Pulumi.yaml");
  const project = parse(await readFile(file, "utf8")) as object;
  await writeFile(file, stringify({ ...project, main: program, packages: { "customer-care": plugin } }));
}
