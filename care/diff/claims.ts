/**
 * The grants and contacts that a step removes, creates or keeps, by the inputs only: two resources can be the same grant or contact
 * with different names, components and types.
 */
import { contactType } from "../../components/internal.ts";
import { stays } from "./change.ts";
import { grantOf } from "./grants.ts";
import { listed, own, compose, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { placeOf } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { knownText } from "./values.ts";

/** Part of an identity. `any` matches everything; undefined is a secret, or only known after the update. */
type Part = string | undefined | typeof any;

const any = Symbol("any");

export interface Claim {
  readonly kind: "grant" | "contact";
  /** The place's type, so that a hidden place is only compared with places of its type. */
  readonly where: string;
  /** The place, the role under its condition and the member; or the place and the e-mail address. */
  readonly identity: readonly Part[];
  /** Such as "`user:a@b.c` with **Editor** on project `p`". */
  readonly phrase: Phrase;
}

/** The claims that the step removes after the update has created everything else. */
export function claimsRemoved(step: Step, deletedUrns: ReadonlySet<string>): Claim[] {
  const { op, before, after } = step;
  if (before === undefined || stays(step)) return [];
  if (op === "delete")
    return before.deletedWith !== undefined && deletedUrns.has(before.deletedWith) ? [] : claimsOf(step, before, true);
  if (op === "replace") return claimsOf(step, before, true);
  if (op !== "update" || after === undefined) return [];
  const left = claimsOf(step, after, false);
  return claimsOf(step, before, false).filter((claim) => !left.some((other) => overlap(claim, other) === "sure"));
}

/** The claims that exist after the update, according to the step. */
export function claimsKept({ op, ...step }: Step): Claim[] {
  if (!["create", "replace", "update", "import", "same"].includes(op)) return [];
  return claimsOf({ op, ...step }, step.after ?? step.before, false);
}

/** Whether both are the same, as far as a preview shows. */
export function overlap(one: Claim, other: Claim): "sure" | "perhaps" | "no" {
  if (one.kind !== other.kind || one.where !== other.where) return "no";
  let unknown = 0;
  for (const [index, part] of one.identity.entries()) {
    const against = other.identity[index];
    if (part === any || against === any) continue;
    if (part === undefined || against === undefined || (index === 0 && mayBeOneProject(part, against))) unknown++;
    else if (part !== against) return "no";
  }
  if (unknown === 0) return "sure";
  // If nothing is known, anything could be the same.
  return unknown < one.identity.length ? "perhaps" : "no";
}

/** Whether one is a project's number and the other a project's ID: a preview does not show whether they are the same project. */
function mayBeOneProject(...places: readonly [string, string]): boolean {
  const [one, other] = places.map((place) => /^project(?: |s\/)(.+)$/.exec(place)?.[1]);
  return one !== undefined && other !== undefined && /^\d+$/.test(one) !== /^\d+$/.test(other);
}

/** @param isWhole Whether the deletion of a binding or a policy removes everybody's grants, also of members it does not name. */
function claimsOf(step: Step, state: State | undefined, isWhole: boolean): Claim[] {
  if (state === undefined) return [];
  if (step.type === contactType) return [contactClaim(step, state)];
  const grant = grantOf(step, state);
  if (grant === undefined) return [];
  const { kind, place, placeKey, roles } = grant;
  const where = place.level ?? "other";
  if (isWhole && kind === "Policy")
    return [{ kind: "grant", where, identity: [placeKey, any, any], phrase: compose`all roles on ${place.phrase}` }];
  return roles.flatMap((role): Claim[] => {
    if (isWhole && kind === "Binding")
      return [
        { kind: "grant", where, identity: [placeKey, role.key, any], phrase: compose`${role.what} on ${place.phrase}` },
      ];
    return role.members.map(({ identity, phrase }) => ({
      kind: "grant",
      where,
      identity: [placeKey, role.key, identity],
      phrase: compose`${role.what} of ${phrase} on ${place.phrase}`,
    }));
  });
}

function contactClaim({ name }: Step, { inputs }: State): Claim {
  const { email, parent } = inputs;
  const place = placeOf(parent, name);
  return {
    kind: "contact",
    where: place.level ?? "other",
    identity: [knownText(parent), knownText(email)?.toLowerCase()],
    phrase: compose`the contact ${shown(email, name.slice(name.lastIndexOf("/") + 1))} of ${place.phrase}`,
  };
}

/** Each phrase once. */
export function phrasesOf(claims: readonly Claim[]): Phrase {
  const phrases = new Map(claims.map(({ phrase }) => [JSON.stringify(phrase), phrase]));
  return phrases.size === 0 ? own("nothing") : listed([...phrases.values()]);
}
