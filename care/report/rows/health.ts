/** Incidents and recommendations of a project (guide rows G6 Service Health, G6 Recommender). */
import type { ServiceName } from "../../../guide/index.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { incidentId } from "../incidents.ts";
import { askedServices } from "./project.ts";
import { row } from "./row.ts";
import type { MadeRow, Outcome } from "./row.ts";

export function healthRows(place: PlaceReadings, scene: Scene): MadeRow[] {
  const { resource } = place;
  return [
    row(scene, "incidents", resource, incidents(place, scene)),
    row(scene, "recommendations", resource, recommendations(place, scene)),
  ];
}

function incidents(place: PlaceReadings, scene: Scene): Outcome {
  const { events } = place;
  if (events === undefined) return disabled(place, "servicehealth.googleapis.com", scene);
  if (events.value === undefined) return unread(scene, events);
  const { details, next } = scene.words;
  const active = events.value.filter(({ state }) => state === "ACTIVE");
  const text = details.incidents(active.length, events.value.length - active.length);
  const about = active.map(incidentId);
  return active.length === 0
    ? { status: "done", details: text }
    : { faults: [{ status: "ongoing", kind: "incident", about, details: text, next: next.followIncident }] };
}

function recommendations(place: PlaceReadings, scene: Scene): Outcome {
  const { details, next } = scene.words;
  const { advice } = place;
  if (advice === undefined) return disabled(place, "recommender.googleapis.com", scene);
  if (advice.value === undefined) return unread(scene, advice);
  const { recommendations: found, insights, errors } = advice.value;
  const text = details.recommendations(found.length, insights.length);
  if (errors.length === 0) return { status: "done", details: text };
  const partly = details.recommendationsPartly(errors.length);
  return { faults: [{ status: "notRead", kind: "notRead", details: partly, next: next.again }], details: text };
}

/** If the config contains the service, the row of the services has the finding. */
function disabled(place: PlaceReadings, service: ServiceName, { words: { details, guide } }: Scene): Outcome {
  const status = askedServices(place).includes(service) ? "waiting" : "notConfigured";
  return { status, details: details.serviceDisabled(guide.services[service]) };
}
