/** Runs one operation on one stack. Recovers from the lock of a dead engine, and from contacts and alerts that it did not record. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Progress } from "./events.ts";
import type { Fleet } from "./fleetFile.ts";
import { waitUntilEnded, holdersOf, holderState } from "./locks.ts";
import { unwritable } from "../files.ts";
import { counted } from "../../text/index.ts";
import { answerOf, pulumi } from "./pulumi.ts";
import { isUnrecorded, withUnrecorded } from "./unrecorded.ts";

export const operations = ["preview", "up", "destroy"] as const;

export type Operation = (typeof operations)[number];

export interface StackRun {
  readonly stack: string;
  /** The engine's output. */
  readonly log: string;
  status: "waiting" | "running" | "done" | "failed" | "left out";
  progress: Progress;
  /** Other actions, such as a removed lock. */
  readonly notes: string[];
  errors: readonly string[];
  warnings: readonly string[];
}

export interface Dependencies {
  readonly fleet: Fleet;
  /** The folder of the engines' logs. */
  readonly logs: string;
  readonly signal: AbortSignal;
}

const argumentsOf: Readonly<Record<Operation, readonly string[]>> = {
  preview: ["preview", "--json"],
  // A failed project does not stop the others.
  up: ["up", "--yes", "--skip-preview", "--json", "--continue-on-error"],
  destroy: ["destroy", "--yes", "--skip-preview", "--json", "--continue-on-error"],
};

/** The limit for attempts. Each further one follows a recovery. */
const maxAttempts = 4;

export function stackRun(stack: string, operation: Operation, { logs }: Dependencies): StackRun {
  const log = join(logs, `${stack}.${operation}.log`);
  return { stack, log, status: "waiting", progress: new Progress(log), notes: [], errors: [], warnings: [] };
}

export async function runOperation(run: StackRun, operation: Operation, dependencies: Dependencies): Promise<void> {
  const { fleet, signal } = dependencies;
  run.status = "running";
  for (let attempt = 1; ; attempt++) {
    run.progress = new Progress(run.log);
    const code = await pulumi({
      args: [...argumentsOf[operation], "--stack", run.stack],
      cwd: fleet.directory,
      log: run.log,
      signal,
      environment: { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
    });
    await run.progress.read();
    run.warnings = distinct(run.progress.warnings);
    run.errors = code === 0 ? [] : distinct(run.progress.errors);
    if (code === 0 || signal.aborted || attempt === maxAttempts || !(await recover(run, dependencies))) {
      run.status = code === 0 ? "done" : "failed";
      return;
    }
  }
}

/** Whether the cause of the failure is now removed. */
async function recover(run: StackRun, { fleet, logs, signal }: Dependencies): Promise<boolean> {
  const { stack, errors, notes } = run;
  const ask = (what: string, ...args: readonly string[]) =>
    answerOf({ args, cwd: fleet.directory, log: join(logs, `${stack}.${what}.log`), signal });
  const holders = holdersOf(errors);
  if (holders !== undefined) {
    const lockState = await holderState(holders);
    const pids = holders.map(({ pid }) => String(pid)).join(", ");
    if (lockState === "elsewhere") return false;
    if (lockState === "running") {
      notes.push(`waited for the engine that had locked it (process ${pids})`);
      await waitUntilEnded(holders, signal).catch(() => undefined);
      return !signal.aborted;
    }
    notes.push(`removed the lock of a dead engine (process ${pids})`);
    await ask("cancel", "cancel", "--yes", "--stack", stack);
    return true;
  }
  if (!isUnrecorded(errors)) return false;
  const exported = JSON.parse(await ask("export", "stack", "export", "--stack", stack)) as unknown;
  const { count, state } = await withUnrecorded(exported, (key) => textOf(fleet.ofProviders[key]));
  if (count === 0) return false;
  const file = join(logs, `${stack}.state.json`);
  await writeFile(file, JSON.stringify(state), { mode: 0o600 }).catch(unwritable(file));
  try {
    await ask("import", "stack", "import", "--stack", stack, "--file", file);
  } finally {
    await rm(file);
  }
  notes.push(`recorded ${counted(count, "resource")} that an engine had created before it was killed`);
  return true;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== "update failed" && text !== "preview failed");
}
