/** A command, run to its end: how long it took, and what it and all that it started used. */
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pidtree from "pidtree";
import pidusage from "pidusage";

export interface Usage {
  /** Seconds on the clock. */
  readonly elapsed: number;
  /** Seconds of processor time, of all its processes. */
  readonly cpu: number;
  /** Bytes: the most that its processes held together, as sampled. */
  readonly memory: number;
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the command says is appended here. */
  readonly log: string;
}

const sampleEvery = 250;

/** @throws BenchError where the command fails, with the file that tells why */
export async function measure({ file, args, directory, environment, log }: Command): Promise<Usage> {
  // The shell counts the processor time of each process that was waited for, which Node does not tell.
  const timed = spawn("bash", ["-c", 'TIMEFORMAT="%U %S"; { time "$@" >>"$LOG" 2>&1; } 2>&1', "bash", file, ...args], {
    cwd: directory,
    env: { ...environment, LOG: log, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  createWriteStream(log, { flags: "a" }).end(`\n$ ${[file, ...args].join(" ")}\n`);
  const begin = performance.now();
  let said = "";
  timed.stdout.on("data", (chunk) => (said += String(chunk)));
  let code: number | null | undefined;
  const ended = new Promise<void>((resolve, reject) => {
    timed.once("error", reject).once("close", (exitCode) => {
      code = exitCode;
      resolve();
    });
  });
  let memory = 0;
  const sampling = (async () => {
    while (code === undefined) {
      memory = Math.max(memory, await memoryOf(timed.pid));
      await Promise.race([ended, sleep(sampleEvery)]);
    }
  })();
  await ended;
  const elapsed = (performance.now() - begin) / 1000;
  await sampling;
  if (code !== 0) throw new BenchError(`${file} ${args.join(" ")} ended with ${String(code)}; ${log} tells why.`);
  const [user = 0, system = 0] = said.trim().split(/\s+/).map(Number);
  return { elapsed, cpu: user + system, memory };
}

async function memoryOf(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  try {
    const usages = await pidusage(await pidtree(pid, { root: true }));
    return Object.values(usages).reduce((sum, usage) => sum + (usage?.memory ?? 0), 0);
  } catch {
    // A process has ended between the two.
    return 0;
  }
}

/** What ends the benchmark and needs no trace: its message says all. */
export class BenchError extends Error {}
