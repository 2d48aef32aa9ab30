/** The organization (guide row G3 organization). */
import { publicLinks } from "../../../guide/index.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { askDoctor } from "../remedies.ts";
import { faultAbout, outcomeOf, row } from "./row.ts";
import type { MadeRow, Outcome } from "./row.ts";

export function organizationRow({ resource, self }: PlaceReadings, scene: Scene): MadeRow {
  const { details } = scene.words;
  const { displayName = "" } = (self?.value ?? {}) as { readonly displayName?: string };
  const number = resource.replace("organizations/", "");
  const outcome =
    self?.error === undefined
      ? ({ status: "done", details: details.organizationFound(displayName, number) } as const)
      : unread(scene, self);
  return row(scene, "organization", resource, outcome);
}

/** The subscription to the events of support cases, if the config has it (guide row G4 other operations). */
export function supportEventRows(at: PlaceReadings, scene: Scene): MadeRow[] {
  const { place, resource, subscriptions } = at;
  const topic = place?.subscription;
  if (topic === undefined || subscriptions === undefined) return [];
  if (subscriptions.value === undefined) return [row(scene, "supportEvents", resource, unread(scene, subscriptions))];
  const { details } = scene.words;
  const found = subscriptions.value.find(({ pubSubTopic }) => pubSubTopic === topic);
  const isWorking = found !== undefined && found.state !== "FAILING";
  const faults = faultAbout("supportEvents", isWorking ? [] : [topic], () => ({
    details:
      found === undefined
        ? details.supportEventsMissing(topic)
        : details.supportEventsFailing(topic, found.failureReason ?? ""),
    ...askDoctor(scene),
  }));
  return [
    row(
      scene,
      "supportEvents",
      resource,
      outcomeOf(faults, { status: "done", details: details.supportEventsTo(topic) }),
    ),
  ];
}

/** An organization that the config names by its domain, and that was not found. */
export function missingOrganizationRows(scene: Scene): MadeRow[] {
  const { organization } = scene.readings;
  const { details, next } = scene.words;
  const domain = scene.stack.config.organization?.domain;
  if (domain === undefined || organization?.value !== undefined) return [];
  const text = details.organizationNotFound(domain);
  const outcome: Outcome =
    organization?.error === undefined
      ? { faults: [{ status: "notRead", kind: "notRead", about: [domain], details: text, next: next.organization }] }
      : unread(scene, organization);
  return [row(scene, "organization", "", outcome, publicLinks.guide)];
}

/** A project without an organization: nobody can manage its support account. */
export function orphanRows({ resource, project }: PlaceReadings, scene: Scene): MadeRow[] {
  const { details, next } = scene.words;
  if (project?.value === undefined || project.value.parent !== undefined) return [];
  const outcome: Outcome = {
    faults: [{ status: "notDone", kind: "project", details: details.withoutOrganization, next: next.migrate }],
  };
  return [row(scene, "organization", resource, outcome)];
}
