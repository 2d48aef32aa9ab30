/** Who is notified of incidents: as a contact, by an alert, or both. */
import type { ResourceName } from "../../guide/index.ts";
import { alertsOf, reached } from "./alerts.ts";
import { incidentContacts } from "./contacts.ts";
import type { IncidentRecipient, IncidentRecipients } from "./report.ts";
import { isThere } from "./readings.ts";
import type { PlaceReadings } from "./readings.ts";
import type { Scene } from "./scene.ts";

/** The places through which somebody is notified. Several channels can have one address. */
interface Places {
  readonly contactOf: Set<ResourceName>;
  readonly alertedOf: Set<ResourceName>;
  readonly everyIncidentOf: Set<ResourceName>;
}

export function incidentRecipients(scene: Scene): IncidentRecipients {
  const projects = scene.readings.places.filter((place) => place.level === "project" && isThere(place));
  const found = new Map<string, Places & { readonly recipient: string }>();
  const known = (recipient: string) => {
    // Google compares addresses without regard to case.
    const key = recipient.toLowerCase();
    const one = found.get(key) ?? { contactOf: new Set(), alertedOf: new Set(), everyIncidentOf: new Set(), recipient };
    found.set(key, one);
    return one;
  };
  const nobody = projects.filter((place) => {
    const contacts = incidentContacts(place, scene.projectNames, scene.now);
    const alerts = alertsOf(place);
    for (const { email, of } of contacts ?? []) known(email).contactOf.add(of);
    const recipients = alerts === null ? [] : reached(alerts);
    for (const { recipient, limited } of recipients) {
      const { alertedOf, everyIncidentOf } = known(recipient);
      alertedOf.add(place.resource);
      if (!limited) everyIncidentOf.add(place.resource);
    }
    return contacts?.length === 0 && recipients.length === 0 && isAlertingKnown(place);
  });
  const people = [...found.values()].map(({ recipient, contactOf, alertedOf, everyIncidentOf }): IncidentRecipient => ({
    recipient,
    contactOf: [...contactOf].sort(),
    alertedOf: [...alertedOf].sort(),
    limitedOf: [...alertedOf].filter((project) => !everyIncidentOf.has(project)).sort(),
  }));
  return {
    people: people.sort((one, other) => (one.recipient < other.recipient ? -1 : 1)),
    nobody: nobody.map(({ resource }) => resource),
  };
}

/** Without the APIs that alerts need, no policy alerts anybody. */
export function isAlertingKnown({ alerting, services }: PlaceReadings): boolean {
  return alerting === undefined ? services?.value !== undefined : alerting.value !== undefined;
}
