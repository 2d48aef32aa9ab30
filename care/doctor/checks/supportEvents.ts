/** Support events: topics and subscriptions that exist, or that do not. */
import { formatPath } from "../../../onboarding/index.ts";
import { resourceFlag } from "../../shell.ts";
import type { Finding } from "../finding.ts";
import { refusalsHere, stacksWith } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { deleteSubscriptionCommand, remedyForExisting } from "../remedies.ts";

/** By the same code as in the preview. */
export function supportEventFindings(all: Readings): Finding[] {
  const { stack, states, google } = all;
  const key = `${stack.project}:${formatPath(["organization", "supportEvents"])}`;
  return google.places.flatMap((readings) => {
    const { resource, topic } = readings.place;
    return refusalsHere(readings, all).flatMap((refusal): Finding[] => {
      if (refusal.kind === "topic-exists")
        return [
          {
            id: refusal.kind,
            level: refusal.level,
            where: resource,
            what: `The topic ${refusal.topic} exists already, outside of the stack: pulumi up fails.`,
            remedy: remedyForExisting(
              `leave out ${key}, or write another name into ${key}.topic`,
              stacksWith(readings, states, ({ kind, thing }) => kind === "topic" && thing === refusal.topic),
              `or, if no other stack has that topic and could delete it, ${refusal.topic} to use it`,
            ),
          },
        ];
      if (refusal.kind === "topic-not-found")
        return [
          {
            id: refusal.kind,
            level: refusal.level,
            where: resource,
            what: `The topic ${refusal.topic} does not exist: pulumi up fails.`,
            remedy: `write ${topic?.topic ?? ""} into ${key}.topic to create it, or a name that gcloud pubsub topics list ${resourceFlag(resource)} shows`,
          },
        ];
      if (refusal.kind === "subscription-exists")
        return [
          {
            id: refusal.kind,
            level: refusal.level,
            where: resource,
            what: `${refusal.subscription} already publishes the support events to ${refusal.topic}, outside of the stack: pulumi up fails, since a second one would publish each event twice.`,
            remedy: remedyForExisting(
              `leave out ${key}`,
              stacksWith(readings, states, ({ kind, thing }) => kind === "subscription" && thing === refusal.topic),
              `or, if no other stack has that subscription, delete it: ${deleteSubscriptionCommand(refusal.subscription)}`,
            ),
          },
        ];
      return [];
    });
  });
}
