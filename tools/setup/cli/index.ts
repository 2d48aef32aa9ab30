import { builtCli, buildCli } from "./goBuild.ts";
import { downloadCli, downloadedCli } from "./download.ts";
import { cliOnPath } from "./onPath.ts";
import type { Cli, CliOptions } from "./cli.ts";

export type { Cli } from "./cli.ts";

/** Finds Pulumi: the user's own, the official download, or one that Go builds from the module proxy. */
export async function findCli(options: CliOptions): Promise<Cli> {
  return (
    (await cliOnPath(options)) ??
    downloadedCli(options) ??
    (await builtCli(options)) ??
    (await downloadCli(options)) ??
    (await buildCli(options))
  );
}
