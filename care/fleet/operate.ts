/** An operation on all stacks of a fleet, so many at once; one that fails does not stop the others. */
import { mkdir } from "node:fs/promises";
import pLimit from "p-limit";
import { GoogleError } from "../../google/index.ts";
import { UserError } from "../userError.ts";
import type { Fleet } from "./fleetFile.ts";
import { showProgress } from "./progress.ts";
import { carryOut, stackRun } from "./stackOperation.ts";
import type { Operation, StackRun, Surroundings } from "./stackOperation.ts";
import type { StackFiles } from "./stackFiles.ts";
import { makeStack, presentStacks, refuseUnknownCount } from "./stacks.ts";

export interface Operated {
  readonly operation: Operation;
  readonly runs: readonly StackRun[];
  readonly seconds: number;
}

/** @param atOnce How many stacks are worked on at the same time. */
export async function operate(
  operation: Operation,
  { stacks, absent, write }: StackFiles,
  atOnce: number,
  surroundings: Surroundings,
): Promise<Operated> {
  const begin = performance.now();
  await mkdir(surroundings.logs, { recursive: true });
  const runs = stacks.map((stack) => stackRun(stack, operation, surroundings));
  const endProgress = showProgress(operation, runs);
  try {
    const present = await presentStacks(stacks, surroundings);
    refuseUnknownCount(surroundings.fleet, stacks, present, absent);
    await write();
    const limit = pLimit(atOnce);
    await Promise.all(runs.map((run) => limit(() => one(run, operation, present, surroundings))));
  } finally {
    endProgress();
  }
  return { operation, runs, seconds: (performance.now() - begin) / 1000 };
}

async function one(
  run: StackRun,
  operation: Operation,
  present: ReadonlySet<string>,
  surroundings: Surroundings,
): Promise<void> {
  const isPresent = present.has(run.stack);
  if (surroundings.signal.aborted || (operation === "destroy" && !isPresent)) {
    run.status = "left out";
    return;
  }
  run.status = "running";
  try {
    if (!isPresent) await makeStack(run, surroundings);
    await carryOut(run, operation, surroundings);
  } catch (error) {
    // One stack's trouble, with Pulumi or with Google, is no end of the others.
    if (!(error instanceof UserError || error instanceof GoogleError)) throw error;
    run.status = "failed";
    run.errors = [...run.errors, error.message];
  }
}

/** Where a fleet's logs are: beside the tools that the clone keeps, in a folder that no commit has. */
export function logsOf({ directory, name }: Pick<Fleet, "directory" | "name">): string {
  return `${directory}/.customer-care/fleet/${name}`;
}
