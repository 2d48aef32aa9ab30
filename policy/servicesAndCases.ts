/** Policies on services (guide row G2 services) and on support cases (guide row G4 test case). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isSupportCaseType, serviceType } from "../components/internal.ts";
import { oneOf } from "../onboarding/index.ts";
import { casePriorityNames, testCaseDefaults } from "../guide/index.ts";
import type { CasePriority } from "../guide/index.ts";
import { knownText, validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** Deletion policies with which the provider does not disable the service. */
const retainingPolicies: readonly unknown[] = ["ABANDON", "PREVENT"];

/** A message if deleting the resource would disable its service. */
export function disabledServices({ type, props }: Resource): string[] {
  if (type !== serviceType || props["disableOnDestroy"] !== true) return [];
  if (retainingPolicies.includes(props["deletionPolicy"])) return [];
  const service = knownText(() => props["service"], "the service");
  const project = knownText(() => props["project"], "its project");
  return [
    `disableOnDestroy is true, so a destroy would disable ${service} for everyone who uses ${project}; write disableOnDestroy: false`,
  ];
}

/** Keeps services enabled after a destroy, because others may use them by then (guide row G2 services). */
export const enabledServices: ResourceValidationPolicy = {
  name: "enabled-services",
  description: "Destroying a stack must not disable services.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(disabledServices),
};

export interface RealCasesConfig {
  /** The names of the production stacks. */
  readonly productionStacks: readonly string[];
}

/** A message for a real case in a stack other than production. */
export function realCasesOutsideProduction(
  { type, urn, props }: Resource,
  { productionStacks }: RealCasesConfig,
): string[] {
  if (!isSupportCaseType(type) || props["testCase"] !== false) return [];
  const stack = urn.split("::")[0]?.split(":").at(-1) ?? "";
  if (productionStacks.includes(stack)) return [];
  const parent = knownText(() => props["parent"], "its parent");
  const production = productionStacks.length === 0 ? "none is" : `${oneOf(productionStacks)} is`;
  return [
    `The case at ${parent} is a real case, which a support agent answers, but the stack "${stack}" is not production (${production}); leave out realCase: true, or add the stack to productionStacks of this policy's config`,
  ];
}

/** Allows real cases, which a support agent answers, only in production (guide row G4 test case). */
export const realCases: ResourceValidationPolicy = {
  name: "real-cases",
  description: "Only production stacks can create real support cases.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      productionStacks: { type: "array", items: { type: "string" }, default: ["prod", "production"] },
    },
  },
  validateResource: validateResource(realCasesOutsideProduction),
};

export interface CasePriorityConfig {
  /** The most urgent priority that is allowed. */
  readonly highest: CasePriority;
}

/** A message if the case is more urgent than allowed. */
export function tooUrgentCases({ type, props }: Resource, { highest }: CasePriorityConfig): string[] {
  if (!isSupportCaseType(type)) return [];
  const { priority } = props;
  const tooUrgent = casePriorityNames.slice(0, casePriorityNames.indexOf(highest));
  if (!tooUrgent.some((name) => name === priority)) return [];
  const parent = knownText(() => props["parent"], "its parent");
  return [
    `The case at ${parent} has priority ${String(priority)}, which is more urgent than ${highest}; write priority: ${highest}, or set highest of this policy's config to ${String(priority)}`,
  ];
}

/** Limits the priority of cases, by default to the guide's (guide row G4 test case). */
export const casePriority: ResourceValidationPolicy = {
  name: "case-priority",
  description: "Support cases must not be more urgent than allowed.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      highest: { type: "string", enum: casePriorityNames, default: testCaseDefaults.priority },
    },
  },
  validateResource: validateResource(tooUrgentCases),
};
