/** The grants and contacts in a stack's state, which a destroy removes. */
import { contactType, grantTypeOf } from "../../components/internal.ts";
import type { RecordedContact } from "../../components/internal.ts";
import { normalizeMember } from "../../onboarding/index.ts";
import type { ResourceName } from "../../guide/index.ts";

export interface Claim {
  /** The URN of the resource in that stack. */
  readonly urn: string;
  /** `organizations/NUMBER`, `folders/NUMBER`, or `projects/` with the ID or the number in the state. */
  readonly resource: ResourceName;
  /** The role and the member, or the e-mail address. */
  readonly thing: string;
}

export const grantThing = (role: string, member: string) => `${role} ${normalizeMember(member)}`;
export const contactThing = (email: string) => email.toLowerCase();

/** The parts of a resource in a deployment that are used here. */
export interface StateResource {
  readonly id?: string;
  readonly urn?: string;
  readonly type?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
}

/**
 * The resources of a state, except for those that are about to be deleted.
 *
 * @param deployment The `deployment` of `pulumi stack export`.
 */
export function resourcesOf(deployment: unknown): StateResource[] {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly StateResource[] };
  return resources.filter((resource) => resource.delete !== true);
}

export const claimsOf = (deployment: unknown): Claim[] => resourcesOf(deployment).flatMap(claimOf);

/** A contact in a state, with what an update compares. */
export interface ContactInState extends RecordedContact {
  readonly resource: ResourceName;
}

export function contactsOf(deployment: unknown): ContactInState[] {
  return resourcesOf(deployment).flatMap(({ type, outputs = {} }) => {
    const { name, email, parent, languageTag: language, notificationCategorySubscriptions: categories } = outputs;
    const isContact = type === contactType && Array.isArray(categories);
    const texts = [name, email, parent, language].map((text) => (typeof text === "string" ? text : undefined));
    const [known = "", address = "", where = "", tag] = texts;
    if (!isContact || tag === undefined) return [];
    return [{ name: known, email: address, resource: where, language: tag, categories: categories.map(String) }];
  });
}

export const urnsOf = (deployment: unknown): Set<string> =>
  new Set(resourcesOf(deployment).flatMap(({ urn }) => urn ?? []));

/** At most one. */
export function claimOf({ urn = "", type = "", outputs = {} }: StateResource): Claim[] {
  const text = (field: string) => (typeof outputs[field] === "string" ? outputs[field] : "");
  if (type === contactType) return known({ urn, resource: text("parent"), thing: contactThing(text("email")) });
  const granting = grantTypeOf(type);
  // A grant with a condition is not the config's.
  if (granting?.kind !== "Member" || outputs["condition"] != null) return [];
  const collection = `${granting.level}s`;
  const id = text(granting.property).replace(`${collection}/`, "");
  return known({ urn, resource: id && `${collection}/${id}`, thing: grantThing(text("role"), text("member")) });
}

/** Texts are absent for a secret, and for a resource that is not in the cloud yet. */
function known(claim: Claim): Claim[] {
  return claim.resource === "" || claim.thing.trim() === "" ? [] : [claim];
}
