/** Copies of programs that have installed the package, as a user does it, outside of this repository. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Tarball } from "../../tools/pack/index.ts";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { pluginsOf } from "../../tools/stack/index.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { npmEnvironment } from "../support/npmEnvironment.ts";

/** Programs, each a package of its own. */
export const programs = {
  landingZone: join(root, "examples", "landing-zone"),
  options: join(root, "tests", "package", "options"),
};

interface Manifest {
  readonly type: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface Installed {
  readonly folder: string;
  close(): Promise<void>;
}

/** @param changes Differences in its package.json. */
export async function installed(
  program: keyof typeof programs,
  { path }: Tarball,
  changes: Partial<Manifest> = {},
): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), `customer-care-${program}-`));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    await cp(programs[program], folder, { recursive: true, filter: (source) => !source.includes("node_modules") });
    const file = join(folder, "package.json");
    const manifest = JSON.parse(await readFile(file, "utf8")) as Manifest;
    const dependencies = { ...manifest.dependencies, ...changes.dependencies, "customer-care": `file:${path}` };
    await writeFile(file, JSON.stringify({ ...manifest, ...changes, dependencies }));
    const project = join(folder, "Pulumi.yaml");
    const plugins = pluginsOf(await engineFromEnvironment());
    await writeFile(project, stringify({ ...(parse(await readFile(project, "utf8")) as object), ...plugins }));
    await install(folder);
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, close };
}

async function install(folder: string): Promise<void> {
  const [command, ...first] = npm();
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
  const env = npmEnvironment();
  const { code, stderr } = await run(command, [...first, "install", ...flags], { cwd: folder, env, timeout: 300_000 });
  if (code !== 0) throw new Error(`npm install ended with ${String(code)}: ${stderr}`);
}
