/** A copy of the landing zone's example that has installed the package, as a user does it, outside of this repository. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tarball } from "../../local/package/index.ts";
import { npm } from "../../local/setup/bootstrap/npm.mjs";
import { root } from "../../local/setup/bootstrap/places.mjs";
import { run } from "../../local/setup/bootstrap/process.mjs";

export const example = join(root, "examples", "landing-zone");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface Installed {
  readonly folder: string;
  close(): Promise<void>;
}

/** @param versions Of dependencies, in place of those that the example names. */
export async function installed(
  { path }: Tarball,
  versions: Readonly<Record<string, string>> = {},
): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "landing-zone-"));
  await cp(example, folder, { recursive: true, filter: (source) => !source.includes("node_modules") });
  const file = join(folder, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as Manifest;
  const dependencies = { ...manifest.dependencies, ...versions, "customer-care": `file:${path}` };
  await writeFile(file, JSON.stringify({ ...manifest, dependencies }));
  const [command, ...first] = npm();
  const flags = [
    "--prefer-offline",
    "--ignore-scripts",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  // The settings of the `npm run` around us name this project's own folder.
  const env = { ...process.env, npm_config_local_prefix: folder };
  const { code, stderr } = await run(command, [...first, "install", ...flags], { cwd: folder, env, timeout: 300_000 });
  if (code !== 0) throw new Error(`npm install ended with ${String(code)}: ${stderr}`);
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}
