/**
 * Which notification channels and which alert policy of a project are exactly those that the program creates. All others belong
 * to somebody else, and are left as they are.
 */
import { isDeepStrictEqual } from "node:util";
import { isSameInProject } from "../../google/index.ts";
import type { AlertPolicy, NotificationChannel } from "../../google/index.ts";
import { alertChannelFor, alertContent, alertPolicyFor } from "../../guide/index.ts";
import type { StatesReading } from "../stack/states.ts";
import type { PlaceReadings } from "./readCloud.ts";

export interface AlertsFound {
  /** By its address; absent where it is not certain which one is the program's. */
  readonly channels: ReadonlyMap<string, NotificationChannel>;
  /** Undefined if there is none, or several. */
  readonly policy: AlertPolicy | undefined;
}

/** What was read about a place, with its alerts. They are searched for once, because each of its channels and policies needs them. */
export interface SearchedPlace extends PlaceReadings {
  /** Undefined if they could not be read. */
  readonly found: AlertsFound | undefined;
}

export function searched(readings: PlaceReadings, states: StatesReading): SearchedPlace {
  return { ...readings, found: alertsFound(readings, states) };
}

function alertsFound(readings: PlaceReadings, states: StatesReading): AlertsFound | undefined {
  const { place, alertPolicies, alertChannels } = readings;
  const { alerts } = place;
  const policies = alertPolicies?.value;
  if (alerts === undefined || policies === undefined || alertChannels?.value === undefined) return undefined;
  const isNamed = ({ name }: NotificationChannel) => alerts.channels.some((channel) => isSameInProject(channel, name));
  const alike = alertChannels.value.filter((channel) => !isNamed(channel));
  const candidates = new Map(
    alerts.addresses.map((email) => [email, alike.filter((channel) => isOfProgram(channel, email))]),
  );
  const inPolicy = (policy: AlertPolicy, { name }: NotificationChannel) =>
    policy.notificationChannels?.some((channel) => isSameInProject(channel, name)) === true;
  const channelsOf = (policy: AlertPolicy) =>
    [...candidates].map(([email, all]) => [email, all.filter((channel) => inPolicy(policy, channel))] as const);
  const hasChannels = (policy: AlertPolicy) =>
    channelsOf(policy).every(([, own]) => own.length === 1) &&
    alerts.channels.every((name) => inPolicy(policy, { name })) &&
    policy.notificationChannels?.length === alerts.addresses.length + alerts.channels.length;
  const own = policies.find(({ name }) =>
    states.managed.some(({ kind, thing }) => kind === "alerts" && isSameInProject(name, thing)),
  );
  const same = policies.filter((policy) => isPolicyOfProgram(policy, readings) && hasChannels(policy));
  const policy = own ?? (same.length === 1 ? same[0] : undefined);
  // A channel that another policy uses may be somebody else's.
  const isUnused = (channel: NotificationChannel) =>
    !policies.some((other) => other !== policy && inPolicy(other, channel));
  const ofPolicy = policy && new Map(channelsOf(policy));
  const channels = [...candidates].flatMap(([email, all]) => {
    const used = ofPolicy?.get(email) ?? [];
    const certain = (used.length > 0 ? used : all).filter(isUnused);
    const [only] = certain;
    return only !== undefined && certain.length === 1 ? [[email, only] as const] : [];
  });
  return { channels: new Map(channels), policy };
}

function isOfProgram(channel: NotificationChannel, email: string): boolean {
  const { type, displayName, labels, description = "", userLabels = {}, enabled = true } = channel;
  const isBare = description === "" && Object.keys(userLabels).length === 0 && enabled;
  return isBare && isDeepStrictEqual({ type, displayName, labels }, alertChannelFor(email));
}

/** Whether the policy has the content that the program writes, apart from its channels. */
function isPolicyOfProgram(policy: AlertPolicy, { place }: PlaceReadings): boolean {
  if (place.alerts === undefined) return false;
  const { displayName, combiner, alertStrategy, documentation = {}, userLabels = {}, enabled = true } = policy;
  const conditions = policy.conditions?.map(({ name: _name, ...condition }) => condition);
  const { mimeType = "text/markdown", ...text } = documentation;
  const isBare = Object.keys(userLabels).length === 0 && hasNoSeverity(policy) && enabled;
  const content = { displayName, combiner, conditions, alertStrategy };
  return (
    isBare &&
    mimeType === "text/markdown" &&
    isDeepStrictEqual(text, { content: alertContent(place.resource.replace("projects/", "")) }) &&
    isDeepStrictEqual(content, alertPolicyFor(place.alerts))
  );
}

const hasNoSeverity = ({ severity = "SEVERITY_UNSPECIFIED" }: AlertPolicy) => severity === "SEVERITY_UNSPECIFIED";

/** Whether only the order of the channels differs from the config's. */
export function isInOtherOrder({ policy, channels }: AlertsFound, { place }: PlaceReadings): boolean {
  const { addresses, channels: named } = place.alerts ?? { addresses: [], channels: [] };
  const wanted = [...addresses.map((email) => channels.get(email)?.name), ...named];
  return wanted.some((name, index) => !isSameInProject(policy?.notificationChannels?.[index] ?? "", name));
}
