/** What the rules of an effective policy come to: of a list constraint, and of a managed one, which takes parameters. */
import type { EffectivePolicy, PolicyRule } from "../../google/index.ts";

/** The rules of a managed constraint that surely hold: one under a condition may not. */
export function enforcedRules(policy: EffectivePolicy | undefined): readonly PolicyRule[] {
  const rules = policy?.spec?.rules ?? [];
  return rules.some(({ condition }) => condition !== undefined) ? [] : rules.filter(({ enforce }) => enforce === true);
}

/** A parameter that is a list of texts. */
export function textsOf({ parameters = {} }: PolicyRule, name: string): string[] {
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
