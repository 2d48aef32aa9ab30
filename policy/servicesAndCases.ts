/** Policies on services (guide row G2 services) and on support cases (guide row G4 test case). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isSupportCaseType, serviceType } from "../components/internal.ts";
import { oneOf } from "../onboarding/index.ts";
import { casePriorityNames, testCaseDefaults } from "../guide/index.ts";
import type { CasePriority } from "../guide/index.ts";
import { knownText, validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** With these, the provider does not come to disable it. */
const keptPolicies: readonly unknown[] = ["ABANDON", "PREVENT"];

/** A message if the resource's end would disable its service, whichever it is. */
export function servicesDisabled({ type, props }: Resource): string[] {
  if (type !== serviceType || props["disableOnDestroy"] !== true) return [];
  if (keptPolicies.includes(props["deletionPolicy"])) return [];
  const service = knownText(() => props["service"], "the service");
  const project = knownText(() => props["project"], "its project");
  return [
    `disableOnDestroy is true: the destroy would disable ${service} for all who use ${project}; write disableOnDestroy: false`,
  ];
}

/** A service stays enabled when its resource is destroyed: whoever came later may count on it (guide row G2 services). */
export const enabledServices: ResourceValidationPolicy = {
  name: "enabled-services",
  description: "No service is disabled when a stack is destroyed.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(servicesDisabled),
};

export interface RealCasesConfig {
  /** The names of the stacks that are production. */
  readonly productionStacks: readonly string[];
}

/** A message if the case is a real one, in a stack that is not production. */
export function realCasesElsewhere({ type, urn, props }: Resource, { productionStacks }: RealCasesConfig): string[] {
  if (!isSupportCaseType(type) || props["testCase"] !== false) return [];
  const stack = urn.split("::")[0]?.split(":").at(-1) ?? "";
  if (productionStacks.includes(stack)) return [];
  const parent = knownText(() => props["parent"], "its parent");
  const production = productionStacks.length === 0 ? "none is" : `${oneOf(productionStacks)} is`;
  return [
    `the case at ${parent} is a real one, which a support agent gets, in the stack "${stack}", which is not production (${production}); leave out realCase: true, or add the stack to productionStacks of this policy's config`,
  ];
}

/** A real case calls for a support agent, which only production may do (guide row G4 test case). */
export const realCases: ResourceValidationPolicy = {
  name: "real-cases",
  description: "Real support cases are made by production stacks alone.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      productionStacks: { type: "array", items: { type: "string" }, default: ["prod", "production"] },
    },
  },
  validateResource: validateResource(realCasesElsewhere),
};

export interface CasePriorityConfig {
  /** The most urgent priority that a case may have. */
  readonly highest: CasePriority;
}

/** A message if the case is more urgent. */
export function casesTooUrgent({ type, props }: Resource, { highest }: CasePriorityConfig): string[] {
  if (!isSupportCaseType(type)) return [];
  const { priority } = props;
  const tooUrgent = casePriorityNames.slice(0, casePriorityNames.indexOf(highest));
  if (!tooUrgent.some((name) => name === priority)) return [];
  const parent = knownText(() => props["parent"], "its parent");
  return [
    `the case at ${parent} has priority ${String(priority)}, which is more urgent than ${highest}; write priority: ${highest}, or set highest of this policy's config to ${String(priority)}`,
  ];
}

/** No case is more urgent than was agreed on: by default than the guide's own (guide row G4 test case). */
export const casePriority: ResourceValidationPolicy = {
  name: "case-priority",
  description: "No support case is more urgent than is allowed.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      highest: { type: "string", enum: casePriorityNames, default: testCaseDefaults.priority },
    },
  },
  validateResource: validateResource(casesTooUrgent),
};
