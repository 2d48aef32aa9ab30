/** Incidents and recommendations of a project (guide row G6). */
import { consoleLinks } from "../../../guide/index.ts";
import type { ServiceName } from "../../../guide/index.ts";
import type { Row } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { askedServices } from "./project.ts";
import { row, sentences } from "./row.ts";
import type { Standing } from "./row.ts";

export function healthRows(place: PlaceReadings, scene: Scene): Row[] {
  const { tasks } = scene.words;
  const { resource } = place;
  return [
    row("G6 Service Health", tasks.incidents, consoleLinks.serviceHealth(resource), incidents(place, scene)),
    row("G6 Recommender", tasks.recommendations, consoleLinks.recommendations(resource), recommendations(place, scene)),
  ];
}

function incidents(place: PlaceReadings, scene: Scene): Standing {
  const { events } = place;
  if (events === undefined) return disabled(place, "servicehealth.googleapis.com", scene);
  if (events.value === undefined) return unread(scene, events);
  const active = events.value.filter(({ state }) => state === "ACTIVE").length;
  return { status: "done", details: scene.words.details.incidents(active, events.value.length - active) };
}

function recommendations(place: PlaceReadings, scene: Scene): Standing {
  const { details, next } = scene.words;
  const { advice } = place;
  if (advice === undefined) return disabled(place, "recommender.googleapis.com", scene);
  if (advice.value === undefined) return unread(scene, advice);
  const { recommendations: found, insights, errors } = advice.value;
  const told = details.recommendations(found.length, insights.length);
  if (errors.length === 0) return { status: "done", details: told };
  return {
    status: "notRead",
    details: sentences(told, details.recommendationsPartly(errors.length)),
    next: next.again,
  };
}

/** Only what is asked for is missing. */
function disabled(place: PlaceReadings, service: ServiceName, { words }: Scene): Standing {
  const { details, guide, next } = words;
  const title = guide.services[service];
  const isAsked = askedServices(place).includes(service);
  return {
    status: isAsked ? "notDone" : "notConfigured",
    details: details.serviceDisabled(title),
    ...(isAsked ? { next: next.enable([title]) } : {}),
  };
}
