/** Who gets incident alerts in a project, by alert policies on the events of Service Health. */
import type { AlertPolicy, NotificationChannel } from "../../google/index.ts";
import { channelProblem, servicesOff } from "../../components/internal.ts";
import { alertServices } from "../../guide/index.ts";
import type { ServiceName } from "../../guide/index.ts";
import { shownValue, visibleLines } from "../../text/index.ts";
import type { AlertRecipient, PlaceAlerts } from "./report.ts";
import type { Alerting, PlaceReadings } from "./readings.ts";

/** The fields of an event by which a filter limits the incidents. */
const limitingField = /\bjsonPayload\.(?:impactedProducts|impactedLocations|relevance)\b/;

/** The APIs that alerts need, and that are not enabled: no policy alerts anybody. */
export function alertServicesOff({ services }: PlaceReadings): ServiceName[] {
  return servicesOff(alertServices, services?.value);
}

/** Null if they could not be read, or an API that they need is not enabled. */
export function alertsOf(place: PlaceReadings): PlaceAlerts | null {
  const { alerting } = place;
  if (alerting?.value === undefined || alertServicesOff(place).length > 0) return null;
  const { channels, policies } = alerting.value;
  const channelNames = (some: readonly AlertPolicy[]) =>
    new Set(some.flatMap(({ notificationChannels = [] }) => notificationChannels));
  const enabled = policies.filter(isOn);
  const unlimited = channelNames(enabled.filter((policy) => !isLimited(policy)));
  const recipients = [...channelNames(enabled)].map((name) => recipientOf(name, channels, !unlimited.has(name)));
  return {
    policies: policies.map((policy) => ({
      name: policy.name,
      displayName: shownValue(policy.displayName ?? ""),
      enabled: isOn(policy),
      hasRecipients: isOn(policy) && (policy.notificationChannels ?? []).length > 0,
      onlyNew: isOnlyNew(policy),
    })),
    recipients: recipients.sort((one, other) => (one.recipient < other.recipient ? -1 : 1)),
  };
}

/** Those that a notification reaches. */
export function reachedRecipients({ recipients }: PlaceAlerts): AlertRecipient[] {
  return recipients.filter(({ problem }) => problem === undefined);
}

function isOn({ enabled = true }: AlertPolicy): boolean {
  return enabled;
}

function isOnlyNew({ conditions = [] }: AlertPolicy): boolean {
  return conditions.every(
    ({ conditionMatchedLog }) =>
      conditionMatchedLog?.filter?.includes("servicehealth.googleapis.com/new_event") === true,
  );
}

function isLimited({ conditions = [] }: AlertPolicy): boolean {
  return conditions.every(({ conditionMatchedLog }) => limitingField.test(conditionMatchedLog?.filter ?? ""));
}

function recipientOf(name: string, channels: Alerting["channels"], limited: boolean): AlertRecipient {
  const channel = channels.find((one) => one.name === name);
  if (channel === undefined) return { channel: name, recipient: name, type: "", limited, problem: "deleted" };
  const { type = "" } = channel;
  const problem = channelProblem(channel);
  return {
    channel: name,
    recipient: visibleLines(addressOf(channel)),
    type,
    limited,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The address of an e-mail channel. Labels of other types can contain keys, such as the address of a webhook. */
function addressOf({ type = "", labels = {}, displayName = "", name }: NotificationChannel): string {
  const address = type === "email" ? labels["email_address"] : undefined;
  if (address !== undefined) return address;
  return `${displayName === "" ? name : shownValue(displayName)} (${type})`;
}
