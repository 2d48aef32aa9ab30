/** The grants of a resource's state: a role to one member, a role to all its members, or all roles of a place. */
import { z } from "zod";
import { grantTypeOf } from "../../components/internal.ts";
import type { GrantType } from "../../components/internal.ts";
import { normalizeMember } from "../../onboarding/index.ts";
import { privilegeOf, roleNames, roles } from "../../guide/index.ts";
import type { Privilege, RoleName } from "../../guide/index.ts";
import { code, listed, own, compose, shown, strong } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { knownText, valueOf } from "./values.ts";

export interface Grant extends Pick<GrantType, "kind"> {
  readonly place: Place;
  /** Equal for all grants at the same place. Undefined if the place is hidden. */
  readonly placeKey: string | undefined;
  /** One, unless it is a policy, with the most important first. */
  readonly roles: readonly GrantedRole[];
}

export interface GrantedRole {
  readonly name: RoleName | undefined;
  /** Whether the preview hides the role, which then may be any. */
  readonly isHidden: boolean;
  readonly privilege: Privilege | undefined;
  /** Equal for the same role under the same condition. Undefined if one of them is hidden. */
  readonly key: string | undefined;
  /** The role, under its condition. */
  readonly what: Phrase;
  readonly members: readonly Member[];
}

interface Member {
  readonly phrase: Phrase;
  /** The member as IAM compares it. Undefined if it is hidden. */
  readonly identity: string | undefined;
  /** Equal for the same member of the same role. Undefined if one of them is hidden. */
  readonly key: string | undefined;
}

/** Source: https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
const policyShape = z.object({
  bindings: z
    .array(z.object({ role: z.string(), members: z.array(z.string()).nullish(), condition: z.unknown().optional() }))
    .nullish(),
});

/** A grant at a resource of any other kind, such as `gcp:storage/bucketIAMMember:BucketIAMMember`. */
const otherGrant = /^gcp:\w+\/\w*iam(Member|Binding|Policy):\w*iam\1$/i;

/** The inputs of a grant, in addition to its place. */
const grantInputs = ["role", "member", "members", "policyData", "condition", "etag"];

interface Granting {
  readonly kind: GrantType["kind"];
  /** Undefined if it is not in the resource hierarchy. */
  readonly level: GrantType["level"] | undefined;
  readonly property: string | undefined;
}

function grantingOf(type: string): Granting | undefined {
  const granting = grantTypeOf(type);
  if (granting !== undefined) return granting;
  const [, kind] = otherGrant.exec(type) ?? [];
  if (kind === undefined) return undefined;
  const kinds = { member: "Member", binding: "Binding", policy: "Policy" } as const;
  return { kind: kinds[kind.toLowerCase() as keyof typeof kinds], level: undefined, property: undefined };
}

/** The inputs of a grant's resource that sentences describe. Undefined if they describe all of them. */
export function knownGrantProperties(type: string): readonly string[] | undefined {
  const property = grantingOf(type)?.property;
  return property === undefined ? undefined : [property, ...grantInputs];
}

/** Undefined if the step is not a grant, or there is no state. */
export function grantOf({ type, name }: Step, state: State | undefined): Grant | undefined {
  const granting = grantingOf(type);
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
  if (property === undefined) return { kind, ...otherPlace(type, inputs), roles: granted };
  const place = placeOf(inputs[property], name, level);
  const text = knownText(inputs[property]);
  // The number of a folder or an organization may have a prefix or not.
  const placeKey =
    text === undefined ? undefined : `${String(level)} ${text.replace(/^(organizations|folders|projects)\//, "")}`;
  return { kind, place, placeKey, roles: granted };
}

/** A resource with its own IAM policy, such as a bucket or a service account: named by its type and its properties. */
function otherPlace(type: string, inputs: State["inputs"]): Pick<Grant, "place" | "placeKey"> {
  const names = Object.keys(inputs)
    .filter((name) => !grantInputs.includes(name) && name !== "__defaults")
    .sort();
  const kind = type.replace(/(IAM|Iam)(Member|Binding|Policy)$/, "");
  const key = names.map((name) => knownText(inputs[name]));
  const phrase = compose`${code(kind)} ${listed(names.map((name) => shown(inputs[name], name)))}`;
  return {
    place: { level: undefined, resourceName: undefined, phrase },
    placeKey: key.includes(undefined) ? undefined : JSON.stringify([kind, names, key]),
  };
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
  const { expression = condition ?? undefined, title, description } = (condition ?? {}) as Record<string, unknown>;
  const isKnown = [text, expression, title, description].every(
    (value) => value === undefined || valueOf(value).kind === "known",
  );
  return {
    name,
    isHidden: text === undefined,
    privilege: text === undefined ? undefined : privilegeOf(text),
    key: text === undefined || !isKnown ? undefined : JSON.stringify([text, expression, title, description]),
    what: expression === undefined ? what : compose`${what}, if ${shown(expression, "a condition")},`,
    members: members.map((member) => {
      const who = knownText(member);
      return {
        phrase: shown(member, nameOfMember),
        identity: who === undefined ? undefined : normalizeMember(who),
        key: text === undefined || who === undefined ? undefined : JSON.stringify([text, member, condition]),
      };
    }),
  };
}

function rolesOfPolicy(policyData: unknown): GrantedRole[] {
  const { data } = policyShape.safeParse(documentOf(knownText(policyData)));
  if (data === undefined)
    return [
      {
        name: undefined,
        isHidden: true,
        privilege: undefined,
        key: undefined,
        what: own(`roles that are ${hidden(policyData)}`),
        members: [{ phrase: own("somebody"), identity: undefined, key: undefined }],
      },
    ];
  const all = (data.bindings ?? []).map((binding) => grantedRole(binding, binding.members ?? [], "a member"));
  const rank = (role: GrantedRole) => {
    if (mayBeAdministrator(role)) return 0;
    if (role.privilege !== undefined) return 1;
    return role.name === undefined ? 3 : 2;
  };
  return all.sort((one, other) => rank(one) - rank(other));
}

function documentOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "") as unknown;
  } catch {
    return undefined;
  }
}

function hidden(property: unknown): string {
  return { secret: "a secret", unknown: "known after the update", known: "not shown" }[valueOf(property).kind];
}
