/** The organization (guide row G3 organization). */
import { consoleLinks, publicLinks } from "../../../guide/index.ts";
import type { Row } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";

const name = "G3 organization";

export function organizationRow({ resource, self }: PlaceReadings, scene: Scene): Row {
  const { details, tasks } = scene.words;
  const { displayName = "" } = (self?.value ?? {}) as { readonly displayName?: string };
  const number = resource.replace("organizations/", "");
  const standing =
    self?.error === undefined
      ? ({ status: "done", details: details.organizationFound(displayName, number) } as const)
      : unread(scene, self);
  return row(name, tasks.organization, consoleLinks.iam(resource), standing);
}

/** One that the config names by a domain, and that was not found. */
export function missingOrganizationRows(scene: Scene): Row[] {
  const { organization } = scene.readings;
  const { details, next, tasks } = scene.words;
  const domain = scene.stack.config.organization?.domain;
  if (domain === undefined || organization?.value !== undefined) return [];
  const standing =
    organization?.error === undefined
      ? ({ status: "notRead", details: details.organizationNotFound(domain), next: next.organization } as const)
      : unread(scene, organization);
  return [row(name, tasks.organization, publicLinks.guide, standing)];
}

/** A project that is in none: nobody can manage its support account. */
export function orphanRows({ resource, project }: PlaceReadings, scene: Scene): Row[] {
  const { details, next, tasks } = scene.words;
  if (project?.value === undefined || project.value.parent !== undefined) return [];
  const standing = { status: "notDone", details: details.withoutOrganization, next: next.migrate } as const;
  return [row(name, tasks.organization, consoleLinks.iam(resource), standing)];
}
