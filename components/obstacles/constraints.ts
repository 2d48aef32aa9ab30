/**
 * What the constraints of an organization refuse: what the rules of an effective policy come to, of a list constraint and of a managed
 * one, which takes parameters; and whether they allow a member.
 *
 * Sources: https://cloud.google.com/resource-manager/docs/organization-policy/restricting-domains for the values of
 * `iam.allowedPolicyMemberDomains`, https://cloud.google.com/iam/docs/allow-policies-managed-constraint for the parameters of
 * its successor
 */
import { domainOf, normalizeDomain } from "../../onboarding/index.ts";
import type { EffectivePolicy, Organization, PolicyRule } from "../../google/index.ts";

/** The rules of a managed constraint that surely hold: one under a condition may not. */
function enforcedRules(policy: EffectivePolicy | undefined): readonly PolicyRule[] {
  const rules = policy?.spec?.rules ?? [];
  return rules.some(({ condition }) => condition !== undefined) ? [] : rules.filter(({ enforce }) => enforce === true);
}

/** A parameter that is a list of texts. */
function textsOf({ parameters = {} }: PolicyRule, name: string): string[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

/** A set of values by its name, such as `in:some-group`, is not known here: it decides nothing. */
const isGroup = (value: string) => value.startsWith("in:");

/**
 * Whether a list constraint surely refuses a value: what is denied is, and what is not among those that are allowed.
 *
 * Source: https://cloud.google.com/resource-manager/docs/organization-policy/understanding-hierarchy
 */
export function isRefused(policy: EffectivePolicy | undefined, isValue: (value: string) => boolean): boolean {
  const rules = policy?.spec?.rules ?? [];
  const isMeant = (value: string) => isValue(value.replace(/^is:/, ""));
  const allowed = rules.flatMap(({ values }) => values?.allowedValues ?? []);
  const denied = rules.flatMap(({ values }) => values?.deniedValues ?? []);
  if (rules.some(({ denyAll }) => denyAll === true) || denied.some(isMeant)) return true;
  if (rules.some(({ allowAll }) => allowAll === true)) return false;
  return allowed.length > 0 && !allowed.some((value) => isGroup(value) || isMeant(value));
}

/** A managed constraint that is enforced without parameters allows no domain. Source: google/stellar-engine issue 108 */
export function isRefusedByManaged(policy: EffectivePolicy | undefined, isDomain: (value: string) => boolean): boolean {
  const rules = enforcedRules(policy);
  return rules.length > 0 && !rules.some((rule) => textsOf(rule, "allowedDomains").some(isDomain));
}

/** Both hold, each by itself: Google sets the managed successor for each new organization. */
export const memberConstraints = ["iam.allowedPolicyMemberDomains", "iam.managed.allowedPolicyMembers"] as const;

/** By the constraint's name. */
export type EffectivePolicies = Readonly<Record<string, EffectivePolicy>>;

type Constraint = (typeof memberConstraints)[number];

/** What a constraint allows: members by name, and all principals of an organization, by its customer ID or its name. */
interface Allowed {
  readonly members: readonly string[];
  readonly principals: readonly string[];
}

/** What is allowed, by each constraint that surely restricts members. */
function restrictions(policies: EffectivePolicies = {}): Map<Constraint, Allowed> {
  const [list, managed] = memberConstraints;
  const found = new Map<Constraint, Allowed>();
  const rules = policies[list]?.spec?.rules ?? [];
  const isOpen =
    rules.length === 0 || rules.some(({ allowAll, condition }) => allowAll === true || condition !== undefined);
  if (!isOpen)
    found.set(list, {
      members: [],
      principals: rules.flatMap(({ values }) =>
        (values?.allowedValues ?? []).map((value) => value.replace(/^is:/, "")),
      ),
    });
  const enforced = enforcedRules(policies[managed]);
  if (enforced.length > 0)
    found.set(managed, {
      members: enforced.flatMap((rule) => textsOf(rule, "allowedMemberSubjects")),
      principals: enforced.flatMap((rule) => textsOf(rule, "allowedPrincipalSets")),
    });
  return found;
}

/** The customer IDs and the organizations whose principals are allowed; undefined where any member is. */
export function allowedPrincipals(policies: EffectivePolicies | undefined): string[] | undefined {
  const all = [...restrictions(policies).values()];
  return all.length === 0 ? undefined : all.flatMap(({ principals }) => principals);
}

/** The domain of an address of Google Workspace or Cloud Identity. Of a service account it says nothing. */
export function workspaceDomainOf(member: string): string | undefined {
  const [, kind, name = ""] = /^(user|group|domain):(.+)$/.exec(member) ?? [];
  if (kind === undefined) return undefined;
  return kind === "domain" ? normalizeDomain(name) : domainOf(name);
}

/**
 * The organization, folder or project that a service account or a federated principal is of; undefined where the member's name
 * does not tell, as that of a workforce pool and that of a service account of Google's own.
 *
 * Source: https://cloud.google.com/iam/docs/principal-identifiers
 */
export function homeOf(member: string): string | undefined {
  const [, id = ""] =
    /^serviceAccount:[^@]+@(?!gcp-sa-)([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(member) ??
    /^serviceAccount:(\d+)-compute@developer\.gserviceaccount\.com$/.exec(member) ??
    /^serviceAccount:([a-z0-9-]+)@appspot\.gserviceaccount\.com$/.exec(member) ??
    /^serviceAccount:([a-z0-9-]+)\.svc\.id\.goog\[/.exec(member) ??
    /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/(\d+)\//.exec(member) ??
    [];
  if (id !== "") return `projects/${id}`;
  return /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/((?:organizations|folders|projects)\/\d+)\//.exec(
    member,
  )?.[1];
}

/** Whose members there are, as far as the caller sees. */
export interface MemberOrganizations {
  /** Those that the policies allow, and those of the domains of members. */
  readonly seen: readonly Organization[];
  /** That of each member whose domain does not tell it. */
  readonly ofMember: ReadonlyMap<string, Organization>;
}

export interface MemberRefusal {
  readonly constraint: Constraint;
  /** Whether it is certain; else the caller does not see whose the member is. */
  readonly isCertain: boolean;
  /** Whether each organization that is allowed could be seen: the member is then of another one, or of a secondary domain. */
  readonly isSeen: boolean;
}

/**
 * The constraints that refuse a member, or may.
 * @param resource Where it gets a role, such as `projects/shop-dev`.
 */
export function refusalsOf(
  member: string,
  resource: string,
  policies: EffectivePolicies | undefined,
  { seen, ofMember }: MemberOrganizations,
): MemberRefusal[] {
  const domain = workspaceDomainOf(member);
  const own =
    domain === undefined
      ? ofMember.get(member)
      : seen.find(({ displayName = "" }) => normalizeDomain(displayName) === domain);
  return [...restrictions(policies)].flatMap(([constraint, { members, principals }]): MemberRefusal[] => {
    if (members.includes(member)) return [];
    if (principals.length === 0) return [{ constraint, isCertain: true, isSeen: true }];
    const isAllowed = (one: Organization) => namesOf(one).some((name) => principals.includes(name));
    // Where the customer ID is not seen, it may be one that is allowed.
    const isKnown = own?.directoryCustomerId !== undefined || principals.every((principal) => principal.includes("/"));
    if (own !== undefined && isAllowed(own)) return [];
    if (own !== undefined && isKnown) return [{ constraint, isCertain: true, isSeen: true }];
    // A principal of the project itself, whose organization the caller does not see, is mostly of one that is allowed.
    if (homeOf(member) === resource) return [];
    // No name of an organization tells whose a service account is, and no domain does.
    const isSeen =
      domain === undefined || principals.every((principal) => seen.some((one) => namesOf(one).includes(principal)));
    return [{ constraint, isCertain: false, isSeen }];
  });
}

/** How the constraints name an organization. */
function namesOf({ name, directoryCustomerId }: Organization): string[] {
  return [
    ...(directoryCustomerId === undefined ? [] : [directoryCustomerId]),
    `principalSet://iam.googleapis.com/${name}`,
    `//cloudresourcemanager.googleapis.com/${name}`,
  ];
}
