/** All rows of the guide: those of places, and those without a place. */
import { isThere } from "../readings.ts";
import type { PlaceContacts } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { accessRows } from "./access.ts";
import { contactsRow } from "./contacts.ts";
import { healthRows } from "./health.ts";
import { missingOrganizationRows, organizationRow, orphanRows, supportEventRows } from "./organization.ts";
import { planRows, publicRows } from "./plan.ts";
import { projectRow, servicesRow } from "./project.ts";
import { ofOwner } from "./row.ts";
import type { MadeRow } from "./row.ts";

export { testCaseRows } from "./testCase.ts";

export function rowsOfPlace(place: PlaceReadings, contacts: PlaceContacts | null, scene: Scene): MadeRow[] {
  const rows = guideRowsOf(place, contacts, scene);
  return place.isOfStack ? rows : rows.map((row) => ofOwner(row, scene));
}

function guideRowsOf(place: PlaceReadings, contacts: PlaceContacts | null, scene: Scene): MadeRow[] {
  // A project that is marked for deletion, or is not visible, has this one row.
  if (!isThere(place)) return [projectRow(place, scene)];
  const rest = [...accessRows(place, scene), contactsRow(place, contacts, scene)];
  if (place.level === "organization")
    return [organizationRow(place, scene), ...supportEventRows(place, scene), ...rest];
  if (place.level === "folder") return rest;
  return [
    projectRow(place, scene),
    servicesRow(place, scene),
    ...orphanRows(place, scene),
    ...rest,
    ...healthRows(place, scene),
  ];
}

export function generalRows(scene: Scene): MadeRow[] {
  return [...planRows(scene), ...missingOrganizationRows(scene), ...publicRows(scene)];
}
