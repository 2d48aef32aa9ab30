import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "semver";
import { reachesPulumiDownloads } from "../pulumiDownloads.ts";
import type { Cli, CliOptions } from "./cli.ts";

const { version } = createRequire(import.meta.url)("@pulumi/pulumi/package.json") as { version: string };
const timeout = 10 * 60_000;

function folderIn(home: string): string {
  return join(home, "engine", `download-${version}`);
}

/** The downloaded Pulumi, if there is one. */
export function downloadedCli({ home }: Pick<CliOptions, "home">): Cli | undefined {
  const pulumi = join(folderIn(home), "bin", "pulumi");
  return existsSync(pulumi) ? { pulumi, version, source: "download", canRunPolicyPacks: true } : undefined;
}

/** The official release of the SDK's version, by Pulumi's own installer. */
export async function downloadCli({ home, progress }: CliOptions): Promise<Cli | undefined> {
  if (!(await reachesPulumiDownloads(home))) return undefined;
  const folder = folderIn(home);
  const partial = `${folder}.partial`;
  const step = progress.step(`Downloading Pulumi ${version}`);
  try {
    // Load it only for a download, because it takes half a second.
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await Promise.race([
      PulumiCommand.install({ root: partial, version: parse(version) ?? undefined }),
      rejectAfter(timeout, `it took more than ${timeout / 60_000} minutes`),
    ]);
    await rename(partial, folder);
    step.end();
    return downloadedCli({ home });
  } catch (error) {
    step.end("failed");
    const reason = error instanceof Error ? error.message.trim().split("\n")[0] : String(error);
    progress.note(`Could not download Pulumi ${version}: ${reason}`);
    return undefined;
  }
}

function rejectAfter(milliseconds: number, reason: string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(reason)), milliseconds).unref());
}
