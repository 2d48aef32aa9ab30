/** Alerts of the state that somebody has deleted or disabled outside of Pulumi. The preview and `care doctor` share these rules. */
import { isSameInProject } from "../../google/index.ts";
import type { AlertPolicy, NotificationChannel } from "../../google/index.ts";

/** The alerts of a project in the state, by Google's resource names. */
export interface RecordedAlerts {
  /** Undefined if there is none. */
  readonly policy?: string | undefined;
  readonly channels: readonly string[];
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
  };
}

/** @param found Undefined if they cannot be read. */
export function missingChannels(channels: readonly string[], found: FoundAlerts["channels"]): string[] {
  return found === undefined
    ? []
    : channels.filter((channel) => !found.some(({ name }) => isSameInProject(name, channel)));
}

/** An address that gets each notification several times, with the existing channels for it. */
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

function silent({ name, enabled = true, notificationChannels = [] }: AlertPolicy): GoneAlerts["silent"] {
  if (!enabled) return { policy: name, reason: "is disabled" };
  return notificationChannels.length === 0 ? { policy: name, reason: "has no notification channel" } : undefined;
}
