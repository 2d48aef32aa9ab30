/** Whether Cloud Support answers for the place of the test case, and of support events. */
import { consoleLinks, plans } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { PlaceReadings } from "../readGoogle.ts";
import type { Readings } from "../readings.ts";
import { missingPermissions, refusalsHere } from "../readings.ts";
import { isSelfExplanatory } from "./notRead.ts";

export function supportFindings(all: Readings): Finding[] {
  const { config, google } = all;
  return google.places.flatMap((readings): Finding[] => {
    const reason = refusalOfCases(readings) ?? refusalOfEvents(readings, all);
    if (reason === undefined) return [];
    const { resource } = readings.place;
    return [
      {
        id: "support-unreachable",
        level: "error",
        where: resource,
        what: `Cloud Support refuses the caller, who has the permissions. Check that the organization has the plan ${plans[config.plan].displayName} of the config. (${reason})`,
        remedy: consoleLinks.supportOverview(resource),
      },
    ];
  });
}

function refusalOfCases(readings: PlaceReadings): string | undefined {
  const { error } = readings.cases ?? {};
  if (error === undefined || isSelfExplanatory(error)) return undefined;
  const { status = 0, message } = error;
  const isRefused = status >= 400 && status < 500 && status !== 429;
  return isRefused && !missingPermissions(readings).some(isOfCases) ? message : undefined;
}

/** By the same code as in the preview. */
function refusalOfEvents(readings: PlaceReadings, all: Readings): string | undefined {
  return refusalsHere(readings, all).flatMap((one) => (one.kind === "support-unreachable" ? one.reason : []))[0];
}

/** An organization's own cases also need the permission to see it. */
const isOfCases = (permission: string) => /^(cloudsupport\.|resourcemanager\.organizations\.get$)/.test(permission);
