/**
 * Raises events of Service Health in projects: each is kept for the API, written to the log of its project as an EventLog, and
 * matched with the alert policies of the project.
 *
 * Sources: https://cloud.google.com/service-health/docs/logs,
 * https://cloud.google.com/service-health/docs/reference/event-logs/rpc/google.cloud.servicehealth.logging.v1
 */
import { z } from "zod";
import type { Context } from "./api.ts";
import { timestamp } from "./clock.ts";
import { invalidArgument } from "./errors.ts";
import { findProject } from "./hierarchy.ts";
import { readAll } from "./json.ts";
import { notifyOf } from "./monitoring/index.ts";
import { Violations, readMessage } from "./protoJson.ts";
import { nextNumber } from "./state.ts";
import type { LogEntry, Message, Notification, Project } from "./state.ts";

const eventsRequest = z.strictObject({
  events: z
    .array(z.looseObject({ name: z.string().regex(/^projects\/[^/]+\/locations\/[^/]+\/events\/[^/]+$/) }))
    .min(1),
});

/** Events as in Service Health's API and in a seed. */
export type EventsInput = z.input<typeof eventsRequest>;

export interface RaisedEvent {
  readonly event: Message;
  /** Absent if nothing has changed, or if the project has not enabled the Service Health API. */
  readonly logEntry?: LogEntry;
  readonly notifications: readonly Notification[];
}

/** The event of a confirmed incident. */
const incident = {
  category: "INCIDENT",
  detailedCategory: "CONFIRMED_INCIDENT",
  state: "ACTIVE",
  detailedState: "CONFIRMED",
  relevance: "IMPACTED",
};

/** Creates events, or changes those that exist. @throws ZodError or ApiError for what is not an event of a project */
export function raiseEvents(context: Context, input: unknown): RaisedEvent[] {
  const { events } = eventsRequest.parse(input);
  const violations = new Violations();
  const read = events.map((event) => ({
    ...readMessage("google.cloud.servicehealth.v1.Event", event, "event", violations),
    name: event.name,
  }));
  violations.check();
  const projects = read.map(({ name }) => projectOf(context, name));
  return read.map((event, index) => raise(context, projects[index] as Project, event));
}

function projectOf({ state }: Context, name: string): Project {
  const [, id = ""] = name.split("/");
  const project = findProject(state, id);
  if (project === undefined) throw invalidArgument("event.name", `there is no project ${id}`);
  return project;
}

function raise(context: Context, project: Project, given: Message): RaisedEvent {
  const { state, clock } = context;
  const now = timestamp(clock.now());
  const name = `projects/${project.projectId}/${given.name.split("/").slice(2).join("/")}`;
  const before = state.events.get(name);
  const event: Message = { startTime: now, ...(before ?? incident), updateTime: now, ...given, name };
  state.events.set(name, event);
  const changed = Object.keys(event).filter(
    (field) => field !== "updateTime" && JSON.stringify(before?.[field]) !== JSON.stringify(event[field]),
  );
  if (changed.length === 0 || !project.services.has("servicehealth.googleapis.com"))
    return { event, notifications: [] };
  const logEntry = entryOf(context, project, event, before === undefined ? undefined : changed);
  state.logEntries.push(logEntry);
  return { event, logEntry, notifications: notifyOf(context, project.projectId, logEntry) };
}

/** @param changed The changed fields of an event that exists; undefined for a new event. */
function entryOf(
  { state, clock }: Context,
  { projectId, projectNumber }: Project,
  event: Message,
  changed: readonly string[] | undefined,
): LogEntry {
  const [, , , location = "", , id = ""] = event.name.split("/");
  return {
    insertId: `local-${nextNumber(state, "logEntries")}`,
    logName: `projects/${projectId}/logs/servicehealth.googleapis.com%2Factivity`,
    timestamp: timestamp(clock.now()),
    resource: {
      type: "servicehealth.googleapis.com/Event",
      labels: { resource_container: projectNumber, location, event_id: id },
    },
    labels: {
      "servicehealth.googleapis.com/new_event": String(changed === undefined),
      "servicehealth.googleapis.com/updated_fields": quotedList(changed ?? []),
    },
    jsonPayload: {
      "@type": "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog",
      ...textFields(event),
      impactedProducts: quotedList(readAll(event, "eventImpacts.product.productName")),
      impactedLocations: quotedList(readAll(event, "eventImpacts.location.locationName")),
      impactedProductIds: quotedList(readAll(event, "eventImpacts.product.id")),
    },
  };
}

const loggedFields = [
  "title",
  "description",
  "category",
  "detailedCategory",
  "state",
  "detailedState",
  "relevance",
  "parentEvent",
  "updateTime",
  "startTime",
  "endTime",
  "nextUpdateTime",
];

function textFields(event: Message): Record<string, string> {
  return Object.fromEntries(loggedFields.flatMap((field) => readAll(event, field).map((text) => [field, text])));
}

/** `['us-east1','us-west1']` */
function quotedList(texts: readonly string[]): string {
  return `[${[...new Set(texts)].map((text) => `'${text}'`).join(",")}]`;
}
