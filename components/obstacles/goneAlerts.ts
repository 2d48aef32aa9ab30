/** Alerts of the state that were deleted or changed outside of Pulumi. The preview and `care doctor` share these rules. */
import { isDeepStrictEqual } from "node:util";
import { idIn, isSameInProject } from "../../google/index.ts";
import type { AlertPolicy, NotificationChannel } from "../../google/index.ts";

/** The alerts of a project in the state, by Google's resource names. */
export interface RecordedAlerts {
  /** Undefined if there is none. */
  readonly policy?: string | undefined;
  readonly channels: readonly string[];
  /** The policy in the state, in the form of the API, as in the provider's outputs. Undefined if it is not known. */
  readonly content?: Partial<AlertPolicy> | undefined;
}

/** What Google has in the project; undefined if it cannot be read. */
export interface FoundAlerts {
  readonly policies: readonly AlertPolicy[] | undefined;
  readonly channels: readonly NotificationChannel[] | undefined;
}

export interface GoneAlerts {
  readonly policy: string | undefined;
  readonly channels: readonly string[];
  /** The policy exists, and nevertheless notifies nobody. */
  readonly silent:
    { readonly policy: string; readonly reason: "is disabled" | "has no notification channel" } | undefined;
  /** The policy exists and notifies, but not as in the state. */
  readonly changed: { readonly policy: string; readonly parts: readonly string[] } | undefined;
}

export const goneAlertsRemedy = "run pulumi up --refresh, which creates it again";

export const silentAlertsRemedy = "run pulumi up --refresh, which sets it as configured";

export function goneAlerts(recorded: RecordedAlerts, found: FoundAlerts): GoneAlerts {
  const { policies, channels } = found;
  const policy = policies?.find(({ name }) => isSameInProject(name, recorded.policy));
  const isGone = policies !== undefined && policy === undefined;
  return {
    policy: isGone ? recorded.policy : undefined,
    channels: missingChannels(recorded.channels, channels),
    silent: policy && silent(policy),
    changed: policy && changed(policy, recorded.content, channels),
  };
}

type Content = Partial<AlertPolicy>;

/** The parts of a policy that decide who is notified of what, by their names in messages. */
const policyParts: Readonly<Record<string, (content: Content) => unknown>> = {
  "the filter": ({ conditions = [] }) => conditions.map((one) => one.conditionMatchedLog?.filter),
  "the labels": ({ conditions = [] }) => conditions.map((one) => one.conditionMatchedLog?.labelExtractors),
  "the notification channels": ({ notificationChannels = [] }) => notificationChannels.map(idIn).sort(),
  "the rate limit": ({ alertStrategy }) =>
    (alertStrategy?.["notificationRateLimit"] as { readonly period?: string } | undefined)?.period,
  "the text": ({ documentation }) => documentation?.content,
  "the name": ({ displayName }) => displayName,
  "the severity": ({ severity = "" }) => (severity === "SEVERITY_UNSPECIFIED" ? "" : severity),
};

/** Channels that are gone are reported on their own, as Google removes them from the policies. */
function changed(
  policy: AlertPolicy,
  recorded: Content | undefined,
  channels: FoundAlerts["channels"],
): GoneAlerts["changed"] {
  if (recorded === undefined) return undefined;
  const gone = missingChannels(recorded.notificationChannels ?? [], channels);
  const notificationChannels = recorded.notificationChannels?.filter((channel) => !gone.includes(channel)) ?? [];
  const before = { ...recorded, notificationChannels };
  const isSilenced = policy.notificationChannels === undefined || policy.notificationChannels.length === 0;
  const parts = Object.entries(policyParts).flatMap(([part, of]) =>
    isDeepStrictEqual(of(policy), of(before)) || (part === "the notification channels" && isSilenced) ? [] : [part],
  );
  return parts.length === 0 ? undefined : { policy: policy.name, parts };
}

