import { mkdir, rename, rm, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { linkOrCopy } from "../linkOrCopy.ts";
import { folderIn, isInstalledIn } from "./version.ts";

/**
 * The plugin that the user has installed, shared with our own PULUMI_HOME. Only read where it comes from.
 *
 * @returns whether there is one
 */
export async function takeInstalledGcpPlugin(pulumiHome: string): Promise<boolean> {
  const users = process.env.PULUMI_HOME || join(homedir(), ".pulumi");
  // Our own: where a run's environment is still set, the stand-in would pass for the user's plugin.
  if (resolve(users).startsWith(dirname(pulumiHome) + sep)) return false;
  // Also where it was taken before: what the user has removed, or had for one run alone, is not used for ever.
  if (!isInstalledIn(users)) return false;
  if (isInstalledIn(pulumiHome)) return true;
  const folder = folderIn(pulumiHome);
  // Not in the plugins' own folder, where the engine would take it for a plugin.
  const partial = join(pulumiHome, "gcp.partial");
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const entry of await readdir(folderIn(users), { withFileTypes: true })) {
    if (entry.isFile()) await linkOrCopy(join(folderIn(users), entry.name), join(partial, entry.name));
  }
  await mkdir(join(pulumiHome, "plugins"), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return true;
}
