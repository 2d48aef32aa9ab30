/**
 * Alerts that an engine created just before it was killed, and did not record. Google accepts a second policy, and then people are
 * notified twice. The state contains the pending creation, and Google what it was to create. `care fleet` records them.
 */
import * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, monitoringApi } from "../google/index.ts";
import { withSection } from "../text/index.ts";
import { formerState, placeOf, thingsOf } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { alertPolicyType, channelType } from "./gcpTypes.ts";
import { callerOf } from "./googleSettings.ts";
import { logWarning } from "./log.ts";
import type { Named } from "./names.ts";
import { createdBefore } from "./obstacles/goneAlerts.ts";
import { valueOf } from "./outputs.ts";
import type { RunContext } from "./run.ts";
import { exportedState, exportFailure, unrecordedCreations } from "./stateExport.ts";

/** Part of the error. `care fleet` searches for it. */
export const alertUnrecorded = "and did not record it";

/** By thing, the inputs of a creation that has not ended. */
type Pending = ReadonlyMap<string, Outputs>;

/** Undefined until something reads them. */
const pendingOfRun = (): { read?: Promise<Pending> } => ({});

/**
 * For `dependsOn` of alerts: if one of them is not in the state, waits until the pending creations are read. Later, those of this
 * update are among them.
 *
 * @returns No resources
 */
export async function whenPendingRead(run: RunContext, alerts: readonly Named[]): Promise<pulumi.Resource[]> {
  if (run.isMocked) return [];
  const state = await formerState(run);
  const urns = await Promise.all(alerts.map(({ name, type, parent }) => valueOf(pulumi.createUrn(name, type, parent))));
  if (urns.some((urn) => urn === undefined || !state.has(urn)))
    await (run.shared(pendingOfRun).read ??= readPending(run));
  return [];
}

async function readPending(run: RunContext): Promise<Pending> {
  try {
    const { resources = [], pending_operations: pending } = await exportedState(run);
    return new Map(
      unrecordedCreations(resources, pending ?? []).flatMap(({ type, inputs = {} }) =>
        isAlert(type) ? thingsOf(type, inputs).map((thing) => [thing, inputs] as const) : [],
      ),
    );
  } catch (error) {
    await logWarning(`not checked whether an interrupted update has created alerts, ${exportFailure(error)}`);
    return new Map();
  }
}

const isAlert = (type: string) => type === alertPolicyType || type === channelType;

/**
 * @param component The component of the alerts. Its credentials are used.
 * @returns The error for a creation; undefined if Google does not have the policy or the channel yet.
 */
export async function unrecordedAlert(
  run: RunContext,
  component: pulumi.Resource,
  type: string,
  inputs: Outputs,
): Promise<string | undefined> {
  const [thing = ""] = thingsOf(type, inputs);
  const begun = (await run.shared(pendingOfRun).read)?.get(thing);
  const [where, caller] = [placeOf(inputs), begun && (await callerOf(component))];
  if (begun === undefined || where === undefined || caller === undefined) return undefined;
  const api = monitoringApi(checkUpTransport(caller.settings));
  const isPolicy = type === alertPolicyType;
  const { value, error } = await answer<readonly Parameters<typeof createdBefore>[1][number][]>(() =>
    isPolicy ? api.listAlertPolicies(where) : api.listNotificationChannels(where),
  );
  if (error !== undefined)
    await logWarning(
      `not checked whether an interrupted update has created ${thing}: ${error.message}. If it has, this update creates a second one`,
    );
  const { resources } = await formerState(run);
  const recorded = Object.values(resources).flatMap((one) => (one.type === type ? [one.outputs["name"]] : []));
  const found = createdBefore(begun, value ?? [], recorded);
  if (found === undefined) return undefined;
  const command = isPolicy ? "gcloud monitoring policies delete" : "gcloud beta monitoring channels delete";
  return withSection(
    `an interrupted update has probably created ${thing} (${found.name}) ${alertUnrecorded}, and this update would create a second one; if no other stack has it, delete it, and run pulumi up again: ${command} ${found.name}`,
    "interruptedAlerts",
  );
}
