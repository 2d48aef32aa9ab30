/**
 * Decides from what was read whether Google would reject an update. The program's preview and `care doctor` share this code.
 * A fact that could not be read never counts as a refusal.
 */
import { domainOf, normalizeDomain, normalizeMember } from "../../onboarding/index.ts";
import { isForServiceHealth, supportEvents } from "../../guide/index.ts";
import { idIn, isSameInProject, policyLimits } from "../../google/index.ts";
import type {
  AlertPolicy,
  Answer,
  EssentialContact,
  GoogleError,
  NotificationChannel,
  Policy,
} from "../../google/index.ts";
import { isRejected, isRejectedByManaged, memberConstraints, refusalsOf } from "./constraints.ts";
import type { EffectivePolicies, MemberOrganizations } from "./constraints.ts";
import { needsOf } from "./needs.ts";
import { goneAlertsRemedy, missingChannels, notifiesSomebody, repeatedAddresses } from "./goneAlerts.ts";
import type { RepeatedAddress } from "./goneAlerts.ts";
import type { Need } from "./need.ts";
import type { Wanted, WantedGrant } from "./needs.ts";
import { areSubscriptionsDenied, eventRefusals } from "./supportEvents.ts";
import type { EventFacts, EventRefusal } from "./supportEvents.ts";

/** Part of the error for a contact that somebody else created. `care fleet` searches for it. */
export const secondContactRefused = "and Google refuses a second one";

/** What was read about a place. Absent facts were not requested. */
export interface UpdateFacts extends EventFacts {
  /** The caller's permissions, among those of `permissionsToAsk`. */
  readonly permissions?: Answer<readonly string[]> | undefined;
  readonly policy?: Answer<Policy> | undefined;
  readonly contacts?: Answer<readonly EssentialContact[]> | undefined;
  readonly alertPolicies?: Answer<readonly AlertPolicy[]> | undefined;
  readonly alertChannels?: Answer<readonly NotificationChannel[]> | undefined;
  /** The policies of `constraintsOf`. */
  readonly orgPolicies?: EffectivePolicies | undefined;
}

export type AlertFacts = Pick<UpdateFacts, "alertPolicies" | "alertChannels">;

/** Facts from outside the place. */
export interface RefusalContext {
  readonly memberOrganizations: MemberOrganizations;
  /** Such as `user:ada@example.com`; undefined if it is not known. */
  readonly caller?: string | undefined;
  /** Grants of the same update, at the place or above it, that are created first. */
  readonly grantedFirst: readonly WantedGrant[];
}

/** An `error` is certain, a `warning` is likely, a `note` is possible. */
export type Level = "error" | "warning" | "note";

export type Refusal = { readonly level: Level } & (
  | { readonly kind: "contact-exists"; readonly email: string }
  | {
      readonly kind: "contact-domain-restricted";
      readonly constraint: string;
      /** Such as `@example.com`. */
      readonly domain: string;
      readonly emails: readonly string[];
    }
  | {
      readonly kind: "member-restricted";
      readonly constraint: string;
      readonly members: readonly string[];
    }
  | {
      readonly kind: "policy-full";
      readonly what: "members" | "groups";
      readonly count: number;
      readonly most: number;
      readonly added: number;
    }
  | { readonly kind: "alert-channel-not-found"; readonly channels: readonly string[] }
  | { readonly kind: "alerts-exist"; readonly policies: readonly AlertPolicy[] }
  | { readonly kind: "notified-twice"; readonly addresses: readonly RepeatedAddress[] }
  | { readonly kind: "service-restricted"; readonly service: string }
  | { readonly kind: "permission-missing"; readonly need: Need; readonly missing: readonly string[] }
  | EventRefusal
);

/**
 * A constraint and its managed successor, which Google sets for each new organization. Both apply independently.
 *
 * Source: https://cloud.google.com/resource-manager/docs/secure-by-default-organizations
 */
const contactConstraints = [
  "essentialcontacts.allowedContactDomains",
  "essentialcontacts.managed.allowedContactDomains",
] as const;

