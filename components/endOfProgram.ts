/**
 * The check at the end of the program, when the deletions are known: an update that would lose something, or whose deletions
 * Google would reject, fails before the engine deletes anything.
 */
import * as pulumi from "@pulumi/pulumi";
import { lateUserError } from "../onboarding/index.ts";
import type { ErrorSection } from "../text/index.ts";
import { deletionsAtAbsentPlaces } from "./absentPlaces.ts";
import { rejectedDeletions } from "./deletions.ts";
import { failingDeletions } from "./failingDeletions.ts";
import { formerState } from "./formerState.ts";
import { rememberComponent } from "./googleSettings.ts";
import { logWarning } from "./log.ts";
import { lostCases } from "./lostCases.ts";
import { lossesOfNames, thingsOfRun } from "./names.ts";
import { mayDelete, operationOf } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { sharedDeletions } from "./otherStacks.ts";
import { lossesOfUse } from "./usedAsExisting.ts";

/** Why an update with the deletion must fail. */
export interface BadDeletion {
  readonly message: string;
  readonly section: ErrorSection;
  /** The resource in the state. */
  readonly deleted: pulumi.URN;
}

/** Each component's constructor calls this. It fails the update if a deletion would lose something. */
export function preventLosses(run: RunContext, component: pulumi.Resource): void {
  if (run.isMocked) return;
  rememberComponent(run, component);
  run.shared(registerCheck);
}

function registerCheck(run: RunContext): true {
  const root = pulumi.runtime.getStackResource();
  atEndOfProgram(async () => {
    const operation = operationOf(run);
    // A refresh deletes nothing in Google Cloud.
    if (operation === "refresh") return;
    const kept = await thingsOfRun(run, root);
    const isKept = (thing: string) => kept.has(thing);
    // A destroy deletes everything.
    const losses =
      operation === "destroy"
        ? []
        : [
            ...(await lossesOfNames(run, root)),
            ...(await lossesOfUse(run, isKept)),
            ...(await sharedDeletions(run, isKept)).map((one) => ({ ...one, section: "refusal" as const })),
          ];
    const found: BadDeletion[] = [
      ...(await rejectedDeletions(run, isKept)),
      ...losses,
      ...(await lostCases(run)).map((one) => ({ ...one, section: "interruptedCase" as const })),
      ...[...(await failingDeletions(run, isKept, root)), ...(await deletionsAtAbsentPlaces(run, isKept))].map(
        (one) => ({
          ...one,
          section: "refusal" as const,
        }),
      ),
    ];
    const state = await formerState(run);
    const errors = found.filter(({ deleted }) => mayDelete(run, deleted, state.has));
    const lines = new Set(errors.map(({ message }) => message));
    const rest = new Set(found.map(({ message }) => message).filter((message) => !lines.has(message)));
    await warnOfRest(rest);
    if (lines.size > 0) throw lateUserError([...lines].join("\n"), ...errors.map(({ section }) => section));
  });
  return true;
}

/** The operation leaves out the resources, so nothing is lost or rejected. */
async function warnOfRest(lines: Iterable<string>): Promise<void> {
  for (const line of lines)
    await logWarning(`${line}. --target or --exclude leaves this out; an update of the whole stack fails`);
}

/** A method of the resource monitor's client that the SDK's types do not include. */
interface Monitor {
  signalAndWaitForShutdown?: (request: unknown, done: (error: Error | null) => void) => unknown;
}

/**
 * Runs a check at the end of the program. It is skipped if the program fails: then not all resources are registered, and the
 * engine deletes nothing.
 *
 * @param check An error fails the run before the engine deletes anything.
 */
function atEndOfProgram(check: () => Promise<void>): void {
  if (isRunByPulumi()) {
    let hasFailed = false;
    const fail = () => {
      hasFailed = true;
    };
    process.once("uncaughtException", fail).once("unhandledRejection", fail);
    // Pulumi waits for work that starts in this event.
    process.once("beforeExit", () => {
      if (!hasFailed) void check();
    });
    return;
  }
  // An inline program of the Automation API has no process of its own. The SDK signals the end to the engine, which
  // then deletes resources before it checks whether the program has failed.
  const monitor = pulumi.runtime.getMonitor() as Monitor | undefined;
  const report = monitor?.signalAndWaitForShutdown;
  if (monitor === undefined || report === undefined) return;
  monitor.signalAndWaitForShutdown = (request, done) => {
    const checked = pulumi.log.hasErrors() ? Promise.reject(new Error("the program has failed")) : check();
    checked.then(() => void report.call(monitor, request, done), done);
  };
}

/** Whether the Pulumi CLI has started this process, which then ends with the program. */
function isRunByPulumi(): boolean {
  return /[\\/]cmd[\\/]run([\\/.]|$)/.test(process.argv[1] ?? "");
}
