/** Alerts of incidents: policies and channels that do not notify as configured, and policies of others (guide row G6). */
import {
  goneAlerts,
  goneAlertsRemedy,
  gonePolicyRemedy,
  missingChannels,
  otherAddress,
  otherAlerts,
  repeatedAddresses,
  silentAlertsRemedy,
} from "../../../components/internal.ts";
import { consoleLinks } from "../../../guide/index.ts";
import { isSameInProject } from "../../../google/index.ts";
import type { NotificationChannel } from "../../../google/index.ts";
import type { Place } from "../../google/eventPlaces.ts";
import { allOf, formatPath } from "../../../onboarding/index.ts";
import type { FindingId } from "../../../onboarding/index.ts";
import { withoutSecrets } from "../../../text/index.ts";
import type { Managed } from "../../stack/managed.ts";
import type { Finding } from "../finding.ts";
import type { PlaceReadings } from "../readGoogle.ts";
import { namesOf, newAt, refusalsHere, stacksWith } from "../readings.ts";
import type { Readings } from "../readings.ts";
import { adoptCommand, remedyForExisting } from "../remedies.ts";

export function alertFindings(all: Readings): Finding[] {
  return all.google.places.flatMap((readings) => [
    ...refused(readings, all),
    ...policiesOfOthers(readings, all),
    ...ownChannels(readings, all),
    ...deletedChannels(readings, all),
    ...changedOutside(readings, all),
    ...silentChannels(readings),
    ...notifiedTwice(readings, all),
  ]);
}

/** By the same code as in the preview. */
function refused(readings: PlaceReadings, all: Readings): Finding[] {
  const { resource, path } = readings.place;
  const key = keyOf(path, all);
  return refusalsHere(readings, all).flatMap((refusal): Finding[] => {
    if (refusal.kind === "alert-channel-not-found")
      return refusal.channels.map((channel) => ({
        id: refusal.kind,
        level: "error",
        where: resource,
        what: `The notification channel ${channel} does not exist: pulumi up fails.`,
        remedy: existingChannels(resource, key),
      }));
    return [];
  });
}

/** Also if the stack has deployed its own policy since. The preview reports them only for a new one. */
function policiesOfOthers(readings: PlaceReadings, all: Readings): Finding[] {
  const { place } = readings;
  const { resource } = place;
  if (place.alerts === undefined) return [];
  const key = keyOf(place.path, all);
  const own = ownPolicies(readings, all).map(({ thing }) => thing);
  const link = consoleLinks.alerting(resource);
  const remedy = `or, if no other stack has that policy, delete it in ${link}`;
  return otherAlerts(readings, own).map(({ name, displayName = "" }) => ({
    id: "alerts-exist",
    level: "note",
    where: resource,
    what: `The alert policy ${JSON.stringify(withoutSecrets(displayName, "value"))} (${name}) also notifies of incidents of Service Health and is not in this stack: people on both are notified twice.`,
    remedy: remedyForExisting(
      `leave out ${key}`,
      stacksWith(readings, all.states, ({ kind, thing }) => kind === "alerts" && thing === name),
      own.length > 0
        ? remedy
        : `${remedy}, or, if this program has created it, import it: ${adoptCommand(all.stack.name)}`,
    ),
  }));
}

function ownPolicies(readings: PlaceReadings, { states }: Readings): readonly Managed[] {
  const names = namesOf(readings);
  return states.managed.filter(({ kind, resource }) => kind === "alerts" && names.has(resource));
}

/** Channels that the stack has created, and that the config names in place of their addresses. */
function ownChannels(readings: PlaceReadings, all: Readings): Finding[] {
  const { resource, path, alerts } = readings.place;
  const { addresses = [], channels = [] } = alerts ?? {};
  const names = namesOf(readings);
  return all.states.channels
    .filter((own) => names.has(own.resource) && channels.some((channel) => isSameInProject(channel, own.name)))
    .filter(({ email }) => !addresses.includes(email.toLowerCase()))
    .map(({ name, email }) => ({
      id: "own-resource",
      level: "error",
      where: resource,
      what: `This stack has created ${name}, and would delete it if it used it as an existing channel, and Google refuses that: pulumi up fails.`,
      remedy: `write ${email} instead into ${keyOf(path, all)}`,
    }));
}

/** Channels of a policy in the state. An update that does not change the policy works. */
function deletedChannels(readings: PlaceReadings, all: Readings): Finding[] {
  const { place, alertChannels } = readings;
  const isNew = newAt(readings, all.states).alerts?.channels ?? [];
  return missingChannels(place.alerts?.channels ?? [], alertChannels?.value)
    .filter((channel) => !isNew.includes(channel))
    .map((channel) => ({
      id: "alert-channel-not-found",
      level: "warning",
      where: place.resource,
      what: `The notification channel ${channel} was deleted outside of Pulumi: it notifies nobody of incidents, and an update that changes the alert policy fails.`,
      remedy: existingChannels(place.resource, keyOf(place.path, all)),
    }));
}

