/** Policies on incident alerts (guide row G6). */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { alertPolicyType } from "../components/internal.ts";
import { isServiceHealthFilter } from "../guide/index.ts";
import { known, knownText, validateResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

interface Condition {
  readonly conditionMatchedLog?: { readonly filter?: unknown };
}

/** A message if an alert policy on Service Health events notifies nobody. */
export function alertsWithoutChannel({ type, props }: Resource): string[] {
  if (type !== alertPolicyType || !isServiceHealth(props)) return [];
  const project = knownText(() => props["project"], "its project");
  const policy = `the alert policy for Service Health in ${project}`;
  if (known(() => props["enabled"]) === false)
    return [`${policy} is disabled, so it notifies nobody of an incident; leave out enabled: false`];
  const channels = known(() => {
    const given = props["notificationChannels"] ?? [];
    return Array.isArray(given) ? given.length : undefined;
  });
  return channels === 0
    ? [
        `${policy} has no notification channel, so it notifies nobody of an incident; write an e-mail address or a channel to notify`,
      ]
    : [];
}

function isServiceHealth(props: Resource["props"]): boolean {
  const conditions = known(() => props["conditions"]);
  if (!Array.isArray(conditions)) return false;
  return (conditions as readonly Condition[]).some((condition) =>
    isServiceHealthFilter(known(() => condition.conditionMatchedLog?.filter)),
  );
}

/** Requires an alert on Service Health events to notify somebody (guide row G6). */
export const notifiedAlerts: ResourceValidationPolicy = {
  name: "notified-alerts",
  description: "An alert policy for Service Health must notify somebody.",
  enforcementLevel: "mandatory",
  validateResource: validateResource(alertsWithoutChannel),
};
