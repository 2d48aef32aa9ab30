/** Runs a command, and measures its duration and the resource usage of its process tree. */
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import pidtree from "pidtree";
import pidusage from "pidusage";

export interface Usage {
  /** The duration in seconds. */
  readonly elapsed: number;
  /** The processor time of all processes, in seconds. */
  readonly cpu: number;
  /** The maximum memory of all processes together, in bytes, from samples. */
  readonly memory: number;
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file to append the command's output to. */
  readonly log: string;
}

const sampleEvery = 250;

/** @throws BenchError if the command fails, with the path of the log */
export async function measure({ file, args, directory, environment, log }: Command): Promise<Usage> {
  // Bash reports the processor time of child processes, which Node does not.
  const timed = spawn("bash", ["-c", 'TIMEFORMAT="%U %S"; { time "$@" >>"$LOG" 2>&1; } 2>&1', "bash", file, ...args], {
    cwd: directory,
    env: { ...environment, LOG: log, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  createWriteStream(log, { flags: "a" }).end(`\n$ ${[file, ...args].join(" ")}\n`);
  const begin = performance.now();
  let output = "";
  timed.stdout.on("data", (chunk) => (output += String(chunk)));
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
  if (code !== 0) throw new BenchError(`${file} ${args.join(" ")} exited with ${String(code)}; see ${log}.`);
  const [user = 0, system = 0] = output.trim().split(/\s+/).map(Number);
  return { elapsed, cpu: user + system, memory };
}

async function memoryOf(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  try {
    const usages = await pidusage(await pidtree(pid, { root: true }));
    return Object.values(usages).reduce((sum, usage) => sum + (usage?.memory ?? 0), 0);
  } catch {
    // A process exited between the two calls.
    return 0;
  }
}

/** An error that is shown without a stack trace. */
export class BenchError extends Error {}
