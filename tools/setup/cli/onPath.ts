import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { gte, parse } from "semver";
import { linkOrCopy } from "../linkOrCopy.ts";
import { run } from "../bootstrap/process.mjs";
import type { Cli, CliOptions } from "./cli.ts";
import { languageHost, minimumVersion, shim, shimInPackage } from "./cli.ts";

/** The first Pulumi on PATH that is new enough and can run a Node program. Logs the ones that it skips. */
export async function cliOnPath({ home, progress }: CliOptions): Promise<Cli | undefined> {
  const folders = [...new Set((process.env.PATH ?? "").split(delimiter).filter(Boolean))];
  for (const folder of folders) {
    const pulumi = join(folder, "pulumi");
    if (!existsSync(pulumi)) continue;
    const version = await versionOf(pulumi, home);
    if (version === undefined) {
      progress.note(`Skipped ${pulumi}: it does not report its version.`);
    } else if (!gte(version, minimumVersion)) {
      progress.note(`Skipped ${pulumi}: it is ${version}, but ${minimumVersion} or later is required.`);
    } else {
      const own = dirname(await realpath(pulumi));
      const host = [own, folder, ...folders].map((place) => join(place, languageHost)).find(existsSync);
      if (host !== undefined) {
        return {
          pulumi: await withMissingBinaries(pulumi, host, home),
          version,
          source: "PATH",
          canRunPolicyPacks: true,
        };
      }
      progress.note(
        `Skipped ${pulumi}: its Node language host (${languageHost}) is neither in the same folder nor on PATH.`,
      );
    }
  }
  return undefined;
}

async function versionOf(pulumi: string, home: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_HOME: join(home, "pulumi-home", "version"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { code, stdout } = await run(pulumi, ["version"], { env, timeout: 10_000 });
  return code === 0 ? parse(stdout.trim())?.version : undefined;
}

/**
 * The engine expects the language host and the dynamic provider's shim in its own folder. If one is missing, as in some packages,
 * all of them are linked into a folder of the clone.
 */
async function withMissingBinaries(pulumi: string, host: string, home: string): Promise<string> {
  const binary = await realpath(pulumi);
  const own = dirname(binary);
  if (existsSync(join(own, languageHost)) && existsSync(join(own, shim))) return pulumi;
  const { size, mtimeMs } = await stat(binary);
  // Another version of @pulumi/pulumi can bring another shim.
  const shimText = await readFile(shimInPackage, "utf8");
  const id = createHash("sha256").update([binary, size, mtimeMs, host, shimText].join("\n")).digest("hex").slice(0, 12);
  const folder = join(home, "engine", `path-${id}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(join(partial, "bin"), { recursive: true });
    const into = (name: string) => join(partial, "bin", name);
    for (const name of await readdir(own)) {
      if (name.startsWith("pulumi-language-")) await linkOrCopy(join(own, name), into(name));
    }
    await linkOrCopy(binary, into("pulumi"));
    await linkOrCopy(await realpath(host), into(languageHost));
    await copyFile(shimInPackage, into(shim));
    await rename(partial, folder);
  }
  return join(folder, "bin", "pulumi");
}
