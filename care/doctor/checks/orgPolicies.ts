/** Organization policies that refuse services and contacts of the config. */
import { resourceFlag } from "../../shell.ts";
import type { Finding } from "../finding.ts";
import { refusalsHere } from "../readings.ts";
import type { Readings } from "../readings.ts";

export function orgPolicyFindings(readings: Readings): Finding[] {
  return readings.google.places.flatMap((at) => {
    const { resource } = at.place;
    const remedyOf = (constraint: string) =>
      `gcloud org-policies describe ${constraint} --effective ${resourceFlag(resource)}`;
    return refusalsHere(at, readings).flatMap((refusal): Finding[] => {
      if (refusal.kind === "service-restricted")
        return [
          {
            id: "service-restricted",
            level: refusal.level,
            where: resource,
            what: `The policy gcp.restrictServiceUsage does not allow ${refusal.service}. An Organization Policy Administrator must allow it, or the config must leave it out.`,
            remedy: remedyOf("gcp.restrictServiceUsage"),
          },
        ];
      if (refusal.kind !== "contact-domain-restricted") return [];
      const { constraint, domain, level } = refusal;
      return [
        {
          id: "contact-domain-restricted",
          level,
          where: resource,
          what: `The policy ${constraint} does not allow contacts of ${domain}. An Organization Policy Administrator must allow the domain, or the config must leave them out.`,
          remedy: remedyOf(constraint),
        },
      ];
    });
  });
}
