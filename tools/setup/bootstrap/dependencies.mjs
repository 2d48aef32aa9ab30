import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { npmCi } from "./npm.mjs";

/**
 * Installs node_modules from package-lock.json. A marker file in node_modules records the installed lockfile. It is written last,
 * so that an interrupted install or a deleted folder has none.
 *
 * @param {{ root: string, home: string, progress: import("./progress.mjs").Progress, install?: typeof npmCi }} options
 */
export async function ensureDependencies({ root, home, progress, install = npmCi }) {
  const note = join(root, "node_modules", ".customer-care-installed");
  const npmRecord = join(root, "node_modules", ".package-lock.json");
  if (await isInstalled()) return;
  await withLock(
    join(home, "locks", "dependencies"),
    async () => {
      if (await isInstalled()) return;
      const step = progress.step("Installing the dependencies (npm ci)");
      try {
        // Remove the marker first, because the install can be interrupted.
        for (const record of [note, npmRecord]) await rm(record, { force: true });
        await install(root, "the dependencies");
        await writeFile(note, hashOf(await readLock()));
      } finally {
        step.end();
      }
    },
    {
      onWait: (pid) => progress.note(`Waiting for another run (process ${pid}), which is installing the dependencies.`),
    },
  );

  async function isInstalled() {
    const lock = await readLock();
    if ((await readFile(note, "utf8").catch(() => undefined)) === hashOf(lock)) return true;
    // The user's own `npm install` is sufficient too.
    const installed = await readFile(npmRecord, "utf8").catch(() => undefined);
    if (installed === undefined || !satisfies(installed, lock)) return false;
    await writeFile(note, hashOf(lock));
    return true;
  }

  function readLock() {
    return readFile(join(root, "package-lock.json"), "utf8");
  }
}

/**
 * Whether npm's record of installed packages contains everything in the lockfile, except optional packages for other platforms.
 *
 * @param {string} installed
 * @param {string} lock
 */
function satisfies(installed, lock) {
  const has = packagesOf(installed);
  return Object.entries(packagesOf(lock)).every(
    ([path, { version, optional }]) => path === "" || (has[path] ? has[path].version === version : optional),
  );
}

/**
 * @param {string} lock
 * @returns {Record<string, { version: string, optional?: boolean }>}
 */
function packagesOf(lock) {
  return JSON.parse(lock).packages;
}

/** @param {string} text */
function hashOf(text) {
  return createHash("sha256").update(text).digest("hex");
}
