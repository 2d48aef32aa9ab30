import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {{ id: string, pid: number, host: string }} Holder */

const heartbeatInterval = 2_000;

/**
 * A lock between processes. It takes over the lock of a dead process, which it finds by process ID on this machine, and by a
 * missing heartbeat on other machines (a container that shares the folder).
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, silence?: number }} options onWait: called once, if another process has the lock;
 *   silence: the time without a heartbeat after which a process counts as dead, in ms
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, silence = 20_000 } = {}) {
  const id = randomUUID();
  await mkdir(dirname(file), { recursive: true });
  await acquire(file, id, silence, onWait);
  const heartbeat = setInterval(() => void touch(file, id), heartbeatInterval).unref();
  const onExit = () => {
    try {
      if (JSON.parse(readFileSync(file, "utf8")).id === id) rmSync(file, { force: true });
    } catch {
      // The lock does not exist any more.
    }
  };
  process.on("exit", onExit);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", onExit);
    if ((await holderOf(file))?.id === id) await rm(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} id
 * @param {number} silence
 * @param {((pid: number) => void) | undefined} onWait
 */
async function acquire(file, id, silence, onWait) {
  /** @type {Holder} */
  const mine = { id, pid: process.pid, host: hostname() };
  let waiting = false;
  let lastHeartbeat = { seenAt: performance.now(), time: 0 };
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(mine), { flag: "wx" });
      return;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = await holderOf(file);
    const time = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (time !== lastHeartbeat.time) lastHeartbeat = { seenAt: performance.now(), time };
    if ((holder && isDead(holder)) || performance.now() - lastHeartbeat.seenAt > silence) {
      await evict(file, holder);
      continue;
    }
    if (holder && !waiting) {
      waiting = true;
      onWait?.(holder.pid);
    }
    await sleep(100);
  }
}

/**
 * If several processes find the same dead holder, only one removes its lock. The others then find the new one.
 *
 * @param {string} file
 * @param {Holder | undefined} dead
 */
async function evict(file, dead) {
  const guard = `${file}.evicting`;
  try {
    await mkdir(guard);
  } catch {
    const age = await stat(guard).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > 10_000) await rm(guard, { recursive: true, force: true });
    return sleep(50);
  }
  try {
    if ((await holderOf(file))?.id === dead?.id) await rm(file, { force: true });
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<Holder | undefined>} undefined: removed, or not written yet
 */
async function holderOf(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {Holder} holder */
function isDead({ pid, host }) {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/**
 * @param {string} file
 * @param {string} id
 */
async function touch(file, id) {
  if ((await holderOf(file))?.id !== id) return;
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
