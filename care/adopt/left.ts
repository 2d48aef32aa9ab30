/** What exists and is not the config's: others created it, and it is not changed. */
import { normalizeMember } from "../../onboarding/index.ts";
import type { Binding, EssentialContact } from "../../google/index.ts";
import { roleNames, roles } from "../../guide/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import type { StatesReading } from "../stack/states.ts";
import { alertsLeft } from "./alerts.ts";
import { contactOf } from "./outcome.ts";
import type { PlaceReadings } from "./readCloud.ts";

export type Left =
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
export function leftAt(readings: PlaceReadings, states: StatesReading): Left[] {
  const { place, policy, contacts } = readings;
  const { resource: where } = place;
  const taken = new Set(place.contacts.map(({ email }) => contactOf(contacts?.value ?? [], email)?.name));
  return [
    ...(policy?.value?.bindings ?? []).flatMap((binding) => othersIn(binding, place.grants, where)),
    ...(contacts?.value ?? [])
      .filter(({ name }) => !taken.has(name))
      .map(({ email, name }: EssentialContact): Left => ({ kind: "contact", where, email, name })),
    ...alertsLeft(readings, states),
  ];
}

function othersIn(
  { role, members = [], condition }: Binding,
  named: PlaceReadings["place"]["grants"],
  where: ResourceName,
): Left[] {
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
      ...(condition === undefined ? {} : { condition: condition.expression }),
    }));
}
