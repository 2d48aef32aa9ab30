/**
 * Resources that were deleted outside of Pulumi. An update that changes one fails. One that creates it again, because a refresh has
 * not found it, may fail too: the checks before the update skip it, since they read the state from before the refresh.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { AcknowledgeableId } from "../onboarding/index.ts";
import { withSection } from "../text/index.ts";
import { note, warn } from "./acknowledge.ts";
import type { Refused } from "./callerRefusals.ts";
import { sectionFor } from "./deletions.ts";
import { formerState, formerStateOf, placeOf, thingsToCreate } from "./formerState.ts";
import type { FormerState, Outputs } from "./formerState.ts";
import { alertPolicyType, contactType, subscriptionType } from "./gcpTypes.ts";
import { goneAlertsOf, isPolicyGone } from "./goneAlerts.ts";
import { goneContact, recreatedContact } from "./goneContacts.ts";
import { goneSubscription } from "./goneSubscriptions.ts";
import { keyFor } from "./googleSettings.ts";
import { printsAdvice } from "./operation.ts";
import type { CallerKey } from "./googleSettings.ts";
import type { RunContext } from "./run.ts";

/** Reads what Google would reject at a place of a component. @param state What counts as deployed. */
type Check = (state: FormerState) => Promise<readonly Refused[]>;

/** By caller and place. */
const checksOfPlaces = () => new Map<string, Check[]>();

/** By caller, and place or contact. */
const resultsOfChecks = () => new Map<string, Promise<readonly Refused[]>>();

const shownWarnings = () => new Set<string>();

export function rememberCheck(run: RunContext, caller: CallerKey, resource: string, check: Check): void {
  const [checks, key] = [run.shared(checksOfPlaces), keyFor(caller, resource)];
  checks.set(key, [...(checks.get(key) ?? []), check]);
}

/** A resource that an update creates or changes. */
interface Changed {
  readonly urn: pulumi.URN;
  readonly type: string;
  readonly newInputs: Outputs;
  /** Undefined if it is created. */
  readonly oldOutputs: Outputs | undefined;
}

/** The error for a resource that was deleted outside of Pulumi; undefined if there is none, or if that cannot be read. */
export async function problemOutside(
  run: RunContext,
  component: pulumi.Resource,
  caller: CallerKey,
  changed: Changed,
): Promise<string | undefined> {
  const { type, oldOutputs } = changed;
  const again = oldOutputs === undefined ? await problemOfCreation(run, component, caller, changed) : undefined;
  if (again !== undefined || type === contactType) return again ?? goneContact(component, oldOutputs ?? {});
  if (type === subscriptionType) return goneSubscription(component, oldOutputs ?? {});
  return goneAlertsOf(run, component, changed);
}

async function problemOfCreation(
  run: RunContext,
  component: pulumi.Resource,
  caller: CallerKey,
  { urn, type, newInputs }: Changed,
): Promise<string | undefined> {
  const recorded = (await formerState(run)).resources[urn]?.outputs;
  const [[thing], where] = [thingsToCreate(type, newInputs), placeOf(newInputs)];
  if (recorded === undefined || thing === undefined || where === undefined) return undefined;
  const again = type === contactType ? await recreatedContact(component, recorded) : undefined;
  if (again !== undefined) return again;
  // Otherwise the update replaces it, and what exists is the resource itself.
  const isGone =
    (type === subscriptionType && (await goneSubscription(component, recorded)) !== undefined) ||
    (type === alertPolicyType && (await isPolicyGone(component, recorded)));
  const isMeant = ({ kind, things }: Refused) =>
    kind === "alerts-exist"
      ? isGone && type === alertPolicyType
      : things.includes(thing) && (isGone || !isExisting(kind));
  const refused = (await refusedAt(run, caller, where, type, thing)).filter(isMeant);
  for (const { kind, isCertain, isNote, message } of refused) {
    const shown = run.shared(shownWarnings);
    if (isCertain || !printsAdvice(run) || shown.has(message)) continue;
    shown.add(message);
    await (isNote === true ? note : warn)(run, component, { id: kind as AcknowledgeableId, where }, message);
  }
  const certain = refused.filter(({ isCertain }) => isCertain);
  if (certain.length === 0) return undefined;
  return withSection(certain.map(({ message }) => message).join("\n"), ...certain.map(({ kind }) => sectionFor(kind)));
}

const isExisting = (kind: Refused["kind"]) => kind.endsWith("-exists");

/** What Google rejects at a place that the state already has. Read once, except for contacts, since one error lists several. */
async function refusedAt(run: RunContext, caller: CallerKey, where: string, type: string, thing: string) {
  const state = await formerState(run);
  const results = run.shared(resultsOfChecks);
  const withoutContact = { ...state, urnsOf: (one: string) => (one === thing ? [] : state.urnsOf(one)) };
  const [key, deployed] = type === contactType ? [thing, withoutContact] : [where, formerStateOf({})];
  const checks = run.shared(checksOfPlaces).get(keyFor(caller, where)) ?? [];
  const read =
    results.get(keyFor(caller, key)) ?? Promise.all(checks.map((check) => check(deployed))).then((all) => all.flat());
  results.set(keyFor(caller, key), read);
  return read;
}
