/** The grants and contacts that a stack has in its state: what its next destroy takes away. */
import { contactType, grantTypeOf } from "../../components/internal.ts";
import type { RecordedContact } from "../../components/internal.ts";
import { normalizeMember } from "../../onboarding/index.ts";
import type { ResourceName } from "../../guide/index.ts";

export interface Claim {
  /** Of the resource in that stack. */
  readonly urn: string;
  /** `organizations/NUMBER`, `folders/NUMBER`, or `projects/` with what the state has: the ID or the number. */
  readonly resource: ResourceName;
  /** The role and the member, or the e-mail address. */
  readonly thing: string;
}

export const grantThing = (role: string, member: string) => `${role} ${normalizeMember(member)}`;
export const contactThing = (email: string) => email.toLowerCase();

/** A resource in a deployment, as far as it is looked at. */
export interface StateResource {
  readonly id?: string;
  readonly urn?: string;
  readonly type?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly delete?: boolean;
}

/** @param deployment What `pulumi stack export` has under `deployment`. */
export function claimsOf(deployment: unknown): Claim[] {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly StateResource[] };
  return resources.flatMap((resource) => (resource.delete === true ? [] : claimOf(resource)));
}

/** A contact in a state, with what an update compares. */
export interface ContactInState extends RecordedContact {
  readonly resource: ResourceName;
}

export function contactsOf(deployment: unknown): ContactInState[] {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly StateResource[] };
  return resources.flatMap(({ type, outputs = {}, ...resource }) => {
    const { name, email, parent, languageTag: language, notificationCategorySubscriptions: categories } = outputs;
    const isContact = type === contactType && resource.delete !== true && Array.isArray(categories);
    const texts = [name, email, parent, language].map((text) => (typeof text === "string" ? text : undefined));
    const [known = "", address = "", where = "", tag] = texts;
    if (!isContact || tag === undefined) return [];
    return [{ name: known, email: address, resource: where, language: tag, categories: categories.map(String) }];
  });
}

/** Without what is about to be deleted. */
export function urnsOf(deployment: unknown): Set<string> {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly StateResource[] };
  return new Set(resources.flatMap((resource) => (resource.delete === true ? [] : (resource.urn ?? []))));
}

/** At most one. */
export function claimOf({ urn = "", type = "", outputs = {} }: StateResource): Claim[] {
  const text = (field: string) => (typeof outputs[field] === "string" ? outputs[field] : "");
  if (type === contactType) return known({ urn, resource: text("parent"), thing: contactThing(text("email")) });
  const granting = grantTypeOf(type);
  // A grant under a condition is another one than the config's.
  if (granting?.kind !== "Member" || outputs["condition"] != null) return [];
  const collection = `${granting.level}s`;
  const id = text(granting.property).replace(`${collection}/`, "");
  return known({ urn, resource: id && `${collection}/${id}`, thing: grantThing(text("role"), text("member")) });
}

/** A resource that is not in the cloud yet, or a secret, has texts that are absent. */
function known(claim: Claim): Claim[] {
  return claim.resource === "" || claim.thing.trim() === "" ? [] : [claim];
}
