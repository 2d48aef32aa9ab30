/**
 * Evaluates organization policy constraints: the rules of list constraints and of managed constraints, which have parameters,
 * and whether they allow a member.
 *
 * Sources: https://cloud.google.com/resource-manager/docs/organization-policy/restricting-domains for the values of
 * `iam.allowedPolicyMemberDomains`, https://cloud.google.com/iam/docs/allow-policies-managed-constraint for the parameters of
 * its successor
 */
import { domainOf, normalizeDomain } from "../../onboarding/index.ts";
import type { Answer, EffectivePolicy, Organization, PolicyRule } from "../../google/index.ts";

/** The rules of a managed constraint that certainly apply. A rule with a condition makes that uncertain. */
function enforcedRules(policy: EffectivePolicy | undefined): readonly PolicyRule[] {
  const rules = policy?.spec?.rules ?? [];
  return rules.some(({ condition }) => condition !== undefined) ? [] : rules.filter(({ enforce }) => enforce === true);
}

/** The value of a parameter that is a list of strings. */
function textsOf({ parameters = {} }: PolicyRule, name: string): string[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

/** A named set of values, such as `in:some-group`. Its values are not known here. */
const isGroup = (value: string) => value.startsWith("in:");

/**
 * Whether a list constraint certainly rejects a value: it is denied, or not in the allowed values.
 *
 * Source: https://cloud.google.com/resource-manager/docs/organization-policy/understanding-hierarchy
 */
export function isRejected(policy: EffectivePolicy | undefined, isValue: (value: string) => boolean): boolean {
  const rules = policy?.spec?.rules ?? [];
  const isMeant = (value: string) => isValue(value.replace(/^is:/, ""));
  const allowed = rules.flatMap(({ values }) => values?.allowedValues ?? []);
  const denied = rules.flatMap(({ values }) => values?.deniedValues ?? []);
  if (rules.some(({ denyAll }) => denyAll === true) || denied.some(isMeant)) return true;
  if (rules.some(({ allowAll }) => allowAll === true)) return false;
  return allowed.length > 0 && !allowed.some((value) => isGroup(value) || isMeant(value));
}

/** A managed constraint that is enforced without parameters allows no domain. Source: google/stellar-engine issue 108 */
export function isRejectedByManaged(
  policy: EffectivePolicy | undefined,
  isDomain: (value: string) => boolean,
): boolean {
  const rules = enforcedRules(policy);
  return rules.length > 0 && !rules.some((rule) => textsOf(rule, "allowedDomains").some(isDomain));
}

/** Both apply independently. Google sets the managed successor for each new organization. */
export const memberConstraints = ["iam.allowedPolicyMemberDomains", "iam.managed.allowedPolicyMembers"] as const;

/** The answer for each constraint, so that a policy that could not be read does not hide the others. */
export type EffectivePolicies = Readonly<Record<string, Answer<EffectivePolicy>>>;

type Constraint = (typeof memberConstraints)[number];

/** What a constraint allows: individual members, and all principals of an organization, by its customer ID or its name. */
interface Allowed {
  readonly members: readonly string[];
  readonly principals: readonly string[];
}

/** The allowed values, for each constraint that certainly restricts members. */
function restrictions(policies: EffectivePolicies = {}): Map<Constraint, Allowed> {
  const [list, managed] = memberConstraints;
  const found = new Map<Constraint, Allowed>();
  const rules = policies[list]?.value?.spec?.rules ?? [];
  const isOpen =
    rules.length === 0 || rules.some(({ allowAll, condition }) => allowAll === true || condition !== undefined);
  if (!isOpen)
    found.set(list, {
      members: [],
      principals: rules.flatMap(({ values }) =>
        (values?.allowedValues ?? []).map((value) => value.replace(/^is:/, "")),
      ),
    });
  const enforced = enforcedRules(policies[managed]?.value);
  if (enforced.length > 0)
    found.set(managed, {
      members: enforced.flatMap((rule) => textsOf(rule, "allowedMemberSubjects")),
      principals: enforced.flatMap((rule) => textsOf(rule, "allowedPrincipalSets")),
    });
  return found;
}

/** The customer IDs and organizations whose principals are allowed; undefined without a restriction. */
export function allowedPrincipals(policies: EffectivePolicies | undefined): string[] | undefined {
  const all = [...restrictions(policies).values()];
  return all.length === 0 ? undefined : all.flatMap(({ principals }) => principals);
}

/** The domain of a Google Workspace or Cloud Identity member; undefined for a service account. */
export function workspaceDomainOf(member: string): string | undefined {
  const [, kind, name = ""] = /^(user|group|domain):(.+)$/.exec(member) ?? [];
  if (kind === undefined) return undefined;
  return kind === "domain" ? normalizeDomain(name) : domainOf(name);
}

/**
 * The organization, folder or project that a service account or a federated principal belongs to; undefined if the member's
 * name does not contain it, as for workforce pools and Google's own service accounts.
 *
 * Source: https://cloud.google.com/iam/docs/principal-identifiers
 */
export function ownerResourceOf(member: string): string | undefined {
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

/** The organizations of members, as far as the caller can see them. */
export interface MemberOrganizations {
  /** The organizations that the policies allow, and those of the members' domains. */
  readonly seen: readonly Organization[];
  /** The organization of each member that is not identified by its domain. */
  readonly ofMember: ReadonlyMap<string, Organization>;
}

export interface MemberRefusal {
  readonly constraint: Constraint;
  /** Whether it is certain. If not, the caller cannot see the member's organization. */
  readonly isCertain: boolean;
  /** Whether the caller can see all allowed organizations. The member then belongs to another one, or to a secondary domain. */
  readonly isSeen: boolean;
}

/**
 * The constraints that reject a member, or may reject it.
 * @param resource The place of the grant, such as `projects/shop-dev`.
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
    // If the caller cannot see the customer ID, it can be one of the allowed ones.
    const isKnown = own?.directoryCustomerId !== undefined || principals.every((principal) => principal.includes("/"));
    if (own !== undefined && isAllowed(own)) return [];
    if (own !== undefined && isKnown) return [{ constraint, isCertain: true, isSeen: true }];
    // The organization of the project itself is usually allowed.
    if (ownerResourceOf(member) === resource) return [];
    // A service account is not identified by an organization's name or domain.
    const isSeen =
      domain === undefined || principals.every((principal) => seen.some((one) => namesOf(one).includes(principal)));
    return [{ constraint, isCertain: false, isSeen }];
  });
}

/** The names of an organization in constraints. */
function namesOf({ name, directoryCustomerId }: Organization): string[] {
  return [
    ...(directoryCustomerId === undefined ? [] : [directoryCustomerId]),
    `principalSet://iam.googleapis.com/${name}`,
    `//cloudresourcemanager.googleapis.com/${name}`,
  ];
}