/** The address that the channel notifies instead, if it was changed outside of Pulumi. */
export function otherAddress(
  { name, email }: { readonly name: string; readonly email: string },
  found: FoundAlerts["channels"],
): string | undefined {
  const channel = found?.find((one) => isSameInProject(one.name, name));
  const now = channel?.labels?.["email_address"];
  return now === undefined || now.toLowerCase() === email.toLowerCase() ? undefined : now;
}

interface NamedAlert {
  readonly name: string;
  readonly displayName?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The policy or channel that a creation with the inputs has left in Google Cloud.
 *
 * @param recorded The names of the policies or channels of the project in the state.
 */
export function createdBefore<Found extends NamedAlert>(
  inputs: object,
  found: readonly Found[],
  recorded: readonly unknown[],
): Found | undefined {
  const contentOf = (one: Partial<NamedAlert> & Content) => [
    one.displayName,
    one.labels?.["email_address"]?.toLowerCase(),
    policyParts["the filter"]?.(one),
  ];
  const isRecorded = ({ name }: Found) => recorded.some((one) => typeof one === "string" && isSameInProject(name, one));
  return found.find((one) => isDeepStrictEqual(contentOf(one), contentOf(inputs)) && !isRecorded(one));
}

/** The services that are needed and not enabled. */
export const servicesOff = <Service extends string>(
  needed: readonly Service[],
  enabled: readonly string[] | undefined,
): Service[] => (enabled === undefined ? [] : needed.filter((service) => !enabled.includes(service)));

/** @param found Undefined if they cannot be read. */
export function missingChannels(channels: readonly string[], found: FoundAlerts["channels"]): string[] {
  return found === undefined
    ? []
    : channels.filter((channel) => !found.some(({ name }) => isSameInProject(name, channel)));
}

/** Why the channel notifies nobody, although it exists. */
export function channelProblem({
  enabled = true,
  verificationStatus,
}: NotificationChannel): "disabled" | "unverified" | undefined {
  return enabled ? (verificationStatus === "UNVERIFIED" ? "unverified" : undefined) : "disabled";
}

/** @param found Undefined if they cannot be read: then the policy's channels count as they are. */
export function notifiesSomebody(
  { enabled = true, notificationChannels = [] }: AlertPolicy,
  found: FoundAlerts["channels"],
): boolean {
  const reaches = (channel: string) => found?.some((one) => isSameInProject(one.name, channel) && !channelProblem(one));
  return enabled && notificationChannels.some((channel) => reaches(channel) !== false);
}

/** An address that gets each notification several times, and its existing channels. */
export interface RepeatedAddress {
  readonly email: string;
  readonly channels: readonly string[];
}

/** The addresses of alerts that the config also has as an existing channel, or as several. Case is not significant. */
export function repeatedAddresses(
  { addresses, channels }: { readonly addresses: readonly string[]; readonly channels: readonly unknown[] },
  found: FoundAlerts["channels"],
): RepeatedAddress[] {
  const named = (found ?? []).filter(({ type, name }) => {
    const isNamed = channels.some((channel) => typeof channel === "string" && isSameInProject(channel, name));
    return type === "email" && isNamed;
  });
  const byAddress = Map.groupBy(named, ({ labels = {} }) => (labels["email_address"] ?? "").toLowerCase());
  return [...byAddress]
    .filter(([email, each]) => each.length + (addresses.includes(email) ? 1 : 0) > 1)
    .map(([email, each]) => ({ email, channels: each.map(({ name }) => name).sort() }));
}

function silent(policy: AlertPolicy): GoneAlerts["silent"] {
  const reason = silentReason(policy);
  return reason && { policy: policy.name, reason };
}

/** Why the policy notifies nobody, although it exists. */
export function silentReason({ enabled = true, notificationChannels = [] }: Content) {
  if (!enabled) return "is disabled";
  return notificationChannels.length === 0 ? "has no notification channel" : undefined;
}