const serviceConstraint = "gcp.restrictServiceUsage";

/** The constraints that can reject what an update creates at a place. */
export function constraintsOf({ services, grants, contacts, topic }: Wanted): string[] {
  return [
    ...(services.length > 0 ? [serviceConstraint] : []),
    ...(contacts.length > 0 ? contactConstraints : []),
    ...(grants.length > 0 || topic !== undefined ? memberConstraints : []),
  ];
}

/** The members of a role without a condition. A grant with a condition is a different grant. */
function membersOf(policy: Policy | undefined, role: string): string[] {
  return (policy?.bindings ?? []).flatMap((binding) =>
    binding.role === role && binding.condition === undefined ? (binding.members ?? []) : [],
  );
}

export function isGranted(policy: Policy | undefined, role: string, member: string): boolean {
  return membersOf(policy, role).some((other) => normalizeMember(other) === normalizeMember(member));
}

/** The new grants. Constraints do not apply to members who already have the role. */
function addedGrants({ grants }: Wanted, { policy }: UpdateFacts): WantedGrant[] {
  return grants.filter(({ role, member }) => !isGranted(policy?.value, role, member));
}

/**
 * @param wanted What the update would create at the place.
 * @param whole Everything in the config at the place. Permissions missing for the rest are warnings. @default wanted
 */
export function refusalsAt(
  wanted: Wanted,
  facts: UpdateFacts,
  context: RefusalContext,
  whole: Wanted = wanted,
): Refusal[] {
  const missing = missingPermissions(wanted, whole, facts, context);
  return [
    ...missing,
    ...refusedEvents(wanted, facts, context, missing),
    ...restrictedServices(wanted, facts),
    ...restrictedContacts(wanted, facts),
    ...restrictedMembers(wanted, facts, context.memberOrganizations),
    ...exceededLimits(wanted, facts),
    ...existingContacts(wanted, facts),
    ...absentChannels(wanted, facts),
    ...existingAlerts(wanted, facts),
    ...notifiedTwice(wanted, facts),
  ];
}

/** Whether the caller cannot use the quota project. */
export function isQuotaProjectDenied(error: GoogleError | undefined): boolean {
  return error?.reason === "USER_PROJECT_DENIED";
}

/**
 * Whether Essential Contacts rejects the gcp provider's requests for lack of a quota project: user credentials have no project,
 * and the provider ignores the quota project in the credentials.
 *
 * @param principal The principal of the credentials.
 * @param quotaProject The quota project that the provider sends.
 */
export function isQuotaProjectMissing(principal: string | undefined, quotaProject: string | undefined): boolean {
  return principal?.startsWith("user:") === true && quotaProject === undefined;
}

function missingPermissions(wanted: Wanted, whole: Wanted, facts: UpdateFacts, context: RefusalContext): Refusal[] {
  const { permissions } = facts;
  const permitted = permissions?.value;
  if (permitted === undefined) return [];
  const isNew = new Set(needsOf(wanted).map(({ part }) => part));
  return needsOf(whole).flatMap((need): Refusal[] => {
    const missing = need.permissions.filter((permission) => !permitted.includes(permission));
    if (missing.length === 0) return [];
    const gained = grantedBefore(need, context);
    if (gained === "surely") return [];
    const isNeededNow =
      missing.some((permission) => need.later?.includes(permission) !== true) ||
      (need.part === "subscription" && areSubscriptionsDenied(facts));
    const isFatal = isNew.has(need.part) && isNeededNow;
    return [{ level: isFatal && gained === "no" ? "error" : "warning", kind: "permission-missing", need, missing }];
  });
}

/** Grants of the update can still give the caller the role that the subscription needs. */
function refusedEvents(
  wanted: Wanted,
  facts: UpdateFacts,
  context: RefusalContext,
  missing: readonly Refusal[],
): Refusal[] {
  const isGained = needsOf({ ...wanted, topic: undefined }).some(
    (need) => need.part === "subscription" && grantedBefore(need, context) !== "no",
  );
  const isMissing = missing.some((one) => one.kind === "permission-missing" && one.need.part === "subscription");
  return eventRefusals(wanted, facts, isMissing || isGained).map((one) => ({ level: "error", ...one }));
}

