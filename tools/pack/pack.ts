/** Packs a package with npm. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { npm } from "../setup/bootstrap/npm.mjs";
import { home } from "../setup/bootstrap/places.mjs";
import { run } from "../setup/bootstrap/process.mjs";
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";
import { build } from "./build.ts";
import { components } from "./manifest.ts";
import type { Package } from "./manifest.ts";

/** The output of `npm pack --json`. */
interface Report {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export interface Tarball extends Omit<Report, "filename"> {
  readonly path: string;
}

/** @param destination The folder for the tarball and for the package's folder. */
export async function pack(
  destination: string = join(home, "package"),
  published: Package = components,
): Promise<Tarball> {
  const folder = join(destination, "build", published.manifest.name);
  await mkdir(destination, { recursive: true });
  await build(folder, published);
  const [command, ...first] = npm();
  const args = [...first, "pack", folder, "--pack-destination", destination, "--json", "--ignore-scripts"];
  const { code, stdout, stderr } = await run(command, args, { cwd: destination });
  if (code !== 0) throw new SetUpError(`npm pack failed with exit code ${String(code)}: ${stderr.trimEnd()}`);
  const reported = JSON.parse(stdout) as Report[] | Record<string, Report>;
  const report = Object.values(reported)[0];
  if (report === undefined) throw new SetUpError(`npm pack returned no package: ${stdout}`);
  const { filename, ...rest } = report;
  return { path: join(destination, filename), ...rest };
}
