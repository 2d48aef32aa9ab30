/**
 * Alerts of the state that were deleted or changed outside of Pulumi, and channels of the config that do not exist. An update
 * that changes such an alert fails, so the preview reports it. The checks before the update cannot: they do not know which
 * policies change, what a refresh finds, or the channels that are Outputs.
 */
import * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, isSameInProject, monitoringApi } from "../google/index.ts";
import { ConfigError } from "../onboarding/index.ts";
import { warn } from "./acknowledge.ts";
import { adoptCommands } from "./careCommands.ts";
import { alertChannelThing, emailOf, formerState, placeOf } from "./formerState.ts";
import type { FormerState, Outputs } from "./formerState.ts";
import { alertPolicyType, channelType } from "./gcpTypes.ts";
import { callerOf } from "./googleSettings.ts";
import { goneAlerts, goneAlertsRemedy, silentAlertsRemedy, silentReason } from "./obstacles/goneAlerts.ts";
import type { RecordedAlerts } from "./obstacles/goneAlerts.ts";
import { gonePolicyRemedy } from "./obstacles/refusals.ts";
import { printsAdvice } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { unrecordedAlert } from "./unrecordedAlerts.ts";
import type { WantedPlace } from "./wanted.ts";

/** By project, the component and the path of its alerts in the args. */
const alertKeys = () => new Map<string, { readonly name: string; readonly path: readonly string[] }>();

/** Remembers where the args configure the alerts of each place, for errors. */
export function rememberAlertKeys(run: RunContext, name: string, places: readonly WantedPlace[]): void {
  for (const { wanted, path, alertsPath = ["alerts", "serviceHealth"] } of places)
    if (wanted.alerts !== undefined)
      run.shared(alertKeys).set(wanted.resource, { name, path: [...path, ...alertsPath, "notify"] });
}

/** A policy or a channel that an update creates or changes. */
export interface ChangedAlerts {
  readonly type: string;
  readonly newInputs: Outputs;
  /** Undefined if it is created. */
  readonly oldOutputs: Outputs | undefined;
}

/**
 * @param component The component of the alerts. Its credentials are used.
 * @returns The error; undefined if everything exists, or if that cannot be read.
 */
export async function goneAlertsOf(
  run: RunContext,
  component: pulumi.Resource,
  changed: ChangedAlerts,
): Promise<string | undefined> {
  if (changed.type !== alertPolicyType && changed.type !== channelType) return undefined;
  if (changed.oldOutputs === undefined) {
    const unrecorded = await unrecordedAlert(run, component, changed.type, changed.newInputs);
    if (unrecorded !== undefined) return unrecorded;
  }
  const state = await formerState(run);
  const recorded = recordedBy(changed, state);
  const where = placeOf(changed.newInputs);
  if (where === undefined || (recorded.policy === undefined && recorded.channels.length === 0)) return undefined;
  const caller = await callerOf(component);
  if (caller === undefined) return undefined;
  const api = monitoringApi(checkUpTransport(caller.settings));
  const [policies, channels] = await Promise.all([
    recorded.policy === undefined ? undefined : answer(() => api.listAlertPolicies(where)),
    recorded.channels.length === 0 ? undefined : answer(() => api.listNotificationChannels(where)),
  ]);
  const gone = goneAlerts(recorded, { policies: policies?.value, channels: channels?.value });
  const { silent, changed: outside } = gone;
  if (outside !== undefined && printsAdvice(run))
    await warn(
      run,
      component,
      { id: "alert-policy-changed", where },
      `the alert policy ${outside.policy} was changed outside of Pulumi (${outside.parts.join(", ")}), and this update may keep that; ${silentAlertsRemedy}`,
    );
  // After a refresh, the state contains the change, and the update reverts it.
  const isRecorded = recorded.content !== undefined && silentReason(recorded.content) !== undefined;
  if (silent !== undefined && !isRecorded && printsAdvice(run))
    await warn(
      run,
      component,
      { id: "alert-policy-silent", where },
      `the alert policy ${silent.policy} was changed outside of Pulumi and ${silent.reason}: it notifies nobody of incidents; ${silentAlertsRemedy}`,
    );
  const lines = [
    ...(gone.policy === undefined
      ? []
      : [
          deleted(
            `the alert policy ${gone.policy}`,
            gonePolicyRemedy({ alertPolicies: policies, alertChannels: channels }, adoptCommands()),
          ),
        ]),
    ...gone.channels.map((name) => {
      const own = channelsIn(state).find((one) => one.name === name);
      return own === undefined
        ? absentChannel(run, name, where)
        : deleted(own.email === undefined ? name : alertChannelThing(own.email, where));
    }),
  ];
  return lines.length === 0 ? undefined : lines.join("\n");
}

const deleted = (thing: string, remedy = goneAlertsRemedy) => `${thing} was deleted outside of Pulumi; ${remedy}`;

/** @param recorded The policy in the state. */
export async function isPolicyGone(component: pulumi.Resource, recorded: Outputs): Promise<boolean> {
  const [caller, where] = [await callerOf(component), placeOf(recorded)];
  if (caller === undefined || where === undefined) return false;
  const { value } = await answer(() => monitoringApi(checkUpTransport(caller.settings)).listAlertPolicies(where));
  const [policy] = namesIn([recorded["name"]]);
  return value !== undefined && !value.some(({ name }) => isSameInProject(name, policy));
}

function absentChannel(run: RunContext, channel: string, where: string): string {
  return alertProblem(run, where, absentChannels([channel], where));
}

/** The problem with the config's key of the alerts of a place. */
export function alertProblem(run: RunContext, where: string, message: string): string {
  const key = run.shared(alertKeys).get(where);
  return key === undefined ? `${where}: ${message}` : new ConfigError(key.name, [{ path: key.path, message }]).message;
}

/** The error for channels of the config that do not exist. */
export function absentChannels(channels: readonly string[], project: string): string {
  const are = channels.length === 1 ? "does" : "do";
  return `${channels.join(", ")} ${are} not exist; write the name of a notification channel that gcloud beta monitoring channels list --project ${project.replace("projects/", "")} lists, or an e-mail address`;
}

/** What must exist for the change. Google may not yet list a channel that this update has created. */
function recordedBy({ type, newInputs, oldOutputs }: ChangedAlerts, state: FormerState): RecordedAlerts {
  const [name] = namesIn([oldOutputs?.["name"]]);
  if (type === channelType) return { channels: name === undefined ? [] : [name] };
  const named = namesIn(newInputs["notificationChannels"]);
  if (pulumi.runtime.isDryRun()) return { policy: name, channels: named, content: oldOutputs };
  const policies = Object.values(state.resources).filter((one) => one.type === alertPolicyType);
  const former = new Set([
    ...channelsIn(state).map((one) => one.name),
    ...policies.flatMap(({ outputs }) => namesIn(outputs["notificationChannels"])),
  ]);
  return { policy: name, channels: named.filter((channel) => former.has(channel)), content: oldOutputs };
}

/** The names that are known. */
const namesIn = (values: unknown): string[] =>
  Array.isArray(values)
    ? values.filter((one): one is string => typeof one === "string" && one.startsWith("projects/"))
    : [];

/** The channels of the state, each with its e-mail address, if it has one. */
const channelsIn = ({ resources }: FormerState) =>
  Object.values(resources).flatMap(({ type, outputs }) => {
    if (type !== channelType) return [];
    return namesIn([outputs["name"]]).map((name) => ({ name, email: emailOf(outputs) }));
  });