/** Whether the update grants the caller the role before it is needed. Members of groups are not known. */
function grantedBefore({ role, part }: Need, { caller, grantedFirst }: RefusalContext): "surely" | "maybe" | "no" {
  if (part !== "contacts" && part !== "case" && part !== "subscription") return "no";
  const members = grantedFirst.filter((grant) => grant.role === role).map(({ member }) => normalizeMember(member));
  if (caller !== undefined && members.includes(normalizeMember(caller))) return "surely";
  const mayBeCaller = (member: string) => caller === undefined || !/^(user|serviceAccount):/.test(member);
  return members.some(mayBeCaller) ? "maybe" : "no";
}

function restrictedServices({ services }: Wanted, { orgPolicies }: UpdateFacts): Refusal[] {
  return services
    .filter((service) => isRejected(orgPolicies?.[serviceConstraint]?.value, (value) => value === service))
    .map((service) => ({ level: "error", kind: "service-restricted", service }));
}

function restrictedContacts({ contacts }: Wanted, { orgPolicies = {} }: UpdateFacts): Refusal[] {
  const [legacy, managed] = contactConstraints;
  const { [legacy]: list, [managed]: parameters } = orgPolicies;
  const byDomain = Map.groupBy(
    contacts.map(({ email }) => email),
    (email) => `@${domainOf(email) ?? ""}`,
  );
  return [...byDomain].flatMap(([domain, emails]) => {
    const isDomain = (value: string) => normalizeDomain(value) === domain;
    const isRefusedBy = {
      [legacy]: isRejected(list?.value, isDomain),
      [managed]: isRejectedByManaged(parameters?.value, isDomain),
    };
    return contactConstraints
      .filter((constraint) => isRefusedBy[constraint])
      .map((constraint): Refusal => ({
        level: "error",
        kind: "contact-domain-restricted",
        constraint,
        domain,
        emails,
      }));
  });
}

function restrictedMembers(wanted: Wanted, facts: UpdateFacts, organizations: MemberOrganizations): Refusal[] {
  const publisher = wanted.topic === undefined ? [] : [supportEvents.publisher];
  const members = [...new Set([...addedGrants(wanted, facts).map(({ member }) => member), ...publisher])];
  const refusals = members.flatMap((member) =>
    refusalsOf(member, wanted.resource, facts.orgPolicies, organizations).map((refusal) => ({ member, ...refusal })),
  );
  const alike = Map.groupBy(refusals, ({ constraint, isCertain, isSeen }) =>
    [constraint, isCertain ? "error" : isSeen ? "warning" : "note"].join(" "),
  );
  return [...alike].map(([key, each]) => {
    const [constraint = "", level] = key.split(" ") as [string, Level];
    return { level, kind: "member-restricted", constraint, members: each.map(({ member }) => member) };
  });
}

function exceededLimits(wanted: Wanted, facts: UpdateFacts): Refusal[] {
  const policy = facts.policy?.value;
  if (policy === undefined) return [];
  const added = addedGrants(wanted, facts).map(({ member }) => member);
  const all = [...(policy.bindings ?? []).flatMap(({ members = [] }) => members), ...added];
  const groups = all.filter((member) => member.startsWith("group:"));
  return [
    { what: "members" as const, count: all.length, most: policyLimits.members },
    { what: "groups" as const, count: groups.length, most: policyLimits.groups },
  ]
    .filter(({ count, most }) => added.length > 0 && count > most)
    .map((over) => ({ level: "error", kind: "policy-full", ...over, added: added.length }));
}

/** A contact of the state. */
export interface RecordedContact {
  /** Google's resource name. */
  readonly name: string;
  readonly email: string;
  /** As the API names them. */
  readonly categories: readonly string[];
  readonly language: string;
}

/** The remedy for a change of a contact that somebody has deleted outside of Pulumi. */
export const goneContactRemedy = "run pulumi up --refresh, which creates it again";

