/** The project with its billing, and its services (guide rows G2 project, G2 services). */
import { consoleLinks, defaultServices, plans } from "../../../guide/index.ts";
import type { ServiceName } from "../../../guide/index.ts";
import { isThere } from "../readings.ts";
import { enable, serviceTitles } from "../remedies.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { Fault, MadeRow, Outcome } from "./row.ts";

export function projectRow(place: PlaceReadings, scene: Scene): MadeRow {
  const { resource } = place;
  const link = isThere(place) ? undefined : consoleLinks.dashboard(resource);
  return row(scene, "billing", resource, projectOutcome(place, scene), link);
}

function projectOutcome({ project, billing }: PlaceReadings, scene: Scene): Outcome {
  const { details, next } = scene.words;
  if (project?.value === undefined)
    return project === undefined ? { status: "done", details: "" } : unread(scene, project);
  if (project.value.state !== "ACTIVE") return notDone("project", details.projectDeleted, next.undelete);
  if (billing?.value === undefined)
    return billing === undefined ? { status: "done", details: "" } : unread(scene, billing);
  const { billingAccountName: account = "", billingEnabled = false } = billing.value;
  if (account === "") return notDone("billing", details.billingNone, next.linkBilling);
  if (!billingEnabled) return notDone("billing", details.billingClosed(account), next.openBilling);
  return { status: "done", details: details.billingOn(account) };
}

function notDone(kind: Fault["kind"], details: string, next: string): Outcome {
  return { faults: [{ status: "notDone", kind, details, next }] };
}

/** The services of the config, or those of the guide if the config does not contain the project. */
export function askedServices({ place }: PlaceReadings): readonly ServiceName[] {
  return place?.services ?? defaultServices;
}

export function servicesRow(place: PlaceReadings, scene: Scene): MadeRow {
  const first = askedServices(place)[0] ?? defaultServices[0] ?? "";
  const link = consoleLinks.service(first, place.resource);
  return row(scene, "services", place.resource, servicesOutcome(place, scene), link);
}

function servicesOutcome(place: PlaceReadings, scene: Scene): Outcome {
  const { details, guide } = scene.words;
  const { plan } = scene.stack.config;
  const asked = askedServices(place);
  const { services: enabled } = place;
  if (enabled?.value === undefined)
    return enabled === undefined ? { status: "done", details: "" } : unread(scene, enabled);
  const titles = (names: readonly ServiceName[]) => serviceTitles(scene, names);
  const missing = asked.filter((name) => enabled.value?.includes(name) !== true);
  const possible = missing.filter((name) => name !== "cloudsupport.googleapis.com" || plans[plan].cloudSupportApi);
  if (possible.length > 0)
    return {
      faults: [
        {
          status: "notDone",
          kind: "service",
          about: possible,
          details: details.servicesMissing(titles(possible)),
          ...enable(scene, place, possible),
        },
      ],
    };
  if (missing.length > 0) return { status: "notPossible", details: details.supportApiNotOfPlan(guide.plans[plan]) };
  if (asked.length === 0) return { status: "notConfigured", details: details.servicesNone };
  return { status: "done", details: details.servicesEnabled(titles(asked)) };
}
