/**
 * Stops an update whose deletions Google would reject. The check runs at the end of the program, because the engine deletes
 * after it. Hooks before a deletion cannot do it: the state would name them, and then `pulumi destroy` fails without the program,
 * and each update fails once the program no longer registers them.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { AcknowledgeableId } from "../onboarding/index.ts";
import type { ErrorSection } from "../text/index.ts";
import { warn } from "./acknowledge.ts";
import { anyChange, changesOf, refusedToDelete } from "./callerRefusals.ts";
import type { Refused } from "./callerRefusals.ts";
import { livesOfRun } from "./caseLife.ts";
import { currentOutputs, formerOf, formerState, isFromPackage, nameIn } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import { contactType, grantTypeOf, isEventType } from "./gcpTypes.ts";
import { callersOfChanges, hasStackComponent, keyFor, knownCallerOfKey, stackCaller } from "./googleSettings.ts";
import type { CallerKey } from "./googleSettings.ts";
import { logWarning } from "./log.ts";
import { mayDelete, printsAdvice } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { exportFailure } from "./stateExport.ts";
import { hasOwnProviders, providersInState } from "./stateProviders.ts";
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
const warningsAtEnd = () => new Map<string, WarningAtEnd>();

/**
 * Remembers for the end of the program what Google rejects.
 * @param component The component that warns; undefined if the program no longer has it.
 * @param isShown Whether an error with the text has been shown.
 */
export function rememberRefused(
  run: RunContext,
  component: pulumi.Resource | undefined,
  caller: CallerKey,
  refused: readonly Refused[],
  isShown: (one: Refused) => boolean = () => false,
): void {
  for (const one of refused) {
    const { kind, where, message, isCertain, things } = one;
    if (isCertain)
      for (const thing of things)
        run.shared(rejectedChanges).set(keyFor(caller, thing), { message, section: sectionFor(kind) });
    if (one.isOfChanges !== true) continue;
    const advice = { id: kind as AcknowledgeableId, where };
    const text = `${message}. An update that changes or deletes a resource fails`;
    const warnOnce = () => (isShown(one) ? Promise.resolve() : warn(run, component, advice, text));
    run.shared(warningsAtEnd).set(message, { caller, things, warn: warnOnce });
  }
}

export const sectionFor = (kind: string): ErrorSection =>
  kind === "quota-project-missing" ? "quotaProject" : "refusal";

/** A resource of the state that this update deletes with a request. */
interface Deletion {
  readonly urn: pulumi.URN;
  readonly type: string;
  /** Undefined if it is not known. The deletion is then not checked. */
  readonly caller: CallerKey | undefined;
}

/**
 * @param isKept Whether a resource of this run has the thing, maybe under another name.
 * @returns The errors that stop this update
 */
export async function rejectedDeletions(run: RunContext, isKept: (thing: string) => boolean) {
  await Promise.allSettled(run.shared(checksOfRun));
  const [rejected, warnings] = [run.shared(rejectedChanges), run.shared(warningsAtEnd)];
  const state = await formerState(run);
  // The only caller has been checked.
  const isSingle = hasStackComponent(run) && !hasOwnProviders(state);
  if (rejected.size === 0 && warnings.size === 0 && isSingle) return [];
  // All components are registered now.
  const callerOf = await callersOfChanges(run);
  const deletions = await deletionsOf(run, state, isKept);
  await checkCallers(run, state, deletions, callerOf);
  const found = rejectedOf(run, deletions, state.has);
  if (!printsAdvice(run)) return found;
  for (const [message, { caller, things, warn: warnOfAll }] of warnings) {
    const isMeant = (type: string) => [anyChange, changesOf(type)].some((one) => things.includes(one ?? ""));
    const isOfState =
      deletions.some((one) => isMeant(one.type) && one.caller === caller) ||
      Object.entries(state.resources).some(
        ([urn, { type }]) => isFromPackage(urn) && isMeant(type) && callerOf(urn, type) === caller,
      );
    if (isOfState && !found.some(({ of }) => of === message)) await warnOfAll();
  }
  return found;
}

