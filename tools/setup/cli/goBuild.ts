import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../bootstrap/process.mjs";
import type { Step } from "../bootstrap/progress.mjs";
import { SetUpError } from "../bootstrap/setUpError.mjs";
import { binaries } from "./goBinaries.ts";
import type { Binary } from "./goBinaries.ts";
import type { Cli, CliOptions } from "./cli.ts";
import { builtVersion as version, goVersion, minimumVersion, shim, shimInPackage } from "./cli.ts";

/** The Pulumi that was built earlier, if there is one. */
export async function builtCli({ home }: Pick<CliOptions, "home">): Promise<Cli | undefined> {
  const pulumi = join(await folderIn(home), "bin", "pulumi");
  // The language host is an older version, the last one on the module proxy.
  return existsSync(pulumi) ? { pulumi, version, source: "go build", canRunPolicyPacks: false } : undefined;
}

/** Go caches compiled packages, so an interrupted build continues where it stopped. */
export async function buildCli({ home, progress }: CliOptions): Promise<Cli> {
  const problem = await whyNoGo(home);
  if (problem !== undefined)
    throw new SetUpError(
      `Pulumi ${minimumVersion} or later is not on PATH, its download cannot be reached, and to build it ${problem}: install Pulumi (https://www.pulumi.com/docs/install/) or Go ${goVersion} (https://go.dev/dl/), then run the same command again.`,
    );
  const folder = await folderIn(home);
  const step = progress.step(`Building Pulumi ${version} with Go (once; takes some minutes)`);
  await buildBinaries({ binaries, home, folder, step }, (bin) => copyFile(shimInPackage, join(bin, shim)));
  return { pulumi: join(folder, "bin", "pulumi"), version, source: "go build", canRunPolicyPacks: false };
}

/** Why nothing can be built here. Since 1.21, Go downloads the version that a module requires. */
export async function whyNoGo(home: string): Promise<string | undefined> {
  const { code, stdout } = await run("go", ["version"], { env: environment(home) });
  if (code !== 0) return "there is no Go";
  return Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0) < 21 ? "Go is too old" : undefined;
}

interface Building {
  readonly binaries: readonly Binary[];
  readonly home: string;
  /** Moves the binaries to `bin` once all of them are built. */
  readonly folder: string;
  readonly step: Step;
}

/** @param addFiles Adds other files to the folder of the binaries. */
export async function buildBinaries(
  { binaries, home, folder, step }: Building,
  addFiles: (bin: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const env = environment(home);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(join(partial, "bin"), { recursive: true });
  let outcome = "failed";
  try {
    const sources = await fetchSources(binaries, partial, env, step);
    const total = new Set(sources.flatMap(({ stale }) => stale)).size;
    let compiled = 0;
    const onCompiled = () => step.update(`${Math.min(++compiled, total)} of ${total} packages`);
    for (const source of sources) await build(source, join(partial, "bin"), env, onCompiled);
    outcome = "done";
  } finally {
    step.end(outcome);
  }
  await rm(join(partial, "source"), { recursive: true, force: true });
  await addFiles(join(partial, "bin"));
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

/** A binary with downloaded sources. */
interface Source {
  binary: Binary;
  /** The working directory for Go. */
  folder: string;
  /** The packages to compile, many of which the binaries share. */
  stale: string[];
}

function fetchSources(
  binaries: readonly Binary[],
  partial: string,
  env: NodeJS.ProcessEnv,
  step: Step,
): Promise<Source[]> {
  let fetched = 0;
  const onLine = (line: string) => {
    if (line.startsWith("go: downloading ")) step.update(`${++fetched} modules fetched`);
  };
  return Promise.all(
    binaries.map(async (binary) => {
      const go = async (folder: string, args: string[]) => {
        const { code, stdout, stderr } = await run("go", args, { cwd: folder, env, onLine });
        if (code !== 0) throw failure(binary, stderr);
        return stdout;
      };
      const folder = await binary.folder(partial, go);
      const listing = ["list", "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", ...binary.flags, binary.package];
      return { binary, folder, stale: (await go(folder, listing)).split("\n").filter(Boolean) };
    }),
  );
}

async function build(
  { binary, folder }: Source,
  target: string,
  env: NodeJS.ProcessEnv,
  onCompiled: () => void,
): Promise<void> {
  const building = ["build", "-v", ...binary.flags, "-o", join(target, binary.name), binary.package];
  const { code, stderr } = await run("go", building, {
    cwd: folder,
    env,
    // Go prints the name of each compiled package. Errors are sentences.
    onLine: (line) => {
      if (/^\S+$/.test(line)) onCompiled();
    },
  });
  if (code !== 0) throw failure(binary, stderr);
}

function failure(binary: Binary, stderr: string): SetUpError {
  // Names of packages and downloads are progress. The rest are errors.
  const lines = stderr.split("\n").filter((line) => /\s/.test(line.trim()) && !line.startsWith("go: downloading "));
  return new SetUpError(
    `${lines.slice(-10).join("\n")}\nGo could not build ${binary.name}. Can this machine reach its Go module proxy (go env GOPROXY)? Run the same command again to continue, or install Pulumi: https://www.pulumi.com/docs/install/.`.trimStart(),
  );
}

/** The user's Go settings, except those that would change the build. */
function environment(home: string): NodeJS.ProcessEnv {
  const cache = process.env.HOME ? {} : { GOPATH: join(home, "go"), GOCACHE: join(home, "go-build") };
  return { ...process.env, ...cache, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off" };
}

/** Another version, module, flag or shim results in another folder. */
async function folderIn(home: string): Promise<string> {
  return join(home, "engine", `go-${version}-${await fingerprintOf(binaries, [shimInPackage])}`);
}

/** @param others Files that are copied next to the binaries. */
export async function fingerprintOf(binaries: readonly Binary[], others: readonly string[] = []): Promise<string> {
  const hash = createHash("sha256");
  for (const file of others) hash.update(await readFile(file));
  for (const { name, flags, module, change } of binaries) {
    hash.update(JSON.stringify([name, flags, change]));
    for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(join(module, file)));
  }
  return hash.digest("hex").slice(0, 12);
}
