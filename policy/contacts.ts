/** Policies on contacts (guide row G5 contacts). */
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { contactType } from "../components/internal.ts";
import { allOf, domainOf, normalizeDomain, oneOf } from "../onboarding/index.ts";
import { cisCategories, notificationCategories } from "../guide/index.ts";
import { sanitized } from "../text/index.ts";
import { iamResource, isSupportRole } from "./iamKinds.ts";
import { known, knownText, validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

const all = notificationCategories.all.apiName;

/**
 * A message for each organization whose contacts do not cover all categories. It only checks organizations where the stack has
 * contacts, or grants a support or contact role, because such a stack manages the organization's contacts.
 */
export function uncoveredCategories(resources: readonly Resource[]): string[] {
  const covered = new Map<string, Set<unknown>>();
  const coveredBy = (organization: string) => {
    const categories = covered.get(organization) ?? new Set();
    covered.set(organization, categories);
    return categories;
  };
  // A contact whose parent is unknown may belong to the organization.
  const ofUnknownParents = new Set<unknown>();
  for (const resource of resources) {
    const { place } = organizationGrant(resource) ?? {};
    if (place !== undefined) coveredBy(place);
    if (resource.type !== contactType) continue;
    const parent = known(() => resource.props["parent"]);
    const isBelowOrganization = typeof parent === "string" && !parent.startsWith("organizations/");
    if (isBelowOrganization) continue;
    const categories = typeof parent === "string" ? coveredBy(parent) : ofUnknownParents;
    for (const category of subscriptions(resource)) categories.add(category);
  }
  return [...covered].flatMap(([organization, categories]) => {
    const isCovered = (category: unknown) => categories.has(category) || ofUnknownParents.has(category);
    const leftOut = cisCategories.filter((name) => !isCovered(notificationCategories[name].apiName) && !isCovered(all));
    return leftOut.length === 0
      ? []
      : [
          `no contact of ${organization} in this stack gets ${allOf(leftOut)}, which the CIS benchmark requires; add an address for each to the contacts of the organization, such as ${String(leftOut[0])}: [${String(leftOut[0])}@example.com], or one for all`,
        ];
  });
}

function organizationGrant(resource: Resource) {
  const iam = iamResource(resource);
  const isOurs = iam?.level === "organization" && isSupportRole(known(() => resource.props["role"]));
  return isOurs ? iam : undefined;
}

/** The categories of a contact. Unknown categories count as all. */
function subscriptions({ props }: Resource): readonly unknown[] {
  const categories = known(() => {
    const given = props["notificationCategorySubscriptions"];
    return Array.isArray(given) ? [...(given as unknown[])] : undefined;
  });
  return categories ?? [all];
}

/**
 * Requires the contacts of an organization to cover the categories of the CIS benchmark (guide row G5 contacts). Without a
 * contact, Google notifies members with certain roles, who may not read the mail.
 */
export const organizationContacts: StackValidationPolicy = {
  name: "organization-contacts",
  description: "The contacts of an organization must cover legal, security, suspension and technical, or all.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, reportViolation) => {
    for (const message of uncoveredCategories(resources)) reportViolation(sanitized(message));
  },
};

export interface ContactDomainsConfig {
  /** Such as `example.com`, without its subdomains. With none, every domain is allowed. */
  readonly allowedDomains: readonly string[];
}

/** A message if the contact's address has another domain. */
export function contactsInOtherDomains({ type, props }: Resource, { allowedDomains }: ContactDomainsConfig): string[] {
  if (type !== contactType || allowedDomains.length === 0) return [];
  const { email } = props;
  // The API rejects an address without a domain.
  const domain = typeof email === "string" ? domainOf(email) : undefined;
  if (domain === undefined) return [];
  const allowed = allowedDomains.map(normalizeDomain);
  if (allowed.includes(domain)) return [];
  const parent = knownText(() => props["parent"], "its parent");
  return [
    `the contact at ${parent} has an address in the domain "${domain}"; write one of ${oneOf(allowed)}, or add the domain to allowedDomains of this policy's config`,
  ];
}

/** Restricts contacts to certain domains, so that notifications stay in the organization (guide row G5 contacts). */
export const contactDomains: ResourceValidationPolicy = {
  name: "contact-domains",
  description: "The addresses of contacts must be in allowed domains.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedDomains: { type: "array", items: { type: "string", pattern: "^[^@\\s]+$" }, default: [] },
    },
  },
  validateResource: validateResource(contactsInOtherDomains),
};
