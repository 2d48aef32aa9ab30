/** How many stacks at once this machine bears. */
import { readFileSync } from "node:fs";
import { availableParallelism, freemem } from "node:os";

/** What an engine takes with its program and the gcp plugin, in bytes: `npm run bench` saw 957 MiB for 100 projects. */
const perStack = 2 ** 30;

/** Engines on each processor: an engine mostly waits for Google. */
const perProcessor = 2;

export function bearable(): number {
  return Math.max(1, Math.min(perProcessor * availableParallelism(), Math.floor(availableMemory() / perStack)));
}

/** What Linux could give, caches included; elsewhere what is free. */
function availableMemory(): number {
  try {
    const [, kilobytes] = /^MemAvailable: +(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8")) ?? [];
    return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  } catch {
    return freemem();
  }
}
