/** What a state grants: a role to one member, a role to all its members, or all roles of a place. */
import { z } from "zod";
import { grantTypeOf } from "../../components/grantTypes.ts";
import type { GrantType } from "../../components/grantTypes.ts";
import { roleNames, roles } from "../../guide/index.ts";
import type { RoleName } from "../../guide/index.ts";
import { own, say, shown, strong } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { knownText, valueOf } from "./values.ts";

export interface Grant extends Pick<GrantType, "kind"> {
  readonly place: Place;
  /** One, unless it is a policy: those that matter most come first. */
  readonly roles: readonly GrantedRole[];
}

export interface GrantedRole {
  readonly name: RoleName | undefined;
  /** Whether the preview does not tell which it is: then it may be any. */
  readonly isHidden: boolean;
  /** The role, under its condition. */
  readonly what: Phrase;
  readonly members: readonly Member[];
}

interface Member {
  readonly phrase: Phrase;
  /** The same for the same member of the same role. Undefined where one of them is not told. */
  readonly key: string | undefined;
}

/** Source: https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
const policyShape = z.object({
  bindings: z
    .array(z.object({ role: z.string(), members: z.array(z.string()).nullish(), condition: z.unknown().optional() }))
    .nullish(),
});

/** Nothing where the step is no grant, or there is no state. */
export function grantOf({ type, name }: Step, state: State | undefined): Grant | undefined {
  const granting = grantTypeOf(type);
  if (granting === undefined || state === undefined) return undefined;
  const { kind, level, property } = granting;
  const { inputs } = state;
  const granted = {
    Member: () => [grantedRole(inputs, [inputs["member"]], name.slice(name.lastIndexOf("/") + 1))],
    Binding: () => [
      grantedRole(inputs, Array.isArray(inputs["members"]) ? inputs["members"] : [inputs["members"]], "its members"),
    ],
    Policy: () => rolesOfPolicy(inputs["policyData"]),
  }[kind]();
  return { kind, place: placeOf(inputs[property], name, level), roles: granted };
}

export function mayBeAdministrator({ name, isHidden }: GrantedRole): boolean {
  return name === "administrators" || isHidden;
}

function grantedRole(
  { role, condition }: Readonly<Record<string, unknown>>,
  members: readonly unknown[],
  nameOfMember: string,
): GrantedRole {
  const text = knownText(role);
  const name = roleNames.find((one) => roles[one].role === text);
  const what =
    text === undefined
      ? own(`a role that is ${hidden(role)}`)
      : name === undefined
        ? shown(role, "")
        : strong(roles[name].displayName);
  const expression =
    (condition as Record<string, unknown> | null | undefined)?.["expression"] ?? condition ?? undefined;
  return {
    name,
    isHidden: text === undefined,
    what: expression === undefined ? what : say`${what}, where ${shown(expression, "a condition")} holds,`,
    members: members.map((member) => ({
      phrase: shown(member, nameOfMember),
      key:
        text === undefined || knownText(member) === undefined ? undefined : JSON.stringify([text, member, condition]),
    })),
  };
}

function rolesOfPolicy(policyData: unknown): GrantedRole[] {
  const { data } = policyShape.safeParse(documentOf(knownText(policyData)));
  if (data === undefined)
    return [
      {
        ...{ name: undefined, isHidden: true, what: own(`roles that are ${hidden(policyData)}`) },
        members: [{ phrase: own("somebody"), key: undefined }],
      },
    ];
  const all = (data.bindings ?? []).map((binding) => grantedRole(binding, binding.members ?? [], "a member"));
  const isLesser = (role: GrantedRole) => (mayBeAdministrator(role) ? 0 : role.name === undefined ? 2 : 1);
  return all.sort((one, other) => isLesser(one) - isLesser(other));
}

function documentOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "") as unknown;
  } catch {
    return undefined;
  }
}

function hidden(property: unknown): string {
  return { secret: "a secret", unknown: "known after the update", known: "not told" }[valueOf(property).kind];
}