/** The contact with the address. Case is not significant. */
export const withAddress = (address: string, found: readonly EssentialContact[] | undefined) =>
  found?.find(({ email = "" }) => email.toLowerCase() === address.toLowerCase());

/** The contacts that the config changes, but that no longer exist. */
export function goneContacts(
  wanted: readonly Omit<RecordedContact, "name">[],
  recorded: readonly RecordedContact[],
  found: readonly EssentialContact[] | undefined,
): RecordedContact[] {
  if (found === undefined) return [];
  const existing = new Set(found.map(({ name }) => name));
  const key = ({ categories, language }: Omit<RecordedContact, "name">) => [[...categories].sort(), language].join(" ");
  return recorded.filter((one) => {
    const now = wanted.find(({ email }) => email.toLowerCase() === one.email.toLowerCase());
    return now !== undefined && key(now) !== key(one) && !existing.has(one.name);
  });
}

function existingContacts({ contacts }: Wanted, { contacts: found }: UpdateFacts): Refusal[] {
  return contacts
    .filter(({ email }) => withAddress(email, found?.value) !== undefined)
    .map(({ email }) => ({ level: "error", kind: "contact-exists", email }));
}

/** Google rejects a policy with a channel that does not exist. */
function absentChannels({ alerts }: Wanted, { alertChannels }: UpdateFacts): Refusal[] {
  const channels = (alerts?.channels ?? []).filter((channel) => typeof channel === "string");
  const absent = missingChannels(channels, alertChannels?.value);
  return absent.length === 0 ? [] : [{ level: "error", kind: "alert-channel-not-found", channels: absent }];
}

/**
 * Policies that the stack does not manage, and that notify somebody of the same events: people on both are notified twice.
 *
 * @param own The names of the stack's own policies.
 */
export function otherAlerts({ alertPolicies, alertChannels }: AlertFacts, own: readonly string[]): AlertPolicy[] {
  return (alertPolicies?.value ?? []).filter(
    (policy) =>
      isForServiceHealth(policy) &&
      notifiesSomebody(policy, alertChannels?.value) &&
      !own.some((name) => isSameInProject(name, policy.name)),
  );
}

/** @param adopt The commands that import a policy; undefined in another program. */
export function gonePolicyRemedy(facts: AlertFacts, adopt: string | undefined): string {
  const [other] = otherAlerts(facts, []);
  if (other === undefined) return goneAlertsRemedy;
  return adopt === undefined
    ? `if ${other.name} replaces it, delete that one; then ${goneAlertsRemedy}`
    : `if ${other.name} replaces it, run pulumi refresh, then ${adopt}; otherwise ${goneAlertsRemedy}`;
}

/** If the stack's policy is deployed, only `care doctor` reports others: the preview does not read what does not change. */
function existingAlerts({ alerts }: Wanted, facts: UpdateFacts): Refusal[] {
  if (alerts === undefined || alerts.isNew === false) return [];
  // The stack's policies leave the state, become the component's by an alias, or get a warning of their own (heldTwice.ts).
  const policies = otherAlerts(facts, alerts.plain ?? []);
  return policies.length === 0 ? [] : [{ level: "note", kind: "alerts-exist", policies }];
}

function notifiedTwice({ alerts }: Wanted, { alertChannels }: UpdateFacts): Refusal[] {
  const addresses = alerts === undefined ? [] : repeatedAddresses(alerts.whole ?? alerts, alertChannels?.value);
  return addresses.length === 0 ? [] : [{ level: "note", kind: "notified-twice", addresses }];
}

/**
 * Google keeps a deleted subscription for some time, and the provider's refresh treats it as existing.
 *
 * Source: https://docs.cloud.google.com/sdk/gcloud/reference/support/support-event-subscriptions/undelete
 *
 * @param organization `organizations/NUMBER`.
 * @param name The ID, alone or at the end of the name.
 */
export function goneSubscriptionRemedy(organization: string, name: string): string {
  return `run gcloud support support-event-subscriptions undelete ${idIn(name)} --organization=${idIn(organization)}, or, once Google has purged it, pulumi up --refresh, which creates it again`;
}
