import { run } from "../bootstrap/process.mjs";
import type { Progress } from "../bootstrap/progress.mjs";
import type { Cli } from "../cli/index.ts";
import { reachesPulumiDownloads } from "../pulumiDownloads.ts";
import { isInstalledIn, version } from "./version.ts";

interface Download {
  home: string;
  pulumiHome: string;
  cli: Cli;
  progress: Progress;
}

/**
 * Pulumi's own download of the plugin, into our own PULUMI_HOME.
 *
 * @returns whether it is there
 */
export async function downloadGcpPlugin({ home, pulumiHome, cli, progress }: Download): Promise<boolean> {
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
  if (!done) progress.note(`The gcp plugin could not be downloaded: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  return done;
}
