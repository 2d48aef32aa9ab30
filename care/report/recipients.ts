/** Who is notified of incidents: as a contact, by an alert, or both. */
import type { ResourceName } from "../../guide/index.ts";
import { alertsOf, reachedRecipients } from "./alerts.ts";
import { incidentContacts } from "./contacts.ts";
import type { IncidentRecipient, IncidentRecipients } from "./report.ts";
import { isActive } from "./readings.ts";
import type { PlaceReadings } from "./readings.ts";
import type { ReportContext } from "./context.ts";

/** The places through which somebody is notified. Several channels can have one address. */
interface Places {
  readonly contactOf: Set<ResourceName>;
  readonly alertedOf: Set<ResourceName>;
  readonly everyIncidentOf: Set<ResourceName>;
}

export function incidentRecipients(context: ReportContext): IncidentRecipients {
  const projects = context.readings.places.filter((place) => place.level === "project" && isActive(place));
  const found = new Map<string, Places & { readonly recipient: string }>();
  const entryOf = (recipient: string) => {
    // Google compares addresses without regard to case.
    const key = recipient.toLowerCase();
    const one = found.get(key) ?? { contactOf: new Set(), alertedOf: new Set(), everyIncidentOf: new Set(), recipient };
    found.set(key, one);
    return one;
  };
  const nobody = projects.filter((place) => {
    const contacts = incidentContacts(place, context.projectNames, context.now);
    const alerts = alertsOf(place);
    for (const { email, of } of contacts ?? []) entryOf(email).contactOf.add(of);
    const recipients = alerts === null ? [] : reachedRecipients(alerts);
    for (const { recipient, limited } of recipients) {
      const { alertedOf, everyIncidentOf } = entryOf(recipient);
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
