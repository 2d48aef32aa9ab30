/** Grants and contacts that exist and that the config does not name: others created them, and they are not changed. */
import { normalizeMember } from "../../onboarding/index.ts";
import type { Binding, EssentialContact } from "../../google/index.ts";
import { roleNames, roles } from "../../guide/index.ts";
import type { ResourceName } from "../../guide/index.ts";
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
  | { readonly kind: "contact"; readonly where: ResourceName; readonly email: string; readonly name: string };

/** Where the config names grants, those of the guide's roles; where it names contacts, the contacts. */
export function leftAt({ place, policy, contacts }: PlaceReadings): Left[] {
  const { resource: where } = place;
  const taken = new Set(place.contacts.map(({ email }) => contactOf(contacts?.value ?? [], email)?.name));
  return [
    ...(policy?.value?.bindings ?? []).flatMap((binding) => othersIn(binding, place.grants, where)),
    ...(contacts?.value ?? [])
      .filter(({ name }) => !taken.has(name))
      .map(({ email, name }: EssentialContact): Left => ({ kind: "contact", where, email, name })),
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
