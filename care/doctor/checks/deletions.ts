/** Deletions of the next update that Google refuses, or that another stack would lose. The preview fails for the same. */
import {
  alertChannelThing,
  atAbsentPlace,
  deletedAlready,
  subscriptionThing,
  usedChannel,
  usesChannel,
} from "../../../components/internal.ts";
import type { DeletionProblem } from "../../../components/internal.ts";
import { idIn, isSameInProject } from "../../../google/index.ts";
import { levelOf } from "../../../guide/index.ts";
import { capitalized } from "../../../text/index.ts";
import type { Finding } from "../finding.ts";
import type { Deletion, Readings } from "../readings.ts";

export function deletionFindings(readings: Readings): Finding[] {
  const { deletions } = readings.deletions;
  return [
    ...[...Map.groupBy(deletions, ({ resource }) => resource)].flatMap(([where, all]) =>
      placeFinding(where, all, readings),
    ),
    ...deletions.flatMap((one) => [
      ...sharedFinding(one, readings),
      ...usedChannelFinding(one, readings),
      ...deletedSubscriptionFinding(one, readings),
    ]),
  ];
}

function placeFinding(where: string, all: readonly Deletion[], { deletions }: Readings): Finding[] {
  const kind = deletions.obstacles.get(where)?.kind;
  if (kind !== "absent" && kind !== "unseen") return [];
  if (kind === "unseen" && !deletions.hasSeenAny) return [];
  const id = `${levelOf(where)}-not-visible` as const;
  const effect = kind === "absent" ? "pulumi up fails" : "an update by this caller fails";
  return [finding(id, kind === "absent" ? "error" : "warning", where, atAbsentPlace(where, kind, all), effect)];
}

/** Google has each of these once, and a deletion removes it. */
const descriptions: Readonly<Partial<Record<Deletion["kind"], (thing: string) => string>>> = {
  grant: (thing) => `the grant of ${thing.replace(" ", " to ")}`,
  contact: (thing) => `the contact ${thing}`,
  topic: (thing) => `the topic ${thing}`,
  publisher: (thing) => `the grant that lets Google publish to ${thing}`,
};

function sharedFinding({ kind, thing, resource, id, urn }: Deletion, { states }: Readings): Finding[] {
  const described = descriptions[kind]?.(thing);
  const holder = states.others.find(({ managed = [] }) =>
    managed.some(
      (one) =>
        one.kind === kind &&
        one.thing === thing &&
        one.resource === resource &&
        // A contact with another name in Google was created again.
        (kind !== "contact" || one.id === id),
    ),
  );
  if (described === undefined || holder === undefined) return [];
  const problem = {
    what: `the next update would delete ${described}, which the stack ${holder.name} has too and would lose`,
    remedy: `to leave it to ${holder.name}, run: pulumi state remove '${urn}'`,
  };
  return [finding("claimed-twice", "error", resource, problem, "pulumi up fails")];
}

function usedChannelFinding(
  { kind, thing, email, resource, urn }: Deletion,
  { deletions, states }: Readings,
): Finding[] {
  if (kind !== "channel" || email === undefined) return [];
  const own = states.managed.filter((one) => one.kind === "alerts");
  const policies = deletions.policies.find(({ where }) => where === resource)?.value ?? [];
  const users = policies.filter(
    (policy) => usesChannel(policy, thing) && !own.some((one) => isSameInProject(one.thing, policy.name)),
  );
  if (users.length === 0) return [];
  const dependents = own.filter(({ channels = [] }) => usesChannel({ notificationChannels: channels }, thing));
  const channel = { urn, thing: alertChannelThing(email, resource) };
  return [
    finding("deletion-refused", "error", resource, usedChannel(channel, users, dependents, "up"), "pulumi up fails"),
  ];
}

function deletedSubscriptionFinding(
  { kind, thing, id = "", resource, urn }: Deletion,
  { deletions }: Readings,
): Finding[] {
  const isThis = (name: string) => name === `${resource}/supportEventSubscriptions/${idIn(id)}`;
  const found = deletions.subscriptions.find(({ value }) => value !== undefined && isThis(value.name));
  // Once Google has purged it, the deletion succeeds.
  if (kind !== "subscription" || found?.value?.state !== "DELETED") return [];
  const problem = deletedAlready(urn, subscriptionThing(resource, thing));
  return [finding("deletion-refused", "error", resource, problem, "pulumi up fails")];
}

function finding(
  id: Finding["id"],
  level: Finding["level"],
  where: string,
  { what, remedy }: DeletionProblem,
  effect: string,
): Finding {
  // The name of a place is not capitalized.
  const begin = what.startsWith(where) ? what : capitalized(what);
  return { id, level, where, what: `${begin}: ${effect}.`, remedy };
}
