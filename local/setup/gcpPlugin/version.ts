import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The plugin's version is that of its npm package. */
export const { version } = createRequire(import.meta.url)("@pulumi/gcp/package.json") as { version: string };

/** Where a PULUMI_HOME keeps the plugin. */
export function folderIn(pulumiHome: string): string {
  return join(pulumiHome, "plugins", `resource-gcp-v${version}`);
}

export const executable = "pulumi-resource-gcp";

/** Pulumi leaves a file beside a plugin whose installation was interrupted. */
export function isInstalledIn(pulumiHome: string): boolean {
  const folder = folderIn(pulumiHome);
  return existsSync(join(folder, executable)) && !existsSync(`${folder}.partial`);
}
