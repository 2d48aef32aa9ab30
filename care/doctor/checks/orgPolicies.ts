/** Policies of the organization that will refuse what the config asks for. */
import { domainOf, normalizeDomain } from "../../../onboarding/index.ts";
import type { EffectivePolicy } from "../../../google/index.ts";
import type { Finding } from "../finding.ts";
import { contactConstraints } from "../readGoogle.ts";
import { enforcedRules, textsOf } from "./policyRules.ts";
import type { Readings } from "../readings.ts";
import { resourceFlag } from "../../shell.ts";

export function orgPolicyFindings({ google }: Readings): Finding[] {
  return google.places.flatMap(({ place, restrictedServices, contactDomains }): Finding[] => {
    const remedyOf = (constraint: string) =>
      `gcloud org-policies describe ${constraint} --effective ${resourceFlag(place.resource)}`;
    const services = place.services
      .filter((service) => isRefused(restrictedServices?.value, (value) => value === service))
      .map((service): Finding => ({
        id: "service-restricted",
        level: "error",
        where: place.resource,
        what: `The policy gcp.restrictServiceUsage does not allow ${service}; whoever holds Organization Policy Administrator must allow it, or the config leave it out.`,
        remedy: remedyOf("gcp.restrictServiceUsage"),
      }));
    const domains = [...new Set(place.contacts.map(({ email }) => `@${domainOf(email) ?? ""}`))];
    const [legacy, managed] = contactConstraints;
    const ofContacts = domains.flatMap((domain) => {
      const isDomain = (value: string) => normalizeDomain(value) === domain;
      const { [legacy]: list, [managed]: parameters } = contactDomains?.value ?? {};
      const isRefusedBy = { [legacy]: isRefused(list, isDomain), [managed]: isRefusedByManaged(parameters, isDomain) };
      return contactConstraints
        .filter((constraint) => isRefusedBy[constraint])
        .map((constraint): Finding => ({
          id: "contact-domain-restricted",
          level: "error",
          where: place.resource,
          what: `The policy ${constraint} does not allow contacts of ${domain}; whoever holds Organization Policy Administrator must allow it, or the config leave them out.`,
          remedy: remedyOf(constraint),
        }));
    });
    return [...services, ...ofContacts];
  });
}

/** A managed constraint that is enforced without parameters allows no domain. Source: google/stellar-engine issue 108 */
function isRefusedByManaged(policy: EffectivePolicy | undefined, isDomain: (value: string) => boolean): boolean {
  const rules = enforcedRules(policy);
  return rules.length > 0 && !rules.some((rule) => textsOf(rule, "allowedDomains").some(isDomain));
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
