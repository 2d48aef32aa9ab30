/** Runs an operation on all stacks of a fleet, several at once. A failed stack does not stop the others. */
import { mkdir } from "node:fs/promises";
import pLimit from "p-limit";
import { GoogleError } from "../../google/index.ts";
import { unwritable } from "../files.ts";
import { UserError } from "../userError.ts";
import type { Fleet } from "./fleetFile.ts";
import { showProgress } from "./progress.ts";
import { runOperation, stackRun } from "./stackOperation.ts";
import type { Operation, StackRun, Dependencies } from "./stackOperation.ts";
import type { StackFiles } from "./stackFiles.ts";
import { createStack, presentStacks, refuseUnknownCount } from "./stacks.ts";

export interface Operated {
  readonly operation: Operation;
  readonly runs: readonly StackRun[];
  readonly seconds: number;
}

/** @param atOnce How many stacks run at the same time. */
export async function operate(
  operation: Operation,
  { stacks, absent, write }: StackFiles,
  atOnce: number,
  dependencies: Dependencies,
): Promise<Operated> {
  const begin = performance.now();
  await mkdir(dependencies.logs, { recursive: true }).catch(unwritable(dependencies.logs));
  const runs = stacks.map((stack) => stackRun(stack, operation, dependencies));
  const endProgress = showProgress(operation, runs);
  try {
    const present = await presentStacks(stacks, dependencies);
    refuseUnknownCount(dependencies.fleet, stacks, present, absent);
    await write();
    const limit = pLimit(atOnce);
    await Promise.all(runs.map((run) => limit(() => operateStack(run, operation, present, dependencies))));
  } finally {
    endProgress();
  }
  return { operation, runs, seconds: (performance.now() - begin) / 1000 };
}

async function operateStack(
  run: StackRun,
  operation: Operation,
  present: ReadonlySet<string>,
  dependencies: Dependencies,
): Promise<void> {
  const isPresent = present.has(run.stack);
  if (dependencies.signal.aborted || (operation === "destroy" && !isPresent)) {
    run.status = "left out";
    return;
  }
  run.status = "running";
  try {
    if (!isPresent) await createStack(run, dependencies);
    await runOperation(run, operation, dependencies);
  } catch (error) {
    // A problem of one stack, with Pulumi or with Google, does not stop the others.
    if (!(error instanceof UserError || error instanceof GoogleError)) throw error;
    run.status = "failed";
    run.errors = [...run.errors, error.message];
  }
}

/** The folder of a fleet's logs: next to the clone's tools, in a folder that git ignores. */
export function logsOf({ directory, name }: Pick<Fleet, "directory" | "name">): string {
  return `${directory}/.customer-care/fleet/${name}`;
}
