/** The lock of a stack whose engine was killed. It is only removed if its process is dead on this machine. */
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

export interface Holder {
  readonly host: string;
  readonly pid: number;
}

/**
 * The processes in the engine's message about a lock in a folder or a bucket; undefined if the stack is not locked.
 *
 * Source: pulumi/pulumi pkg/backend/diy/lock.go at v3.259.0
 */
export function holdersOf(errors: readonly string[]): Holder[] | undefined {
  const text = errors.join("\n");
  if (!text.includes("the stack is currently locked by")) return undefined;
  return [...text.matchAll(/created by [^\n]*?@(\S+) \(pid (\d+)\)/g)].map(([, host = "", pid = ""]) => ({
    host,
    pid: Number(pid),
  }));
}

/** `dead` here; `running` here; or `elsewhere`, which cannot be checked. */
export async function holderState(holders: readonly Holder[]): Promise<"dead" | "running" | "elsewhere"> {
  if (holders.length === 0 || holders.some(({ host }) => host !== hostname())) return "elsewhere";
  const lives = await Promise.all(holders.map(({ pid }) => isEngine(pid)));
  return lives.includes(true) ? "running" : "dead";
}

/** Waits until none of them runs any more. */
export async function waitUntilEnded(holders: readonly Holder[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await holderState(holders)) === "running") await sleep(1000, undefined, { signal });
}

/** Another program may have the process ID of a dead one. */
async function isEngine(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const name = await readFile(`/proc/${String(pid)}/comm`, "utf8").catch(() => undefined);
  return name === undefined || name.startsWith("pulumi");
}
