/** Incidents and recommendations of a project (guide rows G6 Service Health, G6 Recommender). */
import type { ServiceName } from "../../../guide/index.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { incidentId } from "../incidents.ts";
import { askedServices } from "./project.ts";
import { row } from "./row.ts";
import type { MadeRow, Standing } from "./row.ts";

export function healthRows(place: PlaceReadings, scene: Scene): MadeRow[] {
  const { resource } = place;
  return [
    row(scene, "incidents", resource, incidents(place, scene)),
    row(scene, "recommendations", resource, recommendations(place, scene)),
  ];
}

function incidents(place: PlaceReadings, scene: Scene): Standing {
  const { events } = place;
  if (events === undefined) return disabled(place, "servicehealth.googleapis.com", scene);
  if (events.value === undefined) return unread(scene, events);
  const { details, next } = scene.words;
  const active = events.value.filter(({ state }) => state === "ACTIVE");
  const told = details.incidents(active.length, events.value.length - active.length);
  const about = active.map(incidentId);
  return active.length === 0
    ? { status: "done", details: told }
    : { faults: [{ status: "ongoing", kind: "incident", about, details: told, next: next.followIncident }] };
}

function recommendations(place: PlaceReadings, scene: Scene): Standing {
  const { details, next } = scene.words;
  const { advice } = place;
  if (advice === undefined) return disabled(place, "recommender.googleapis.com", scene);
  if (advice.value === undefined) return unread(scene, advice);
  const { recommendations: found, insights, errors } = advice.value;
  const told = details.recommendations(found.length, insights.length);
  if (errors.length === 0) return { status: "done", details: told };
  const partly = details.recommendationsPartly(errors.length);
  return { faults: [{ status: "notRead", kind: "notRead", details: partly, next: next.again }], details: told };
}

/** The row of the services has the finding, if the config asks for the service. */
function disabled(place: PlaceReadings, service: ServiceName, { words: { details, guide } }: Scene): Standing {
  const status = askedServices(place).includes(service) ? "waiting" : "notConfigured";
  return { status, details: details.serviceDisabled(guide.services[service]) };
}
