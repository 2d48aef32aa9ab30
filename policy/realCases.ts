/** A real case calls for a support agent, which only production may do (guide row G4 test case). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isSupportCaseType } from "../components/supportCase/types.ts";
import { oneOf } from "../config/index.ts";
import { knownText } from "./known.ts";
import { validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

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
