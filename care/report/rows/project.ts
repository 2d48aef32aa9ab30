/** The project with its billing, and its services (guide rows G2 project, G2 services). */
import { consoleLinks, defaultServices, plans } from "../../../guide/index.ts";
import type { ServiceName } from "../../../guide/index.ts";
import { isActive } from "../readings.ts";
import { enableRemedy, serviceTitles } from "../remedies.ts";
import type { PlaceReadings } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { Fault, RowWithFaults, Outcome } from "./row.ts";

export function projectRow(place: PlaceReadings, context: ReportContext): RowWithFaults {
  const { resource } = place;
  const link = isActive(place) ? undefined : consoleLinks.dashboard(resource);
  return row(context, "billing", resource, projectOutcome(place, context), link);
}

function projectOutcome({ project, billing }: PlaceReadings, context: ReportContext): Outcome {
  const { details, next } = context.words;
  if (project?.value === undefined)
    return project === undefined ? { status: "done", details: "" } : unread(context, project);
  if (project.value.state !== "ACTIVE") return notDone("project", details.projectDeleted, next.undelete);
  if (billing?.value === undefined)
    return billing === undefined ? { status: "done", details: "" } : unread(context, billing);
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

export function servicesRow(place: PlaceReadings, context: ReportContext): RowWithFaults {
  const first = askedServices(place)[0] ?? defaultServices[0] ?? "";
  const link = consoleLinks.service(first, place.resource);
  return row(context, "services", place.resource, servicesOutcome(place, context), link);
}

function servicesOutcome(place: PlaceReadings, context: ReportContext): Outcome {
  const { details, guide } = context.words;
  const { plan } = context.stack.config;
  const asked = askedServices(place);
  const { services: enabled } = place;
  if (enabled?.value === undefined)
    return enabled === undefined ? { status: "done", details: "" } : unread(context, enabled);
  const titles = (names: readonly ServiceName[]) => serviceTitles(context, names);
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
          ...enableRemedy(context, place, possible),
        },
      ],
    };
  if (missing.length > 0) return { status: "notPossible", details: details.supportApiNotOfPlan(guide.plans[plan]) };
  if (asked.length === 0) return { status: "notConfigured", details: details.servicesNone };
  return { status: "done", details: details.servicesEnabled(titles(asked)) };
}