/** The resources that this update deletes, each with the caller whose provider the state has for it. */
async function deletionsOf(
  run: RunContext,
  state: FormerState,
  isKept: (thing: string) => boolean,
): Promise<Deletion[]> {
  const absent = await Promise.all(
    Object.entries(state.resources).map(async ([urn, { type, outputs }]) => {
      const thing = state.thingOf(urn);
      const isOurs = isFromPackage(urn) && sendsRequest(type, outputs) && !(thing !== undefined && isKept(thing));
      return !isOurs || (await currentOutputs(urn)) !== undefined ? [] : [{ urn, type }];
    }),
  );
  const lives = await Promise.all(run.shared(livesOfRun).map(({ urn }) => urn));
  const isCaseRenamed = lives.some((urn) => urn !== undefined && !state.has(urn));
  const deleted = absent.flat().filter(({ type }) => !(isSupportCaseType(type) && isCaseRenamed));
  if (deleted.every(({ type }) => isSupportCaseType(type)))
    return deleted.map((one) => ({ ...one, caller: stackCaller }));
  try {
    const providerOf = await providersInState(run);
    return deleted.map((one) => ({
      ...one,
      caller: isSupportCaseType(one.type) ? stackCaller : (providerOf(one.urn) ?? stackCaller),
    }));
  } catch (error) {
    await logWarning(`the credentials that delete ${namesOf(deleted)} are not checked, ${exportFailure(error)}`);
    return deleted.map((one) => ({ ...one, caller: isSupportCaseType(one.type) ? stackCaller : undefined }));
  }
}

/** Checks the callers of deletions that no component of this run has for them. The others are checked already. */
async function checkCallers(
  run: RunContext,
  state: FormerState,
  deletions: readonly Deletion[],
  callerOf: (urn: pulumi.URN, type: string) => CallerKey | undefined,
): Promise<void> {
  const unchecked = deletions.filter(
    ({ urn, type, caller }) =>
      caller !== undefined && (callerOf(urn, type) !== caller || (caller === stackCaller && !hasStackComponent(run))),
  );
  for (const [key = stackCaller, own] of Map.groupBy(unchecked, ({ caller }) => caller)) {
    const caller = await knownCallerOfKey(run, key);
    const urns = new Set(own.map(({ urn }) => urn));
    if (caller !== undefined)
      rememberRefused(
        run,
        undefined,
        key,
        await refusedToDelete(
          caller,
          formerOf(state, (urn) => urns.has(urn)),
        ),
      );
  }
}

function rejectedOf(run: RunContext, deletions: readonly Deletion[], isInState: FormerState["has"]) {
  const rejected = run.shared(rejectedChanges);
  const found = deletions.flatMap(({ urn, type, caller }) => {
    const [one] = [anyChange, changesOf(type) ?? ""].flatMap((what) =>
      caller === undefined ? [] : (rejected.get(keyFor(caller, what)) ?? []),
    );
    return one === undefined ? [] : [{ urn, ...one }];
  });
  const alike = Map.groupBy(found, ({ message, urn }) => `${String(mayDelete(run, urn, isInState))} ${message}`);
  return [...alike.values()].flatMap((all) =>
    all.slice(0, 1).map(({ message, section, urn }) => ({
      of: message,
      message: `${message}. This update would delete ${namesOf(all)}`,
      section,
      deleted: urn,
    })),
  );
}

function namesOf([one, ...more]: readonly Pick<Deletion, "urn">[]): string {
  const rest = more.length === 0 ? "" : ` and ${String(more.length)} more`;
  return `${nameIn(one?.urn ?? "")}${rest}`;
}

/** Whether a deletion sends a request. A service stays enabled, an adopted case stays open, and a contact can be abandoned. */
function sendsRequest(
  type: string,
  { adopt, closeOnDestroy, deletionPolicy }: Readonly<Record<string, unknown>>,
): boolean {
  if (isSupportCaseType(type)) return adopt === undefined || closeOnDestroy === true;
  if (type === contactType) return deletionPolicy !== "ABANDON";
  return grantTypeOf(type) !== undefined || isEventType(type);
}
