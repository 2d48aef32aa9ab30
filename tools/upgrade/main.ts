/**
 * `npm run upgrade`: takes the newest packages, the newest Pulumi on the Go module proxy, and what follows from them: the versions
 * in workflows, examples and documents, go.sum, and the generated files. Then it prints what to check.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generatedVersions } from "./versions.ts";
import { npm } from "../setup/bootstrap/npm.mjs";
import { home, root } from "../setup/bootstrap/places.mjs";
import { run } from "../setup/bootstrap/process.mjs";
import { SetUpError } from "../setup/bootstrap/setUpError.mjs";
import { binaries } from "../setup/cli/goBinaries.ts";
import { goModules } from "../setup/cli/cli.ts";
import { latestOf, leftOut, limits, newestAllowed, pinned } from "./packages.ts";

const cliModule = "github.com/pulumi/pulumi/pkg/v3";

/** The systems on which Go builds Pulumi; go.sum has the modules of all. */
const systems = ["linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64"];

async function output(command: readonly string[], cwd = root, variables: NodeJS.ProcessEnv = {}): Promise<string> {
  const [program = "", ...args] = command;
  const { code, stdout, stderr } = await run(program, args, { cwd, env: { ...process.env, ...variables } });
  if (code !== 0) throw new SetUpError(`${stderr.trimEnd()}\n${command.join(" ")} failed.`);
  return stdout;
}

/** The newest version that is allowed, of each package for which there is a newer one. Prints what the limits leave out. */
async function newerPackages(): Promise<ReadonlyMap<string, string>> {
  const [command, ...before] = npm();
  // It ends with 1 if it finds any.
  const { stdout } = await run(command, [...before, "outdated", "--json"], { cwd: root });
  const latest = latestOf(stdout);
  const newer = new Map<string, string>();
  for (const [name, version] of latest)
    newer.set(name, Object.hasOwn(limits, name) ? newestAllowed(name, await versionsOf(name)) : version);
  for (const line of leftOut(latest, newer)) console.log(line);
  return newer;
}

async function versionsOf(name: string): Promise<string[]> {
  return [JSON.parse(await output([...npm(), "view", name, "versions", "--json"])) as string | string[]].flat();
}

async function upgradePackages(): Promise<void> {
  const newer = await newerPackages();
  for (const file of ["package.json", "care/package.json", "tools/package.json"]) {
    const path = join(root, file);
    const text = await readFile(path, "utf8");
    let next = text;
    for (const [name, version] of pinned(text)) {
      const newest = newer.get(name) ?? version;
      if (newest === version) continue;
      console.log(`${file}: ${name} ${version} → ${newest}`);
      next = next.replace(`"${name}": "${version}"`, `"${name}": "${newest}"`);
    }
    if (next !== text) await writeFile(path, next);
  }
  await output([
    ...npm(),
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--omit-lockfile-registry-resolved",
  ]);
  // npm install accepts an optional package that does not exist, but npm ci does not.
  await output([...npm(), "ci", "--dry-run", "--ignore-scripts", "--no-audit", "--no-fund"]);
}

async function upgradeGo(): Promise<void> {
  const { Version: version, GoMod: file } = JSON.parse(
    await output(["go", "mod", "download", "-json", `${cliModule}@latest`], join(goModules, "cli"), {
      GOFLAGS: "-mod=mod",
    }),
  ) as { Version: string; GoMod: string };
  const go = /^go (\S+)$/m.exec(await readFile(file, "utf8"))?.[1] ?? "";
  for (const folder of ["cli", "languageHost"]) {
    const path = join(goModules, folder, "go.mod");
    const text = await readFile(path, "utf8");
    const next = text.replace(/^go \S+$/m, `go ${go}`).replace(/(pulumi\/pkg\/v3) v\S+/, `$1 ${version}`);
    if (next !== text) console.log(`${folder}: Pulumi ${version}, Go ${go}`);
    await writeFile(path, next);
  }
  await mkdir(home, { recursive: true });
  const work = await mkdtemp(join(home, "upgrade-"));
  try {
    for (const binary of binaries) {
      const partial = join(work, binary.name);
      await mkdir(partial, { recursive: true });
      await writeFile(join(binary.module, "go.sum"), "");
      const variables = { GOFLAGS: "-mod=mod", GOWORK: "off", CGO_ENABLED: "0" };
      const folder = await binary.folder(partial, (cwd, args) => output(["go", ...args], cwd, variables));
      for (const system of systems) {
        const [GOOS, GOARCH] = system.split("/");
        await output(["go", "list", "-deps", ...binary.flags, binary.package], folder, { ...variables, GOOS, GOARCH });
      }
      if (folder !== binary.module)
        for (const name of ["go.mod", "go.sum"]) await cp(join(folder, name), join(binary.module, name));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function upgradeVersions(): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  for (const { file, pattern, name } of generatedVersions) {
    const path = join(root, file);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(pattern, `$1${dependencies[name] ?? ""}`));
  }
}

try {
  await upgradePackages();
  await upgradeGo();
  await upgradeVersions();
  // A process of its own, with the new packages.
  for (const command of ["generate", "format"]) await output([...npm(), "run", "--silent", command]);
  console.log(
    [
      "",
      await output(["git", "diff", "--stat"]),
      "Check it:",
      "- npm run lint",
      "- npm test, without Pulumi on PATH: builds Pulumi, and previews the states of older releases",
      "- npm run test:all -- package: the oldest and the newest of each range",
      "- .ci/run: compares the stand-in with a real gcp plugin",
      "- git diff docs/reference/api: a changed line breaks programs that use it",
      "Then write the pairs that you ran into docs/how-to/landingZone.md, and a line into CHANGELOG.md.",
    ].join("\n"),
  );
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
