/** Contacts are of the domains that were agreed on, so that notifications stay in the house (guide row G5 contacts). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { contactType } from "../components/gcpTypes.ts";
import { domainOf, normalizeDomain, oneOf } from "../config/index.ts";
import { knownText } from "./known.ts";
import { validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

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
