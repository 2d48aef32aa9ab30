/** Whether the places of the config exist, as far as the caller can see. */
import { consoleLinks, roleText, updatePermissions } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { GoogleReading, PlaceReadings } from "../readGoogle.ts";
import type { Readings } from "../readings.ts";
import { isUnseen, levelOfPlace, obstacleAt } from "../readings.ts";
import { grantCommand, grantCommandByDomain } from "../remedies.ts";
import { quoted } from "../../shell.ts";

const { seeOrganization, seeProject } = updatePermissions;

export function visibilityFindings({ config, google, states }: Readings): Finding[] {
  const { caller, organization, places } = google;
  const domain = config.organization?.domain;
  const isUnfound = domain !== undefined && organization?.error === undefined && organization?.value === undefined;
  return [
    ...(isUnfound
      ? [
          finding(
            "organization-not-visible",
            domain,
            `No organization ${domain} is visible to the caller: it does not exist, or ${roleText(seeOrganization)} is missing.`,
            grantCommandByDomain(domain, caller.principal, seeOrganization.role),
          ),
        ]
      : []),
    ...places.flatMap((at) => {
      const level = levelOfPlace(at, states);
      return notVisible(at, google).map((one) => ({ ...one, level }));
    }),
  ];
}

/** Problems with a place as a whole: it is marked for deletion, or the caller does not see it. */
function notVisible(readings: PlaceReadings, { caller, sight }: GoogleReading): Finding[] {
  const { resource, level } = readings.place;
  const id = quoted(resource.split("/")[1] ?? "");
  const obstacle = obstacleAt(readings, sight)?.kind;
  if (level !== "organization" && obstacle === "inactive")
    return [
      finding(
        `${level}-not-active`,
        resource,
        `The ${level} is marked for deletion.`,
        level === "folder" ? `gcloud resource-manager folders undelete ${id}` : `gcloud projects undelete ${id}`,
      ),
    ];
  // For a folder that may exist, the finding about missing permissions is enough.
  if (obstacle === "absent")
    return [
      finding(
        `${level}-not-visible`,
        resource,
        `The ${level} does not exist: the caller would see it.`,
        absentRemedies[level],
      ),
    ];
  if (level === "folder" || !isUnseen(readings)) return [];
  const [what, remedy] =
    level === "project"
      ? [
          "The project does not exist, or the caller has no role on it.",
          grantCommand(resource, caller.principal, seeProject.role),
        ]
      : [
          "The organization does not exist, or the caller has none of the permissions that the config needs on it.",
          consoleLinks.iam(resource),
        ];
  return [finding(`${level}-not-visible`, resource, what, remedy)];
}

/** The fix for a place that does not exist. */
const absentRemedies = {
  organization: "write the number of an existing organization, as gcloud organizations list shows it",
  folder: "write the number of an existing folder, as gcloud resource-manager folders list shows it",
  project: "write the ID of an existing project, as gcloud projects list shows it",
} as const;

function finding(id: Finding["id"], where: string, what: string, remedy: string): Finding {
  return { id, level: "error", where, what, remedy };
}