/** What the stack has created, and somebody has deleted or disabled. An update that does not change it works. */
function changedOutside(readings: PlaceReadings, all: Readings): Finding[] {
  const { place, alertPolicies, alertChannels } = readings;
  if (place.alerts === undefined) return [];
  const { addresses } = place.alerts;
  const names = namesOf(readings);
  const own = all.states.channels.filter(
    ({ resource, email }) => names.has(resource) && addresses.includes(email.toLowerCase()),
  );
  const [policy] = ownPolicies(readings, all);
  const recorded = { policy: policy?.thing, channels: own.map(({ name }) => name), content: policy?.content };
  const gone = goneAlerts(recorded, { policies: alertPolicies?.value, channels: alertChannels?.value });
  const { silent, changed } = gone;
  // Google removes a channel from the policies when somebody deletes it.
  const lost = missingChannels(policy?.channels ?? [], alertChannels?.value);
  const isExplained = silent?.reason === "has no notification channel" && lost.length > 0;
  const finding = (id: FindingId, what: string, remedy: string): Finding[] => [
    { id, level: "warning", where: place.resource, what, remedy },
  ];
  const deleted = "was deleted outside of Pulumi";
  const fails = "and an update that changes the alert policy fails";
  return [
    ...(gone.policy === undefined
      ? []
      : finding(
          "alert-policy-gone",
          `The alert policy ${gone.policy} ${deleted}: nobody is notified of incidents, ${fails}.`,
          gonePolicyRemedy(readings, adoptCommand(all.stack.name)),
        )),
    ...own
      .filter(({ name }) => gone.channels.includes(name))
      .flatMap(({ name, email }) =>
        finding(
          "alert-channel-gone",
          `The notification channel for ${email} (${name}) ${deleted}: it notifies nobody of incidents, ${fails}.`,
          goneAlertsRemedy,
        ),
      ),
    ...(silent === undefined || isExplained
      ? []
      : finding(
          "alert-policy-silent",
          `The alert policy ${silent.policy} was changed outside of Pulumi and ${silent.reason}: it notifies nobody of incidents.`,
          silentAlertsRemedy,
        )),
    ...(changed === undefined
      ? []
      : finding(
          "alert-policy-changed",
          `The alert policy ${changed.policy} was changed outside of Pulumi: ${changed.parts.join(", ")}.`,
          silentAlertsRemedy,
        )),
    ...own.flatMap(({ name, email }) => {
      const other = otherAddress({ name, email }, alertChannels?.value);
      return other === undefined
        ? []
        : finding(
            "alert-channel-changed",
            `The notification channel for ${email} (${name}) was changed outside of Pulumi: it notifies ${other} instead.`,
            silentAlertsRemedy,
          );
    }),
  ];
}

const keyOf = (path: readonly string[], { stack }: Readings) => `${stack.project}:${formatPath([...path, "alerts"])}`;

const existingChannels = (resource: string, key: string) =>
  `write the name of one of ${consoleLinks.notificationChannels(resource)} or an e-mail address into ${key}`;

/** Channels of the config that exist, and that send nothing. */
function silentChannels({ place, alertChannels }: PlaceReadings): Finding[] {
  const { resource } = place;
  return (alertChannels?.value ?? [])
    .filter((channel) => isInConfig(channel, place))
    .flatMap((channel): Finding[] => {
      const { name, enabled = true, verificationStatus } = channel;
      const remedy = consoleLinks.notificationChannels(resource);
      const what = `The notification channel ${name}`;
      if (!enabled)
        return [
          {
            id: "alert-channel-disabled",
            level: "warning",
            where: resource,
            what: `${what} is disabled: it notifies nobody of incidents.`,
            remedy: `enable it: ${remedy}`,
          },
        ];
      if (verificationStatus !== "UNVERIFIED") return [];
      return [
        {
          id: "alert-channel-unverified",
          level: "warning",
          where: resource,
          what: `${what} is not verified: it notifies nobody of incidents.`,
          remedy: `verify it: ${remedy}`,
        },
      ];
    });
}

function notifiedTwice({ place, alertChannels }: PlaceReadings, all: Readings): Finding[] {
  return repeatedAddresses(place.alerts ?? { addresses: [], channels: [] }, alertChannels?.value).map(
    ({ email, channels }) => ({
      id: "notified-twice",
      level: "note",
      where: place.resource,
      what: `${email} is also the address of ${allOf(channels)}: each notification is sent there several times.`,
      remedy: `write each address once into ${keyOf(place.path, all)}`,
    }),
  );
}

function isInConfig({ name, type, labels = {} }: NotificationChannel, { alerts }: Place): boolean {
  const { addresses = [], channels = [] } = alerts ?? {};
  const address = type === "email" ? labels["email_address"]?.toLowerCase() : undefined;
  return (
    channels.some((channel) => isSameInProject(channel, name)) || (address !== undefined && addresses.includes(address))
  );
}
