/**
 * A package manager runs this for a program that installs the repository, such as `npm install github:ORG/customer-care#v0.2.0`: it
 * replaces the temporary clone by the compiled package, because Node does not strip types in node_modules. It does nothing in a clone
 * of your own, and deletes nothing that Git does not have.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runsTypeScript } from "../../text/nodeVersion.mjs";
import { home, root } from "../setup/bootstrap/places.mjs";

/** What a package manager uses itself, and may have changed. */
const used = [".git", "node_modules", "package-lock.json"];

/** The temporary clone of each package manager: its path, and a variable that only this package manager sets. */
const temporaryClones = [
  { path: /[/\\]_cacache[/\\]tmp[/\\]git-clone[A-Za-z0-9]{6}$/, variable: "_PACOTE_NO_PREPARE_" },
  // pnpm up to version 10 has it in its store.
  { path: /[/\\](?:\.tmp[A-Za-z0-9]{6}|v\d+[/\\]tmp[/\\]_tmp_\d+_[0-9a-f]{32})$/, variable: "PNPM_SCRIPT_SRC_DIR" },
  { path: /[/\\]xfs-[0-9a-f]{8}$/, variable: "BERRY_BIN_FOLDER" },
];

/** Because of package-lock.json, all of them prepare the clone with npm. In a clone of your own, pnpm runs this itself. */
const isRunByNpm = /[/\\]npm-cli\.js$/.test(process.env["npm_execpath"] ?? "");

if (
  isRunByNpm &&
  temporaryClones.some(({ path, variable }) => path.test(resolve(root)) && process.env[variable] !== undefined)
) {
  const problem = runsTypeScript(process.versions.node)
    ? whyNotReplaced()
    : `customer-care needs Node 22.18 or later; this is Node ${process.versions.node}.`;
  if (problem === undefined) await replaceClone();
  else {
    console.error(problem);
    process.exitCode = 1;
  }
}

/** Why the clone may be somebody's own. */
function whyNotReplaced() {
  try {
    const [file] = onlyHere();
    return file && `customer-care is not compiled in ${root}, because Git does not have this file: ${file}`;
  } catch (error) {
    return `customer-care is not compiled in ${root}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The files that Git cannot restore, except for what a package manager uses. */
function onlyHere() {
  const repository = join(root, ".git");
  // Some package managers download an archive.
  if (!existsSync(repository)) return [home].filter((folder) => existsSync(folder));
  // The variables of a Git hook can name another repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  /** @param {string[]} words */
  const git = (...words) =>
    execFileSync("git", [`--git-dir=${repository}`, `--work-tree=${root}`, "-c", "core.fileMode=false", ...words], {
      cwd: root,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    })
      .split("\0")
      .filter(Boolean);
  const changed = git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=matching");
  // With --assume-unchanged or --skip-worktree, a user hides changes of a file from the status.
  const unwatched = git("ls-files", "-v", "-z").filter((line) => !line.startsWith("H "));
  return [...changed.map((line) => line.slice(3)), ...unwatched.map((line) => line.slice(2))].filter(
    (path) => !used.includes(path) && !/(^|\/)node_modules\/$/.test(path),
  );
}

async function replaceClone() {
  // An older Node cannot load them.
  const { build } = await import("./build.ts");
  const { components } = await import("./manifest.ts");
  const folder = join(home, "package");
  await build(folder, components);
  for (const name of await readdir(root))
    if (!used.includes(name) && join(root, name) !== home) await rm(join(root, name), { recursive: true });
  await cp(folder, root, { recursive: true });
  await rm(home, { recursive: true });
}
