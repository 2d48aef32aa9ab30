import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { major, parse, rcompare } from "semver";
import { run } from "./bootstrap/process.mjs";
import type { Progress } from "./bootstrap/progress.mjs";
import { SetUpError } from "./bootstrap/setUpError.mjs";
import type { Cli } from "./cli/index.ts";
import { linkOrCopy } from "./linkOrCopy.ts";
import { reachesPulumiDownloads } from "./pulumiDownloads.ts";

/** The source of the gcp plugin. */
export type GcpPlugin = "installed" | "download" | "stand-in";

export interface GcpPluginOptions {
  root: string;
  home: string;
  cli: Cli;
  requested: "installed" | "stand-in" | undefined;
  progress: Progress;
}

/** Each source has its own PULUMI_HOME, so that the same clone can switch between them. */
interface InstalledGcpPlugin {
  kind: GcpPlugin;
  pulumiHome: string;
  /** The plugin's own version. */
  version: string;
  folder: string;
}

/** The value of CUSTOMER_CARE_GCP_PLUGIN. */
export function requestedGcpPlugin(text: string | undefined): GcpPluginOptions["requested"] {
  if (text === undefined || text === "") return undefined;
  if (text === "installed" || text === "stand-in") return text;
  throw new SetUpError(`CUSTOMER_CARE_GCP_PLUGIN is "${text}"; write installed or stand-in.`);
}

/**
 * The user's own plugin, Pulumi's download, or the stand-in, which is logged. If the user requests the installed plugin, another
 * version of it is used too, under its own version.
 */
export async function ensureGcpPlugin(options: GcpPluginOptions): Promise<InstalledGcpPlugin> {
  const { root, home, cli, requested, progress } = options;
  const homeOf = (kind: GcpPlugin): InstalledGcpPlugin => {
    const pulumiHome = join(home, "pulumi-home", kind);
    return { kind, pulumiHome, version, folder: folderIn(pulumiHome) };
  };
  const installed = homeOf("installed");
  const download = homeOf("download");
  const standIn = homeOf("stand-in");

  if (requested !== "stand-in" && (await linkInstalledGcpPlugin(installed.pulumiHome))) return installed;
  if (requested === "installed") {
    const other = await otherInstalledVersion(installed.pulumiHome);
    if (other !== undefined && (await linkInstalledGcpPlugin(installed.pulumiHome, other))) {
      progress.note(`The installed gcp plugin ${other} is used, although @pulumi/gcp ${version} asks for ${version}.`);
      return { ...installed, version: other, folder: folderIn(installed.pulumiHome, other) };
    }
    throw new SetUpError(
      `CUSTOMER_CARE_GCP_PLUGIN asks for the installed gcp plugin, but ${version} is not installed: pulumi plugin install resource gcp ${version}.`,
    );
  }
  if (requested !== "stand-in" && (await downloadGcpPlugin({ home, pulumiHome: download.pulumiHome, cli, progress }))) {
    return download;
  }
  await installStandIn(root, standIn.pulumiHome);
  progress.note(
    `A stand-in replaces the gcp plugin ${version}${
      requested === undefined ? ", which is neither installed nor available for download" : ""
    }; it behaves like ${recordedVersion}, and supports only the local cloud.`,
  );
  return standIn;
}

/** The plugin's version is that of its npm package. */
export const { version } = createRequire(import.meta.url)("@pulumi/gcp/package.json") as { version: string };

/** The version of the real plugin whose requests and replies the stand-in repeats. */
export const recordedVersion = "9.35.0";

/** The plugin's folder in a PULUMI_HOME. */
export function folderIn(pulumiHome: string, ofVersion = version): string {
  return join(pulumiHome, "plugins", `${prefix}${ofVersion}`);
}

const prefix = "resource-gcp-v";

const executable = "pulumi-resource-gcp";

/** Pulumi leaves a marker file next to a plugin whose installation was interrupted. */
function isInstalledIn(pulumiHome: string, ofVersion = version): boolean {
  const folder = folderIn(pulumiHome, ofVersion);
  return existsSync(join(folder, executable)) && !existsSync(`${folder}.partial`);
}

/**
 * Links the plugin that the user has installed into the clone's PULUMI_HOME. The user's files are only read.
 *
 * @returns whether there is one
 */
async function linkInstalledGcpPlugin(pulumiHome: string, ofVersion = version): Promise<boolean> {
  const userHome = usersPulumiHome();
  // Not the clone's PULUMI_HOME: if the environment of an earlier run is still set, the stand-in would count as the
  // user's plugin.
  if (resolve(userHome).startsWith(dirname(pulumiHome) + sep)) return false;
  // Check each time, because the user can have removed the plugin.
  if (!isInstalledIn(userHome, ofVersion)) return false;
  if (isInstalledIn(pulumiHome, ofVersion)) return true;
  const folder = folderIn(pulumiHome, ofVersion);
  // Not in the plugins' folder, where the engine would treat it as a plugin.
  const partial = join(pulumiHome, "gcp.partial");
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const entry of await readdir(folderIn(userHome, ofVersion), { withFileTypes: true })) {
    if (entry.isFile()) await linkOrCopy(join(folderIn(userHome, ofVersion), entry.name), join(partial, entry.name));
  }
  await mkdir(join(pulumiHome, "plugins"), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return true;
}

function usersPulumiHome(): string {
  return process.env.PULUMI_HOME || join(homedir(), ".pulumi");
}

/** The newest version that the user has installed with the same major version as `@pulumi/gcp`. */
async function otherInstalledVersion(pulumiHome: string): Promise<string | undefined> {
  const userHome = usersPulumiHome();
  if (resolve(userHome).startsWith(dirname(pulumiHome) + sep)) return undefined;
  const names = await readdir(join(userHome, "plugins")).catch(() => []);
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((found) => parse(found) !== null && major(found) === major(version) && isInstalledIn(userHome, found))
    .sort(rcompare)[0];
}

interface Download {
  home: string;
  pulumiHome: string;
  cli: Cli;
  progress: Progress;
}

/**
 * Downloads the plugin with Pulumi into the clone's PULUMI_HOME.
 *
 * @returns whether it is there
 */
async function downloadGcpPlugin({ home, pulumiHome, cli, progress }: Download): Promise<boolean> {
  if (isInstalledIn(pulumiHome)) return true;
  if (!(await reachesPulumiDownloads(home))) return false;
  const step = progress.step(`Downloading the gcp plugin ${version}`);
  const env = { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { code, stderr } = await run(cli.pulumi, ["plugin", "install", "resource", "gcp", version], {
    env,
    timeout: 10 * 60_000,
  });
  const done = code === 0 && isInstalledIn(pulumiHome);
  step.end(done ? "done" : "failed");
  if (!done) progress.note(`Could not download the gcp plugin: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  return done;
}

/**
 * Installs the stand-in (tools/gcpStandIn) where the engine looks for the plugin. It contains the paths of this clone and this
 * Node, so it is rewritten if one of them has moved.
 */
async function installStandIn(root: string, pulumiHome: string): Promise<void> {
  const folder = folderIn(pulumiHome);
  const file = join(folder, executable);
  const main = join(root, "tools", "gcpStandIn", "main.ts");
  const script = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(main)} "$@"\n`;
  if ((await readFile(file, "utf8").catch(() => undefined)) === script) return;
  await mkdir(folder, { recursive: true });
  const partial = join(pulumiHome, `${executable}.partial`);
  await writeFile(partial, script, { mode: 0o755 });
  await rename(partial, file);
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
