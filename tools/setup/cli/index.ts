import { builtCli, buildCli } from "./goBuild.ts";
import { downloadCli, downloadedCli } from "./download.ts";
import { cliOnPath } from "./onPath.ts";
import type { Cli, CliOptions } from "./parts.ts";

export type { Cli, CliOptions } from "./parts.ts";

/** The user's own, else the official download, else one that Go builds from its module proxy. */
export async function findCli(options: CliOptions): Promise<Cli> {
  return (
    (await cliOnPath(options)) ??
    downloadedCli(options) ??
    (await builtCli(options)) ??
    (await downloadCli(options)) ??
    (await buildCli(options))
  );
}
