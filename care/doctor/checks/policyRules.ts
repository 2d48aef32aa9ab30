/** The rules of managed constraints, which take parameters. */
import type { EffectivePolicy, PolicyRule } from "../../../google/index.ts";

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
