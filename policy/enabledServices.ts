/** A service stays enabled when its resource is destroyed: whoever came later may count on it (guide row G2 services). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { serviceType } from "../components/gcpTypes.ts";
import { knownText } from "./known.ts";
import { validateResource } from "./resource.ts";
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

export const enabledServices: ResourceValidationPolicy = {
  name: "enabled-services",
  description: "No service is disabled when a stack is destroyed.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(servicesDisabled),
};
