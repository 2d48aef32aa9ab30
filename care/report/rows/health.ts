/** Incidents, alerts of them and recommendations of a project (guide rows G6 Service Health, G6 Recommender). */
import { goneAlerts } from "../../../components/internal.ts";
import { isSameInProject } from "../../../google/index.ts";
import type { ServiceName } from "../../../guide/index.ts";
import { enableRemedy, updateRemedy } from "../remedies.ts";
import type { PlaceReadings } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import { unread } from "../why.ts";
import type { Managed } from "../../stack/managed.ts";
import { incidentId } from "../incidents.ts";
import { askedServices } from "./project.ts";
import { shownValue } from "../../../text/index.ts";
import { alertServicesOff, alertsOf, reachedRecipients } from "../alerts.ts";
import type { AlertRecipient, PlaceAlerts } from "../report.ts";
import { faultAbout, outcomeOf, row } from "./row.ts";
import type { Fault, RowWithFaults, Outcome } from "./row.ts";

export function healthRows(place: PlaceReadings, context: ReportContext): RowWithFaults[] {
  const { resource } = place;
  return [
    row(context, "incidents", resource, incidents(place, context)),
    row(context, "alerts", resource, alerts(place, context)),
    row(context, "recommendations", resource, recommendations(place, context)),
  ];
}

function incidents(place: PlaceReadings, context: ReportContext): Outcome {
  const { events } = place;
  if (events === undefined) return disabled(place, "servicehealth.googleapis.com", context);
  if (events.value === undefined) return unread(context, events);
  const { details, next } = context.words;
  const active = events.value.filter(({ state }) => state === "ACTIVE");
  const text = details.incidents(active.length, events.value.length - active.length);
  const about = active.map(incidentId);
  return active.length === 0
    ? { status: "done", details: text }
    : { faults: [{ status: "ongoing", kind: "incident", about, details: text, next: next.followIncident }] };
}

function alerts(place: PlaceReadings, context: ReportContext): Outcome {
  const { alerting } = place;
  const { details } = context.words;
  const found = alertsOf(place) ?? { policies: [], recipients: [] };
  if (alerting !== undefined && alerting.value === undefined) return unread(context, alerting);
  const recipients = reachedRecipients(found);
  const names = recipients.map(({ recipient }) => recipient);
  return outcomeOf(
    [...alertFaults(found, context), ...missingAlerts(place, found, context), ...changedAlerts(place, context)],
    names.length > 0
      ? { status: "done", details: details.alertsTo([...new Set(names)]) }
      : { status: "notConfigured", details: details.alertsNone },
  );
}

/** Those whom the config alerts, and no policy does. */
function missingAlerts(place: PlaceReadings, { recipients }: PlaceAlerts, context: ReportContext): Fault[] {
  const { addresses, channels } = place.place?.alerts ?? { addresses: [], channels: [] };
  const missing = [
    ...addresses.filter(
      (email) => !recipients.some(({ recipient }) => recipient.toLowerCase() === email.toLowerCase()),
    ),
    ...channels.filter((name) => !recipients.some(({ channel }) => isSameInProject(channel, name))),
  ];
  const off = alertServicesOff(place);
  const remedy = () =>
    off.length > 0 ? enableRemedy(context, place, off) : updateRemedy(context, isAsRecorded(place, context));
  return faultAbout("alertMissing", missing, () => ({
    details: context.words.details.alertsMissing(missing),
    ...remedy(),
  }));
}

function recordedAlerts({ resource, project }: PlaceReadings, { stack }: ReportContext): Managed[] {
  const names = [resource, project?.value?.name];
  return stack.managed.filter((one) => one.kind === "alerts" && names.includes(one.resource));
}

/** Whether Google has the policies of the state as they are, with channels of the config. Then a missing recipient is not deployed yet. */
function isAsRecorded(place: PlaceReadings, context: ReportContext): boolean {
  const { policies, channels: found = [] } = place.alerting?.value ?? {};
  const addresses: readonly string[] = place.place?.alerts?.addresses ?? [];
  const named = place.place?.alerts?.channels ?? [];
  const isConfigured = (channel: string) =>
    named.some((one) => isSameInProject(one, channel)) ||
    found.some(
      ({ name, labels }) =>
        isSameInProject(name, channel) && addresses.includes((labels?.["email_address"] ?? "").toLowerCase()),
    );
  return recordedAlerts(place, context).every(({ thing, content, channels = [] }) => {
    const {
      policy,
      channels: gone,
      silent,
      changed,
    } = goneAlerts({ policy: thing, channels, content }, { policies, channels: found });
    return policy === undefined && gone.length === 0 && !silent && !changed && channels.every(isConfigured);
  });
}

/** Policies of the state, by the doctor's rules. */
function changedAlerts(place: PlaceReadings, context: ReportContext): Fault[] {
  const { policies, channels } = place.alerting?.value ?? {};
  const changed = recordedAlerts(place, context).flatMap(({ thing, content }) => {
    const recorded = { policy: thing, channels: [], content };
    return goneAlerts(recorded, { policies, channels }).changed?.policy ?? [];
  });
  const titles = new Map(policies?.map(({ name, displayName = "" }) => [name, shownValue(displayName) || name]));
  return faultAbout("alertChanged", changed, () => ({
    details: context.words.details.alertChanged(changed.map((name) => titles.get(name) ?? name)),
    ...updateRemedy(context),
  }));
}

function alertFaults(alerts: PlaceAlerts, { words: { details, next } }: ReportContext): Fault[] {
  const isAnyoneAlerted = reachedRecipients(alerts).length > 0;
  // A disabled policy is nobody's concern if another one alerts somebody.
  const silent = alerts.policies.filter((policy) => !policy.hasRecipients && (policy.enabled || !isAnyoneAlerted));
  const titles = new Set(silent.map(({ displayName, name }) => displayName || name));
  const broken = new Map(alerts.recipients.map(({ recipient, problem }) => [recipient, problem]));
  const ofChannels = (problem: NonNullable<AlertRecipient["problem"]>, text: (names: readonly string[]) => string) => {
    const about = [...broken.keys()].filter((recipient) => broken.get(recipient) === problem);
    const nextStep = next.correctChannel;
    return faultAbout("alertRecipient", about, () => ({ details: text(about), next: nextStep }));
  };
  return [
    ...faultAbout(
      "alertNobody",
      silent.map(({ name }) => name),
      () => ({
        details: details.alertNobody([...titles]),
        next: next.notify,
      }),
    ),
    ...ofChannels("disabled", details.alertDisabled),
    ...ofChannels("unverified", details.alertUnverified),
    ...ofChannels("deleted", details.alertDeleted),
  ];
}

function recommendations(place: PlaceReadings, context: ReportContext): Outcome {
  const { details, next } = context.words;
  const { advice } = place;
  if (advice === undefined) return disabled(place, "recommender.googleapis.com", context);
  if (advice.value === undefined) return unread(context, advice);
  const { recommendations: found, insights, errors } = advice.value;
  const text = details.recommendations(found.length, insights.length);
  if (errors.length === 0) return { status: "done", details: text };
  const partly = details.recommendationsPartly(errors.length);
  return { faults: [{ status: "notRead", kind: "notRead", details: partly, next: next.again }], details: text };
}

/** If the config contains the service, the row of the services has the finding. */
function disabled(place: PlaceReadings, service: ServiceName, { words: { details, guide } }: ReportContext): Outcome {
  const status = askedServices(place).includes(service) ? "waiting" : "notConfigured";
  return { status, details: details.serviceDisabled(guide.services[service]) };
}
