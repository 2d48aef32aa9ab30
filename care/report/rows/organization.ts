/** The organization (guide row G3 organization). */
import { eventGaps } from "../../../components/internal.ts";
import type { FoundTopic } from "../../../components/internal.ts";
import { publicLinks, supportEvents } from "../../../guide/index.ts";
import type { Reading } from "../../google/reading.ts";
import type { PlaceReadings } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import { unread } from "../why.ts";
import { shownValue } from "../../../text/index.ts";
import { askDoctorRemedy, serviceTitles } from "../remedies.ts";
import { faultAbout, outcomeOf, row } from "./row.ts";
import type { RowWithFaults, Outcome } from "./row.ts";

export function organizationRow({ resource, self }: PlaceReadings, context: ReportContext): RowWithFaults {
  const { details } = context.words;
  const { displayName = "" } = (self?.value ?? {}) as { readonly displayName?: string };
  const number = resource.replace("organizations/", "");
  const outcome =
    self?.error === undefined
      ? ({ status: "done", details: details.organizationFound(shownValue(displayName), number) } as const)
      : unread(context, self);
  return row(context, "organization", resource, outcome);
}

/** The events of support cases, if the config has them (guide row G4 other operations). */
export function supportEventRows(at: PlaceReadings, context: ReportContext): RowWithFaults[] {
  const topic = at.place?.subscription;
  if (topic === undefined || at.subscriptions === undefined) return [];
  const { details } = context.words;
  const gaps = [...subscriptionGaps(at, topic, context), ...topicGaps(at, topic, context)];
  const faults = gaps.flatMap((gap) =>
    faultAbout("supportEvents", [topic], () => ({ details: gap, ...askDoctorRemedy(context) })),
  );
  const [failed] = unreadOfEvents(at);
  const otherwise: Outcome =
    failed === undefined ? { status: "done", details: details.supportEventsTo(topic) } : unread(context, failed);
  return [row(context, "supportEvents", at.resource, outcomeOf(faults, otherwise))];
}

function subscriptionGaps(
  { subscriptions }: PlaceReadings,
  topic: string,
  { words: { details } }: ReportContext,
): string[] {
  if (subscriptions?.value === undefined) return [];
  const found = subscriptions.value.find(({ pubSubTopic }) => pubSubTopic === topic);
  if (found === undefined) return [details.supportEventsMissing(topic)];
  return found.state === "FAILING" ? [details.supportEventsFailing(topic, shownValue(found.failureReason ?? ""))] : [];
}

function topicGaps(
  { eventTopic = {} }: { readonly eventTopic?: FoundTopic },
  topic: string,
  context: ReportContext,
): string[] {
  const { details } = context.words;
  const sentences = {
    "service-disabled": () => details.servicesMissing(serviceTitles(context, [supportEvents.service])),
    "topic-gone": () => details.supportEventsTopicMissing(topic),
    "publisher-gone": () => details.supportEventsNotAllowed(topic),
  };
  return eventGaps(eventTopic).map((gap) => sentences[gap]());
}

/** A topic that does not exist is a result. */
function unreadOfEvents({ subscriptions, eventTopic }: PlaceReadings): Reading<unknown>[] {
  const { enabledServices, topic, topicPolicy, policy } = eventTopic ?? {};
  return [subscriptions, enabledServices, topic, topicPolicy, policy].filter(
    (reading) => reading !== undefined && reading.value === undefined,
  ) as Reading<unknown>[];
}

/** An organization that the config names by its domain, and that was not found. */
export function missingOrganizationRows(context: ReportContext): RowWithFaults[] {
  const { organization } = context.readings;
  const { details, next } = context.words;
  const domain = context.stack.config.organization?.domain;
  if (domain === undefined || organization?.value !== undefined) return [];
  const text = details.organizationNotFound(domain);
  const outcome: Outcome =
    organization?.error === undefined
      ? { faults: [{ status: "notRead", kind: "notRead", about: [domain], details: text, next: next.organization }] }
      : unread(context, organization);
  return [row(context, "organization", "", outcome, publicLinks.guide)];
}

/** A project without an organization: nobody can manage its support account. */
export function orphanRows({ resource, project }: PlaceReadings, context: ReportContext): RowWithFaults[] {
  const { details, next } = context.words;
  if (project?.value === undefined || project.value.parent !== undefined) return [];
  const outcome: Outcome = {
    faults: [{ status: "notDone", kind: "project", details: details.withoutOrganization, next: next.migrate }],
  };
  return [row(context, "organization", resource, outcome)];
}
