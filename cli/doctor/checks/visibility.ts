/** Whether what the config names is there, as far as the caller can see. */
import { consoleLinks } from "../../../guide/index.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";
import { isUnseen, obstacleAt } from "../readings.ts";
import { grantCommand, grantCommandByDomain } from "../remedies.ts";
import { quoted } from "../../shell.ts";

const viewer = "roles/resourcemanager.organizationViewer";

export function visibilityFindings({ config, google }: Readings): Finding[] {
  const { caller, organization, places, sight } = google;
  const domain = config.organization?.domain;
  const isUnfound = domain !== undefined && organization?.error === undefined && organization?.value === undefined;
  return [
    ...(isUnfound
      ? [
          finding(
            "organization-not-visible",
            domain,
            `No organization ${domain} is visible to the caller: there is none, or Organization Viewer (${viewer}) is missing.`,
            grantCommandByDomain(domain, caller.principal, viewer),
          ),
        ]
      : []),
    ...places.flatMap((readings) => {
      const { resource, level } = readings.place;
      const id = resource.split("/")[1] ?? "";
      const obstacle = obstacleAt(readings, sight)?.kind;
      // A folder that may be there is told by the permissions that are missing on it.
      if (level === "folder" && obstacle === "absent")
        return [
          finding(
            "folder-not-visible",
            resource,
            "The folder does not exist: the caller would see it.",
            "write the number of an existing folder, as gcloud resource-manager folders list shows it",
          ),
        ];
      if (level === "folder" && obstacle === "inactive")
        return [
          finding(
            "folder-not-active",
            resource,
            "The folder is marked for deletion.",
            `gcloud resource-manager folders undelete ${quoted(id)}`,
          ),
        ];
      if (level === "project" && isUnseen(readings))
        return [
          finding(
            "project-not-visible",
            resource,
            "The project is not there, or the caller has no role on it.",
            grantCommand(resource, caller.principal, "roles/browser"),
          ),
        ];
      if (level === "organization" && isUnseen(readings))
        return [
          finding(
            "organization-not-visible",
            resource,
            "The organization is not there, or the caller has none of the permissions that the config needs on it.",
            consoleLinks.iam(resource),
          ),
        ];
      if (level === "project" && obstacle === "inactive")
        return [
          finding(
            "project-not-active",
            resource,
            "The project is marked for deletion.",
            `gcloud projects undelete ${quoted(id)}`,
          ),
        ];
      return [];
    }),
  ];
}

function finding(id: Finding["id"], where: string, what: string, remedy: string): Finding {
  return { id, level: "error", where, what, remedy };
}
