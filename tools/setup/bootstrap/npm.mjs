import { accessSync, constants } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { run } from "./process.mjs";
import { SetUpError } from "./setUpError.mjs";

/**
 * `npm ci` in a folder, without install scripts, because no package needs one.
 *
 * @param {string} folder
 * @param {string} purpose the purpose of the installation, for the error
 */
export async function npmCi(folder, purpose) {
  const [command, ...first] = npm();
  const flags = [
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  // The environment of the surrounding `npm run` refers to this project's folder.
  const env = { ...process.env, npm_config_local_prefix: folder, NO_UPDATE_NOTIFIER: "1" };
  const { code, stderr } = await run(command, [...first, "ci", "--prefix", folder, ...flags], { cwd: folder, env });
  if (code === 0) return;
  const output = stderr.trimEnd();
  throw new SetUpError(
    `${output === "" ? "" : `${output}\n`}Could not install ${purpose}: npm ended with ${code ?? "no exit code"}. Can this machine reach its npm registry? Run the same command again to continue.`,
  );
}

/** @returns {[command: string, ...args: string[]]} the npm that started this process, or the one on PATH */
export function npm() {
  const running = process.env.npm_execpath;
  if (running && basename(running) === "npm-cli.js") return [process.execPath, running];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    try {
      const found = join(folder, "npm");
      accessSync(found, constants.X_OK);
      return [found];
    } catch {
      // Try the next one.
    }
  }
  throw new SetUpError("npm is not on PATH. It comes with Node: https://nodejs.org.");
}
