import type { Progress } from "../bootstrap/progress.mjs";
import { builtCli, buildCli } from "./goBuild.ts";
import { downloadCli, downloadedCli } from "./download.ts";
import { cliOnPath } from "./onPath.ts";

/** Pulumi's command line program, with all that it needs beside it. */
export interface Cli {
  /** The path of `pulumi`. */
  pulumi: string;
  version: string;
  source: "PATH" | "download" | "go build";
  /** Whether its Node language host can run policy packs and component packages; the one that Go builds cannot. */
  canRunPolicyPacks: boolean;
}

export interface CliOptions {
  home: string;
  progress: Progress;
}

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
