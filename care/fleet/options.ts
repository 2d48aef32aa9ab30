/** Shared by the commands on a fleet: the fleet, its stacks' files, and Ctrl-C. */
import { resolve } from "node:path";
import { confirm, isTerminal } from "../case/confirm.ts";
import { exitCodes } from "../exitCodes.ts";
import { UsageError } from "../userError.ts";
import { readFleet } from "./fleetFile.ts";
import { logsOf, operate } from "./operate.ts";
import type { Operated } from "./operate.ts";
import type { Operation, Dependencies } from "./stackOperation.ts";
import { stackFilesOf } from "./stackFiles.ts";
import { summaryOf } from "./summary.ts";

export interface FleetOptions {
  readonly cwd: string;
  readonly parallel: number;
}

export interface OpenFleet {
  readonly stacks: readonly string[];
  /**
   * Runs the operation on all stacks, and prints a summary on standard error.
   *
   * @param previewed Its summary has printed warnings already.
   */
  run(operation: Operation, previewed?: Operated): Promise<Operated>;
}

export async function openFleet(name: string, { cwd, parallel }: FleetOptions): Promise<OpenFleet> {
  const fleet = await readFleet(resolve(cwd), name);
  const files = await stackFilesOf(fleet);
  const dependencies: Dependencies = { fleet, logs: logsOf(fleet), signal: interruption() };
  return {
    stacks: files.stacks,
    async run(operation, previewed) {
      const operated = await operate(operation, files, parallel, dependencies);
      process.stderr.write(summaryOf(operated, previewed));
      if (operated.runs.some(({ status }) => status === "failed") || dependencies.signal.aborted)
        process.exitCode = exitCodes.failedOrFindings;
      return operated;
    },
  };
}

/** @throws UsageError if there is nobody to ask */
export async function isConfirmed(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (isTerminal()) return confirm(question);
  throw new UsageError("there is no terminal to confirm on; write --yes, or run it in a terminal");
}

/** The first signal asks the engines to finish what they have begun. A second one exits, and the engines finish alone. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCodes.failedOrFindings);
      process.stderr.write(
        "\ncare fleet: finishing the operations in progress; press Ctrl-C again to exit, and the engines finish alone\n",
      );
      controller.abort();
    });
  return controller.signal;
}
