/** No case is more urgent than was agreed on: by default than the guide's own (guide row G4 test case). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isSupportCaseType } from "../components/supportCase/types.ts";
import { casePriorityNames, testCaseDefaults } from "../guide/index.ts";
import type { CasePriority } from "../guide/index.ts";
import { knownText } from "./known.ts";
import { validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

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
