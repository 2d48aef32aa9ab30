/**
 * Whether the constraints of an organization allow a member.
 *
 * Sources: https://cloud.google.com/resource-manager/docs/organization-policy/restricting-domains for the values of
 * `iam.allowedPolicyMemberDomains`, https://cloud.google.com/iam/docs/allow-policies-managed-constraint for the parameters of
 * its successor
 */
import { domainOf, normalizeDomain } from "../../onboarding/index.ts";
import type { EffectivePolicy, Organization } from "../../google/index.ts";
import { enforcedRules, textsOf } from "./checks/policyRules.ts";

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

export interface Refusal {
  readonly constraint: Constraint;
  /** Whether it is certain; else the caller does not see whose the member's domain is. */
  readonly isCertain: boolean;
  /** Whether each organization that is allowed could be seen: the member is then of another one, or of a secondary domain. */
  readonly isSeen: boolean;
}

/** The constraints that refuse a member, or may. A service account or a federated principal is decided only where nothing is allowed. */
export function refusalsOf(
  member: string,
  policies: EffectivePolicies | undefined,
  organizations: readonly Organization[],
): Refusal[] {
  const domain = workspaceDomainOf(member);
  const own = organizations.find(({ displayName = "" }) => normalizeDomain(displayName) === domain);
  return [...restrictions(policies)].flatMap(([constraint, { members, principals }]): Refusal[] => {
    if (members.includes(member)) return [];
    if (principals.length === 0) return [{ constraint, isCertain: true, isSeen: true }];
    if (domain === undefined) return [];
    const isAllowed = (one: Organization) => namesOf(one).some((name) => principals.includes(name));
    if (own !== undefined) return isAllowed(own) ? [] : [{ constraint, isCertain: true, isSeen: true }];
    const isSeen = principals.every((principal) => organizations.some((one) => namesOf(one).includes(principal)));
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
