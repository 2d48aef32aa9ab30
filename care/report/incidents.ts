/** The incidents of all projects, each once. */
import { idIn } from "../../google/index.ts";
import type { HealthEvent } from "../../google/index.ts";
import { consoleLinks } from "../../guide/index.ts";
import type { Incident } from "./report.ts";
import type { PlaceReadings } from "./readings.ts";
import type { ReportContext } from "./context.ts";
import { isActive } from "./readings.ts";
import { shownValue } from "../../text/index.ts";

interface OfProject {
  readonly place: PlaceReadings;
  readonly event: HealthEvent;
}

/** Active ones first, then the latest. Null if no project's events could be read. */
export function incidentsOf({ readings, words }: ReportContext): Incident[] | null {
  const read = readings.places.filter((place) => isActive(place) && place.events?.value !== undefined);
  if (read.length === 0) return null;
  const all = read.flatMap((place) => (place.events?.value ?? []).map((event): OfProject => ({ place, event })));
  const groups = Map.groupBy(all, ({ event }) => incidentId(event));
  const incidents = [...groups].map(([id, ofProjects]) => incidentOf(id, ofProjects, words.guide.relevances));
  return incidents.sort(
    (one, other) => Number(other.active) - Number(one.active) || (one.startTime > other.startTime ? -1 : 1),
  );
}

/** Equal in each project that it affects. */
export function incidentId({ name }: HealthEvent): string {
  return idIn(name);
}

function incidentOf(
  id: string,
  ofProjects: readonly OfProject[],
  relevances: Readonly<Record<string, string>>,
): Incident {
  const events = ofProjects.map(({ event }) => event);
  const [first] = events;
  const impacts = events.flatMap(({ eventImpacts = [] }) => eventImpacts);
  const named = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.filter((text) => text !== undefined).map(shownValue))].sort();
  return {
    id,
    title: shownValue(first?.title ?? id),
    active: events.some(({ state }) => state === "ACTIVE"),
    startTime: first?.startTime ?? "",
    endTime: first?.endTime ?? "",
    products: named(impacts.map(({ product }) => product?.productName)),
    locations: named(impacts.map(({ location }) => location?.locationName)),
    projects: ofProjects
      .map(({ place: { resource }, event: { relevance = "UNKNOWN" } }) => ({
        project: resource.replace("projects/", ""),
        relevance: relevances[relevance] ?? relevance,
        link: consoleLinks.serviceHealth(resource),
      }))
      .sort((one, other) => (one.project < other.project ? -1 : 1)),
  };
}
