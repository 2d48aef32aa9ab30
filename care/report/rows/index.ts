/** All rows of the guide: those of places, and those without a place. */
import { isActive } from "../readings.ts";
import type { PlaceContacts } from "../report.ts";
import type { PlaceReadings } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import { accessRows } from "./access.ts";
import { contactsRow } from "./contacts.ts";
import { healthRows } from "./health.ts";
import { missingOrganizationRows, organizationRow, orphanRows, supportEventRows } from "./organization.ts";
import { planRows, publicRows } from "./plan.ts";
import { projectRow, servicesRow } from "./project.ts";
import { asNotOwned } from "./row.ts";
import type { RowWithFaults } from "./row.ts";

export { testCaseRows } from "./testCase.ts";

export function rowsOfPlace(
  place: PlaceReadings,
  contacts: PlaceContacts | null,
  context: ReportContext,
): RowWithFaults[] {
  const rows = guideRowsOf(place, contacts, context);
  return place.isOfStack ? rows : rows.map((row) => asNotOwned(row, context));
}

function guideRowsOf(place: PlaceReadings, contacts: PlaceContacts | null, context: ReportContext): RowWithFaults[] {
  // A project that is marked for deletion, or is not visible, has this one row.
  if (!isActive(place)) return [projectRow(place, context)];
  const rest = [...accessRows(place, context), contactsRow(place, contacts, context)];
  if (place.level === "organization")
    return [organizationRow(place, context), ...supportEventRows(place, context), ...rest];
  if (place.level === "folder") return rest;
  return [
    projectRow(place, context),
    servicesRow(place, context),
    ...orphanRows(place, context),
    ...rest,
    ...healthRows(place, context),
  ];
}

export function generalRows(context: ReportContext): RowWithFaults[] {
  return [...planRows(context), ...missingOrganizationRows(context), ...publicRows(context)];
}
