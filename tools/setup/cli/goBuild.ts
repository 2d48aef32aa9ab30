import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../bootstrap/process.mjs";
import type { Step } from "../bootstrap/progress.mjs";
import { SetUpError } from "../bootstrap/setUpError.mjs";
import { binaries } from "./goBinaries.ts";
import type { Binary } from "./goBinaries.ts";
import type { Cli, CliOptions } from "./parts.ts";
import { minimumVersion as version, shim, shimInPackage } from "./parts.ts";

/** The one that was built before. */
export async function builtCli({ home }: Pick<CliOptions, "home">): Promise<Cli | undefined> {
  const pulumi = join(await folderIn(home), "bin", "pulumi");
  // The language host that Go can build is of an older version, the last that the module proxy serves.
  return existsSync(pulumi) ? { pulumi, version, source: "go build", canRunPolicyPacks: false } : undefined;
}

/** Go keeps what it has compiled, so an interrupted build goes on where it was. */
export async function buildCli({ home, progress }: CliOptions): Promise<Cli> {
  const problem = await whyNoGo(home);
  if (problem !== undefined)
    throw new SetUpError(
      `Pulumi ${version} or later is not on PATH, its download cannot be reached, and to build it ${problem}: install Pulumi (https://www.pulumi.com/docs/install/) or Go 1.25 (https://go.dev/dl/), then run the same command again.`,
    );
  const folder = await folderIn(home);
  const step = progress.step(`Building Pulumi ${version} with Go (once; takes some minutes)`);
  await buildBinaries({ binaries, home, folder, step }, (bin) => copyFile(shimInPackage, join(bin, shim)));
  return { pulumi: join(folder, "bin", "pulumi"), version, source: "go build", canRunPolicyPacks: false };
}

/** Why nothing can be built here. From 1.21 on, Go fetches the later version that a module asks for. */
export async function whyNoGo(home: string): Promise<string | undefined> {
  const { code, stdout } = await run("go", ["version"], { env: environment(home) });
  if (code !== 0) return "there is no Go";
  return Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0) < 21 ? "Go is too old" : undefined;
}

interface Building {
  readonly binaries: readonly Binary[];
  readonly home: string;
  /** Has them under `bin` once all of them are built. */
  readonly folder: string;
  readonly step: Step;
}

/** @param complete Adds what is to be beside them. */
export async function buildBinaries(
  { binaries, home, folder, step }: Building,
  complete: (bin: string) => Promise<void> = () => Promise.resolve(),
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
  await complete(join(partial, "bin"));
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

/** A binary whose sources are there. */
interface Source {
  binary: Binary;
  /** Where Go is run. */
  folder: string;
  /** The packages to compile; the binaries have many in common. */
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
    // The name of each package that is compiled; what has gone wrong is told in sentences.
    onLine: (line) => {
      if (/^\S+$/.test(line)) onCompiled();
    },
  });
  if (code !== 0) throw failure(binary, stderr);
}

function failure(binary: Binary, stderr: string): SetUpError {
  // Names of packages and downloads are progress; the rest is what went wrong.
  const said = stderr.split("\n").filter((line) => /\s/.test(line.trim()) && !line.startsWith("go: downloading "));
  return new SetUpError(
    `${said.slice(-10).join("\n")}\nGo could not build ${binary.name}. Can this machine reach its Go module proxy (go env GOPROXY)? Run the same command again to go on, or install Pulumi: https://www.pulumi.com/docs/install/.`.trimStart(),
  );
}

/** The user's own Go settings, but for those that would change what is built. */
function environment(home: string): NodeJS.ProcessEnv {
  const cache = process.env.HOME ? {} : { GOPATH: join(home, "go"), GOCACHE: join(home, "go-build") };
  return { ...process.env, ...cache, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off" };
}

/** Another version, module or flag is another folder. */
async function folderIn(home: string): Promise<string> {
  return join(home, "engine", `go-${version}-${await fingerprintOf(binaries)}`);
}

export async function fingerprintOf(binaries: readonly Binary[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { name, flags, module, change } of binaries) {
    hash.update(JSON.stringify([name, flags, change]));
    for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(join(module, file)));
  }
  return hash.digest("hex").slice(0, 12);
}
