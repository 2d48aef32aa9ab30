/** What exists at a place and is not in the config: others created it, and it is not changed. */
import { notifiesSomebody } from "../../components/internal.ts";
import { normalizeMember } from "../../onboarding/index.ts";
import { isSameInProject } from "../../google/index.ts";
import type { Binding, EssentialContact, NotificationChannel } from "../../google/index.ts";
import { isForServiceHealth, roleNames, roles } from "../../guide/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { withoutSecrets } from "../../text/index.ts";
import type { StatesReading } from "../stack/states.ts";
import type { SearchedPlace } from "./alerts.ts";
import { contactOf } from "./outcome.ts";
import type { PlaceReadings } from "./readCloud.ts";

export type LeftToOthers =
  | {
      readonly kind: "grant";
      readonly where: ResourceName;
      readonly role: string;
      readonly member: string;
      readonly condition?: string;
    }
  | { readonly kind: "contact"; readonly where: ResourceName; readonly email: string; readonly name: string }
  /** Another alert policy for incidents of Service Health. */
  | { readonly kind: "alerts"; readonly where: ResourceName; readonly name: string; readonly displayName: string }
  /** Another notification channel for an address of the config. */
  | {
      readonly kind: "channel";
      readonly where: ResourceName;
      readonly name: string;
      readonly displayName: string;
      readonly email: string;
    };

/**
 * Where the config names grants, those of the guide's roles; where it names contacts, the contacts; where it has alerts, those for
 * the same incidents and addresses.
 */
export function leftToOthers(readings: SearchedPlace, states: StatesReading): LeftToOthers[] {
  const { place, policy, contacts } = readings;
  const { resource: where } = place;
  const taken = new Set(place.contacts.map(({ email }) => contactOf(contacts?.value ?? [], email)?.name));
  return [
    ...(policy?.value?.bindings ?? []).flatMap((binding) => othersIn(binding, place.grants, where)),
    ...(contacts?.value ?? [])
      .filter(({ name }) => !taken.has(name))
      .map(({ email, name }: EssentialContact): LeftToOthers => ({ kind: "contact", where, email, name })),
    ...alertsLeftToOthers(readings, states),
  ];
}

function othersIn(
  { role, members = [], condition }: Binding,
  named: PlaceReadings["place"]["grants"],
  where: ResourceName,
): LeftToOthers[] {
  if (!roleNames.some((name) => roles[name].role === role)) return [];
  const isNamed = (member: string) =>
    condition === undefined &&
    named.some((grant) => grant.role === role && normalizeMember(grant.member) === normalizeMember(member));
  return members
    .filter((member) => !isNamed(member))
    .map((member) => ({
      kind: "grant",
      where,
      role,
      member,
      ...(condition === undefined ? {} : { condition: withoutSecrets(condition.expression, "value") }),
    }));
}

/** Policies for the same incidents and channels for the same addresses that neither the stack has nor the import takes over. */
function alertsLeftToOthers(
  { place, alertPolicies, alertChannels, found }: SearchedPlace,
  states: StatesReading,
): LeftToOthers[] {
  const { resource: where, alerts } = place;
  if (alerts === undefined || found === undefined) return [];
  const taken = [found.policy, ...found.channels.values()].map((one) => one?.name);
  const policies = states.managed.filter(({ kind }) => kind === "alerts");
  const own = [...policies.map(({ thing }) => thing), ...states.channels.map(({ name }) => name)];
  const named = [...taken, ...own, ...alerts.channels];
  const isTaken = ({ name }: { readonly name: string }) => named.some((other) => isSameInProject(name, other));
  const addressOf = ({ type, labels = {} }: NotificationChannel) =>
    type === "email" ? (labels["email_address"]?.toLowerCase() ?? "") : "";
  return [
    ...(alertPolicies?.value ?? [])
      .filter(
        (policy) => isForServiceHealth(policy) && notifiesSomebody(policy, alertChannels?.value) && !isTaken(policy),
      )
      .map(({ name, displayName = "" }): LeftToOthers => ({
        kind: "alerts",
        where,
        name,
        displayName: withoutSecrets(displayName, "value"),
      })),
    ...(alertChannels?.value ?? [])
      .filter((channel) => alerts.addresses.includes(addressOf(channel)) && !isTaken(channel))
      .map((channel): LeftToOthers => {
        const { name, displayName = "" } = channel;
        return {
          kind: "channel",
          where,
          name,
          displayName: withoutSecrets(displayName, "value"),
          email: addressOf(channel),
        };
      }),
  ];
}
