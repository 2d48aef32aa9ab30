/** The project with its billing, and its services (guide row G2). */
import { consoleLinks, defaultServices, plans, services } from "../../../guide/index.ts";
import type { ServiceName } from "../../../guide/index.ts";
import type { Row } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { Standing } from "./row.ts";

/** Whether all else of the project can be told. */
export function isThere({ project }: PlaceReadings): boolean {
  return project === undefined || project.value?.state === "ACTIVE";
}

export function projectRow(place: PlaceReadings, scene: Scene): Row {
  const link = isThere(place) ? consoleLinks.billing(place.resource) : consoleLinks.dashboard(place.resource);
  return row("G2 project", scene.words.tasks.billing, link, projectStanding(place, scene));
}

function projectStanding({ project, billing }: PlaceReadings, scene: Scene): Standing {
  const { details, next } = scene.words;
  if (project?.value === undefined)
    return project === undefined ? { status: "done", details: "" } : unread(scene, project);
  if (project.value.state !== "ACTIVE")
    return { status: "notDone", details: details.projectDeleted, next: next.undelete };
  if (billing?.value === undefined)
    return billing === undefined ? { status: "done", details: "" } : unread(scene, billing);
  const { billingAccountName: account = "", billingEnabled = false } = billing.value;
  if (account === "") return { status: "notDone", details: details.billingNone, next: next.linkBilling };
  if (!billingEnabled) return { status: "notDone", details: details.billingClosed(account), next: next.openBilling };
  return { status: "done", details: details.billingOn(account) };
}

/** What the config asks for, or the guide where the config does not name the project. */
export function askedServices({ place }: PlaceReadings): readonly ServiceName[] {
  return place?.services ?? defaultServices;
}

export function servicesRow(place: PlaceReadings, scene: Scene): Row {
  const first = askedServices(place)[0] ?? defaultServices[0] ?? "";
  const link = consoleLinks.service(first, place.resource);
  return row("G2 services", scene.words.tasks.services, link, servicesStanding(place, scene));
}

function servicesStanding(place: PlaceReadings, scene: Scene): Standing {
  const { details, guide, next } = scene.words;
  const { plan } = scene.stack.config;
  const asked = askedServices(place);
  const { services: enabled } = place;
  if (enabled?.value === undefined)
    return enabled === undefined ? { status: "done", details: "" } : unread(scene, enabled);
  const titles = (names: readonly ServiceName[]) =>
    names.map((name) => (name in services ? guide.services[name] : name)).sort();
  const missing = asked.filter((name) => enabled.value?.includes(name) !== true);
  const possible = missing.filter((name) => name !== "cloudsupport.googleapis.com" || plans[plan].cloudSupportApi);
  if (possible.length > 0)
    return {
      status: "notDone",
      details: details.servicesMissing(titles(possible)),
      next: place.place === undefined ? next.enable(titles(possible)) : next.putUp,
    };
  if (missing.length > 0) return { status: "notPossible", details: details.supportApiNotOfPlan(guide.plans[plan]) };
  if (asked.length === 0) return { status: "notConfigured", details: details.servicesNone };
  return { status: "done", details: details.servicesEnabled(titles(asked)) };
}
