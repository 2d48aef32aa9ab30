/** What the commands on a fleet share: the fleet, its stacks' files, and an end by Ctrl-C. */
import { resolve } from "node:path";
import { confirm, isTerminal } from "../case/confirm.ts";
import { exitCodes } from "../exitCodes.ts";
import { UsageError } from "../userError.ts";
import { readFleet } from "./fleetFile.ts";
import { logsOf, operate } from "./operate.ts";
import type { Operated } from "./operate.ts";
import type { Operation, Surroundings } from "./stackOperation.ts";
import { stackFilesOf } from "./stackFiles.ts";
import { summaryOf } from "./summary.ts";

export interface FleetOptions {
  readonly cwd: string;
  readonly parallel: number;
}

export interface OpenFleet {
  readonly stacks: readonly string[];
  /** Works on all stacks, and tells what it came to on standard error. */
  carryOut(operation: Operation): Promise<Operated>;
}

export async function openFleet(name: string, { cwd, parallel }: FleetOptions): Promise<OpenFleet> {
  const fleet = await readFleet(resolve(cwd), name);
  const files = await stackFilesOf(fleet);
  const surroundings: Surroundings = { fleet, logs: logsOf(fleet), signal: interruption() };
  return {
    stacks: files.stacks,
    async carryOut(operation) {
      const operated = await operate(operation, files, parallel, surroundings);
      process.stderr.write(summaryOf(operated));
      if (operated.runs.some(({ status }) => status === "failed") || surroundings.signal.aborted)
        process.exitCode = exitCodes.failedOrFindings;
      return operated;
    },
  };
}

/** @throws UsageError where there is nobody to ask */
export async function isAgreed(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (isTerminal()) return confirm(question);
  throw new UsageError("there is nobody to ask: write --yes, or run it in a terminal");
}

/** The first asks the engines to end what they have begun; after a second one they do so alone. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCodes.failedOrFindings);
      process.stderr.write("\ncare fleet: ending what has begun; once more leaves the engines to end it alone\n");
      controller.abort();
    });
  return controller.signal;
}
