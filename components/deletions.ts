/**
 * Stops an update whose deletions Google would reject. The check runs at the end of the program, because the engine deletes
 * after it. Hooks before a deletion cannot do it: the state would name them, and then `pulumi destroy` fails without the program,
 * and each update fails once the program no longer registers them.
 */
import * as pulumi from "@pulumi/pulumi";
import type { ErrorSection } from "../text/index.ts";
import { anyChange, changesOf } from "./callerRefusals.ts";
import { livesOfRun } from "./caseLife.ts";
import { currentThing, formerState, isFromPackage, nameIn } from "./formerState.ts";
import { contactType, grantTypeOf } from "./gcpTypes.ts";
import { callersInState, keyFor } from "./googleSettings.ts";
import type { CallerKey } from "./googleSettings.ts";
import type { RunContext } from "./run.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";

interface Rejected {
  readonly message: string;
  readonly section: ErrorSection;
}

/** What Google rejects in each change or deletion, by caller and `anyChange` or `changesOf`. */
export const rejectedChanges = () => new Map<string, Rejected>();

/** The checks of places, which find the rejected places. */
export const checksOfRun = (): Promise<unknown>[] => [];

/** A warning about changes in general. */
interface WarningAtEnd {
  readonly caller: CallerKey;
  /** `anyChange` or `changesOf`. */
  readonly things: readonly string[];
  readonly warn: () => Promise<void>;
}

/** By text. A warning is shown if the caller has such resources in the state, and no error has the same text. */
export const warningsAtEnd = () => new Map<string, WarningAtEnd>();

/**
 * @param isKept Whether a resource of this run has the thing, possibly under another name.
 * @returns The errors that stop this update
 */
export async function rejectedDeletions(run: RunContext, isKept: (thing: string) => boolean): Promise<Rejected[]> {
  await Promise.allSettled(run.shared(checksOfRun));
  const [rejected, warnings] = [run.shared(rejectedChanges), run.shared(warningsAtEnd)];
  if (rejected.size === 0 && warnings.size === 0) return [];
  // All components are registered now.
  const callerOf = await callersInState(run);
  const found = rejected.size === 0 ? [] : await rejectedIn(run, isKept, callerOf);
  if (!pulumi.runtime.isDryRun()) return found;
  const { resources } = await formerState(run);
  for (const [message, { caller, things, warn }] of warnings) {
    const isOfState = Object.entries(resources).some(
      ([urn, { type }]) =>
        isFromPackage(urn) &&
        [anyChange, changesOf(type)].some((one) => things.includes(one ?? "")) &&
        callerOf(urn, type) === caller,
    );
    if (isOfState && !found.some(({ of }) => of === message)) await warn();
  }
  return found;
}

async function rejectedIn(
  run: RunContext,
  isKept: (thing: string) => boolean,
  callerOf: (urn: pulumi.URN, type: string) => CallerKey | undefined,
) {
  const rejected = run.shared(rejectedChanges);
  const state = await formerState(run);
  const absent = await Promise.all(
    Object.entries(state.resources).map(async ([urn, { type, outputs }]) => {
      const thing = state.thingOf(urn);
      const isOurs = isFromPackage(urn) && sendsRequest(type, outputs) && !(thing !== undefined && isKept(thing));
      // Without a component, the provider of the state is not known. Google rejects the deletion if it has to.
      const caller = isOurs ? callerOf(urn, type) : undefined;
      const [one] = [anyChange, changesOf(type) ?? ""].flatMap((what) =>
        caller === undefined ? [] : (rejected.get(keyFor(caller, what)) ?? []),
      );
      return one === undefined || (await currentThing(urn)) !== undefined ? [] : [{ urn, type, ...one }];
    }),
  );
  const lives = await Promise.all(run.shared(livesOfRun).map(({ urn }) => urn));
  const isCaseRenamed = lives.some((urn) => urn !== undefined && !state.has(urn));
  const deleted = absent.flat().filter(({ type }) => !(isSupportCaseType(type) && isCaseRenamed));
  return [...Map.groupBy(deleted, ({ message }) => message)].map(([message, [one, ...more]]) => {
    const rest = more.length === 0 ? "" : ` and ${String(more.length)} more`;
    return {
      of: message,
      message: `${message}. This update would delete ${nameIn(one?.urn ?? "")}${rest}`,
      section: one?.section ?? "refusal",
    };
  });
}

/** Whether a deletion sends a request. A service stays enabled, an adopted case stays open, and a contact can be abandoned. */
function sendsRequest(
  type: string,
  { adopt, closeOnDestroy, deletionPolicy }: Readonly<Record<string, unknown>>,
): boolean {
  if (isSupportCaseType(type)) return adopt === undefined || closeOnDestroy === true;
  if (type === contactType) return deletionPolicy !== "ABANDON";
  return grantTypeOf(type) !== undefined;
}
