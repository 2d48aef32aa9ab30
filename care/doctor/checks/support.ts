/** Whether Cloud Support answers for the place of the test case. */
import { consoleLinks, plans } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";
import { missingPermissions } from "../readings.ts";
import { isSelfExplanatory } from "./notRead.ts";

export function supportFindings({ config, google }: Readings): Finding[] {
  return google.places.flatMap((readings): Finding[] => {
    const { place, cases } = readings;
    if (cases?.error === undefined || isSelfExplanatory(cases.error)) return [];
    const { status = 0, message } = cases.error;
    const isRefused = status >= 400 && status < 500 && status !== 429;
    if (!isRefused || missingPermissions(readings).some(isOfCases)) return [];
    return [
      {
        id: "support-unreachable",
        level: "error",
        where: place.resource,
        what: `Cloud Support refuses the caller, who has the permissions. Check that the organization has the plan ${plans[config.plan].displayName} of the config. (${message})`,
        remedy: consoleLinks.supportOverview(place.resource),
      },
    ];
  });
}

/** An organization's own cases also need the permission to see it. */
const isOfCases = (permission: string) => /^(cloudsupport\.|resourcemanager\.organizations\.get$)/.test(permission);
