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
 * A message for each organization of the stack whose contacts leave something out. An organization is the stack's if it
 * has contacts there, or grants a support or contact role there: such a stack is the one that its contacts belong to.
 * A stack with projects and folders alone has none, and is told nothing.
 */
export function categoriesLeftOut(resources: readonly Resource[]): string[] {
  const covered = new Map<string, Set<unknown>>();
  const coveredBy = (organization: string) => {
    const categories = covered.get(organization) ?? new Set();
    covered.set(organization, categories);
    return categories;
  };
  // What is subscribed to at a place that is not known yet may be the organization's.
  const elsewhere = new Set<unknown>();
  for (const resource of resources) {
    const { place } = organizationGrant(resource) ?? {};
    if (place !== undefined) coveredBy(place);
    if (resource.type !== contactType) continue;
    const parent = known(() => resource.props["parent"]);
    const isElsewhere = typeof parent === "string" && !parent.startsWith("organizations/");
    if (isElsewhere) continue;
    const categories = typeof parent === "string" ? coveredBy(parent) : elsewhere;
    for (const category of subscriptions(resource)) categories.add(category);
  }
  return [...covered].flatMap(([organization, categories]) => {
    const isCovered = (category: unknown) => categories.has(category) || elsewhere.has(category);
    const leftOut = cisCategories.filter((name) => !isCovered(notificationCategories[name].apiName) && !isCovered(all));
    return leftOut.length === 0
      ? []
      : [
          `no contact of ${organization} in this stack is told of ${allOf(leftOut)}, which the CIS benchmark asks for; write an address for each under contacts of the organization, such as ${String(leftOut[0])}: [${String(leftOut[0])}@example.com], or one for all`,
        ];
  });
}

function organizationGrant(resource: Resource) {
  const iam = iamResource(resource);
  const isOurs = iam?.level === "organization" && isSupportRole(known(() => resource.props["role"]));
  return isOurs ? iam : undefined;
}

/** What a contact subscribes to: all, as long as it is unknown. */
function subscriptions({ props }: Resource): readonly unknown[] {
  const categories = known(() => {
    const given = props["notificationCategorySubscriptions"];
    return Array.isArray(given) ? [...(given as unknown[])] : undefined;
  });
  return categories ?? [all];
}

/**
 * An organization's contacts cover what the CIS benchmark asks for (guide row G5 contacts). Without a contact, Google
 * falls back on holders of roles, who may not read their mail.
 */
export const organizationContacts: StackValidationPolicy = {
  name: "organization-contacts",
  description: "The contacts of an organization cover legal, security, suspension and technical, or all.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, reportViolation) => {
    for (const message of categoriesLeftOut(resources)) reportViolation(sanitized(message));
  },
};

export interface ContactDomainsConfig {
  /** Such as `example.com`, without its subdomains. With none, every domain is allowed. */
  readonly allowedDomains: readonly string[];
}

/** A message if the contact's address is of another domain. */
export function contactsElsewhere({ type, props }: Resource, { allowedDomains }: ContactDomainsConfig): string[] {
  if (type !== contactType || allowedDomains.length === 0) return [];
  const { email } = props;
  // An address without a domain is refused by the API.
  const domain = typeof email === "string" ? domainOf(email) : undefined;
  if (domain === undefined) return [];
  const allowed = allowedDomains.map(normalizeDomain);
  if (allowed.includes(domain)) return [];
  const parent = knownText(() => props["parent"], "its parent");
  return [
    `the contact at ${parent} has an address of the domain "${domain}"; write one of ${oneOf(allowed)}, or add the domain to allowedDomains of this policy's config`,
  ];
}

/** Contacts are of the domains that were agreed on, so that notifications stay in the house (guide row G5 contacts). */
export const contactDomains: ResourceValidationPolicy = {
  name: "contact-domains",
  description: "Contacts have addresses of the domains that are allowed.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      allowedDomains: { type: "array", items: { type: "string", pattern: "^[^@\\s]+$" }, default: [] },
    },
  },
  validateResource: validateResource(contactsElsewhere),
};
