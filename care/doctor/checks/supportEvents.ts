/** Support events: topics and subscriptions that exist, or that do not. */
import { formatPath } from "../../../onboarding/index.ts";
import { resourceFlag } from "../../shell.ts";
import type { Finding } from "../finding.ts";
import { refusalsHere } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { deleteSubscriptionCommand } from "../remedies.ts";

/** By the same code as in the preview. */
export function supportEventFindings(all: Readings): Finding[] {
  const { stack, google } = all;
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
            remedy: `write ${refusal.topic} into ${key}.topic to use that topic, or another name`,
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
            remedy: deleteSubscriptionCommand(refusal.subscription),
          },
        ];
      return [];
    });
  });
}
