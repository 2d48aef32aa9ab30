/** The report's content in one language, for all formats. docs/reference/report.md documents its JSON. */
import { guideRows } from "../../guide/index.ts";
import type {
  Format,
  GuideRow,
  Language,
  Level,
  NotificationCategory,
  ResourceName,
  Words,
} from "../../guide/index.ts";

/** The statuses of a row with a finding, the most urgent first. */
const openStatuses = ["ongoing", "notDone", "notRead"] as const;

export type OpenStatus = (typeof openStatuses)[number];

/** The most urgent first. */
export const rowStatuses = [
  ...openStatuses,
  "waiting",
  "notOwned",
  "notPossible",
  "notConfigured",
  "link",
  "done",
] as const;

export type RowStatus = (typeof rowStatuses)[number];

/** The topic of a finding. */
export type FindingKind =
  | "alertChanged"
  | "alertMissing"
  | "alertNobody"
  | "alertRecipient"
  | "billing"
  | "contactDiffers"
  | "contactLanguage"
  | "contactGap"
  | "contactInvalid"
  | "contactMissing"
  | "contactStale"
  | "grantMissing"
  | "incident"
  | "nobodyHasRole"
  | "notRead"
  | "project"
  | "service"
  | "supportEvents"
  | "testCase";

/** A row of the guide's checklist, at one place. */
export interface Row {
  readonly row: GuideRow;
  readonly task: string;
  /** If there is a finding about the row, the status of the most urgent one. */
  readonly status: RowStatus;
  readonly details: string;
  /** The next step; absent if there is nothing to do. */
  readonly next?: string;
  /** The commands for it, if any. */
  readonly commands?: readonly string[];
  readonly link: string;
}

/**
 * Something that a person has to act on or should know. Everything that the report shows as open comes from these: the statuses of
 * rows, their counts, the list of open findings, and the red cells in the tables.
 */
export interface Finding {
  /** Empty if it concerns no single place. */
  readonly place: ResourceName;
  readonly row: GuideRow;
  readonly task: string;
  readonly status: OpenStatus;
  readonly kind: FindingKind;
  /** Such as the categories, the addresses, the members or the incidents. */
  readonly about: readonly string[];
  readonly details: string;
}

/** Who has a role at a place itself. */
export interface Access {
  readonly role: string;
  readonly displayName: string;
  /** `account`: manages the support account; `cases`: opens cases; `otherCases`: opens cases by a broader role. */
  readonly kind: "account" | "cases" | "otherCases";
  /** Groups first. */
  readonly members: readonly string[];
  /** The condition's expression, if the grant has one. */
  readonly condition?: string;
}

export interface Contact {
  readonly email: string;
  /** The place that it belongs to. */
  readonly of: ResourceName;
  readonly categories: readonly NotificationCategory[];
  readonly otherCategories: readonly string[];
  readonly language: string;
  readonly problem?: "invalid" | "stale";
}

export interface PlaceContacts {
  /** Those of the place itself. */
  readonly own: readonly Contact[];
  /** How many addresses are notified of each category, including inherited ones, but not invalid ones. */
  readonly notified: Readonly<Record<NotificationCategory, number>>;
}

/** Somebody whom an alert policy notifies, through a notification channel. */
export interface AlertRecipient {
  /** `projects/ID/notificationChannels/NUMBER`. */
  readonly channel: string;
  /** The e-mail address; else the channel's title with its type. */
  readonly recipient: string;
  /** Such as `email`; empty if the channel was deleted. */
  readonly type: string;
  /** Whether each alert policy that notifies it is limited to some products, locations or relevance. */
  readonly limited: boolean;
  /** Why no notification reaches it. */
  readonly problem?: "deleted" | "disabled" | "unverified";
}

/** The alert policies of a project on the events of Service Health. */
export interface PlaceAlerts {
  readonly policies: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly enabled: boolean;
    /** Whether it is enabled and has a notification channel. */
    readonly hasRecipients: boolean;
    /** Whether it is only about new incidents, and not about their updates. */
    readonly onlyNew: boolean;
  }[];
  /** Those of the enabled policies. */
  readonly recipients: readonly AlertRecipient[];
}

/** Somebody who is notified of incidents, and how. */
export interface IncidentRecipient {
  readonly recipient: string;
  /** The places that have the address as a contact for incidents. */
  readonly contactOf: readonly ResourceName[];
  /** The projects whose alerts reach it. */
  readonly alertedOf: readonly ResourceName[];
  /** Those of them whose alerts are limited to some products, locations or relevance. */
  readonly limitedOf: readonly ResourceName[];
}

export interface IncidentRecipients {
  readonly people: readonly IncidentRecipient[];
  /** The projects of which nobody is notified, neither as a contact nor by an alert. */
  readonly nobody: readonly ResourceName[];
}

export interface ReportPlace {
  readonly resource: ResourceName;
  readonly level: Level;
  readonly displayName: string;
  readonly parent: ResourceName | null;
  /** Whether it belongs to the stack, and is not only above its places. */
  readonly ofStack: boolean;
  readonly rows: readonly Row[];
  /** Null if it could not be read. */
  readonly access: readonly Access[] | null;
  readonly contacts: PlaceContacts | null;
  /** Null if they were not read, and for a place that is not a project. */
  readonly alerts: PlaceAlerts | null;
}

export interface Plan {
  readonly name: string;
  readonly displayName: string;
  readonly audience: string;
  readonly cloudSupportApi: boolean;
  readonly escalations: boolean;
  readonly priorities: readonly string[];
  readonly languages: readonly string[];
  readonly channels: readonly string[];
  readonly bought: readonly string[];
  readonly available: readonly string[];
}

export interface CaseEvent {
  readonly kind: "created" | "comment" | "attachment" | "closed";
  /** RFC 3339. */
  readonly time: string;
  readonly by: string;
  readonly text: string;
}

export interface SupportCase {
  readonly resource: string;
  readonly name: string;
  readonly title: string;
  readonly state: string;
  readonly priority: string;
  readonly leftBehind: boolean;
  readonly link: string;
  /** Oldest first. */
  readonly events: readonly CaseEvent[];
}

/** An incident, with all projects of the report that it affects. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly active: boolean;
  /** RFC 3339; empty if Google does not return it. */
  readonly startTime: string;
  /** Empty while it is ongoing. */
  readonly endTime: string;
  readonly products: readonly string[];
  readonly locations: readonly string[];
  readonly projects: readonly { readonly project: string; readonly relevance: string; readonly link: string }[];
}

/** The counts by category and by priority or severity. */
export interface Count {
  readonly category: string;
  readonly displayName: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Things that may exist, but were not read. */
export type Unchecked = "access" | "alerts" | "contacts" | "cases" | "incidents" | "recommendations";

export interface Report {
  readonly version: 2;
  readonly language: Language;
  readonly stack: string;
  readonly project: string;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly plan: Plan;
  /** The number of rows with each status. */
  readonly counts: Readonly<Record<RowStatus, number>>;
  readonly findings: readonly Finding[];
  /** Those that concern no single place. */
  readonly rows: readonly Row[];
  readonly places: readonly ReportPlace[];
  readonly incidentRecipients: IncidentRecipients;
  readonly cases: readonly SupportCase[];
  /** Null where no project's could be read. */
  readonly incidents: readonly Incident[] | null;
  /** By category: `P1` to `P4`. Null as above. */
  readonly recommendations: readonly Count[] | null;
  /** By category: `CRITICAL` to `LOW`. */
  readonly insights: readonly Count[] | null;
  /** Where each was not checked: it was not read, or its API is not enabled. */
  readonly notChecked: Readonly<Record<Unchecked, readonly ResourceName[]>>;
  readonly links: readonly { readonly title: string; readonly link: string }[];
}

/** Whether there is a finding about the row. */
export function isOpen({ status }: Pick<Row, "status">): boolean {
  return openStatuses.some((open) => open === status);
}

/** The number of rows with each status. */
export function countRows(rows: readonly Row[]): Record<RowStatus, number> {
  const count = (status: RowStatus) => rows.filter((row) => row.status === status).length;
  return Object.fromEntries(rowStatuses.map((status) => [status, count(status)])) as Record<RowStatus, number>;
}

/** A row with its place, which is undefined for a row of no single place. */
export interface PlacedRow {
  readonly place: ReportPlace | undefined;
  readonly row: Row;
}

/** All rows, in the order of the report. */
export function allRows({ rows, places }: Report): PlacedRow[] {
  return [
    ...rows.map((row) => ({ place: undefined, row })),
    ...places.flatMap((place) => place.rows.map((row) => ({ place, row }))),
  ];
}

/** A part of the checklist: a place, or the stack as a whole. */
export interface Part {
  readonly place: ReportPlace | undefined;
  readonly rows: readonly Row[];
}

const urgency = ({ status }: Pick<Row, "status">) => rowStatuses.indexOf(status);

/** The parts of the checklist: the place with the most urgent row first, and in each part the most urgent row first. */
export function partsByUrgency({ rows, places }: Report): Part[] {
  const byUrgency = (all: readonly Row[]) => [...all].sort((one, other) => urgency(one) - urgency(other));
  const parts: Part[] = [
    { place: undefined, rows: byUrgency(rows) },
    ...places.map((place) => ({ place, rows: byUrgency(place.rows) })),
  ];
  const first = ({ rows: [row] }: Part) => (row !== undefined && isOpen(row) ? urgency(row) : rowStatuses.length);
  return parts.sort((one, other) => first(one) - first(other));
}

/** An open row, or several with the same text: one fact, with one next step. */
export interface OpenFact {
  readonly status: OpenStatus;
  readonly details: string;
  readonly next: string | undefined;
  readonly commands: readonly string[];
  /** Of an incident: one for each project that it affects. */
  readonly rows: readonly [PlacedRow, ...PlacedRow[]];
  /** If the fact is an incident. */
  readonly incident?: Incident;
}

/** The open facts, each once, the most urgent first. */
export function openFacts(report: Report): OpenFact[] {
  const open = allRows(report).filter(({ row }) => isOpen(row));
  const groups = Map.groupBy(
    open.filter(({ row }) => row.status !== "ongoing"),
    ({ row: { status, details, next, commands } }) => JSON.stringify([status, details, next, commands]),
  );
  const incidents = (report.incidents ?? []).filter(({ active }) => active);
  const rowsOf = ({ projects }: Incident) =>
    open.filter(
      ({ place, row }) =>
        row.status === "ongoing" && projects.some(({ project }) => place?.resource === `projects/${project}`),
    );
  return [
    ...incidents.flatMap((incident) => factOf(rowsOf(incident), { details: incident.title, incident })),
    ...[...groups.values()].flatMap((rows) => factOf(rows)),
  ].sort((one, other) => urgency(one) - urgency(other));
}

function factOf([first, ...others]: readonly PlacedRow[], of?: Pick<OpenFact, "details" | "incident">): OpenFact[] {
  if (first === undefined) return [];
  const { status, details, next, commands = [] } = first.row;
  return [{ status: status as OpenStatus, details, next, commands, rows: [first, ...others], ...of }];
}

/** Whether a finding of this kind at the place is about it. A table marks such a cell in red. */
export function hasFinding({ findings }: Report, place: ResourceName, kind: FindingKind, about: string): boolean {
  return findings.some((one) => one.place === place && one.kind === kind && one.about.includes(about));
}

/** Whether the open cases of the stack that are in no state could be searched. */
export function couldSearchCases({ findings }: Report): boolean {
  return !findings.some(({ kind, row }) => kind === "notRead" && row === "G4 close");
}

/** In how many projects something was checked. */
export function checkedProjects({ notChecked, places }: Report, what: "incidents" | "recommendations"): number {
  return places.filter(({ level }) => level === "project").length - notChecked[what].length;
}

/** The projects of which not all recipients are known. Contacts of the places above are known from the projects. */
export function uncheckedRecipients({ notChecked, places }: Report): ResourceName[] {
  return places
    .filter(({ level }) => level === "project")
    .map(({ resource }) => resource)
    .filter((resource) => notChecked.alerts.includes(resource) || notChecked.contacts.includes(resource));
}

/** The sentence in place of recipients. None if not all are known, because the page then shows what was not checked. */
export function noRecipients(report: Report, page: Words["page"]): string[] {
  if (!report.places.some(({ level }) => level === "project")) return [page.noProject];
  return uncheckedRecipients(report).length === 0 ? [page.noRecipient] : [];
}

/** In the order of the guide. */
export function inOrder<Of extends { readonly row: GuideRow }>(rows: readonly Of[]): Of[] {
  return [...rows].sort((one, other) => guideRows.indexOf(one.row) - guideRows.indexOf(other.row));
}

/** Whether there is nothing to report on: no place, and no case. */
export function isEmpty({ cases, notChecked, places }: Pick<Report, "cases" | "notChecked" | "places">): boolean {
  return places.length + cases.length + notChecked.cases.length === 0;
}

/** The report in a sentence or two. */
export function verdictOf(
  report: Pick<Report, "cases" | "counts" | "notChecked" | "places">,
  page: Words["page"],
): string {
  const { counts } = report;
  if (openStatuses.every((status) => counts[status] === 0))
    return isEmpty(report) ? page.verdictEmpty : page.verdictDone;
  return [
    ...(counts.ongoing > 0 ? [page.verdictOngoing(counts.ongoing)] : []),
    ...(counts.notDone > 0 ? [page.verdictOpen(counts.notDone)] : []),
    ...(counts.notRead > 0 ? [page.verdictUnread(counts.notRead)] : []),
  ].join(" ");
}

/** A status in the form for the number of rows, such as `effectuées`. */
export function statusLabel(
  number: number,
  status: RowStatus,
  { statuses, statusPlurals }: Words,
  format: Format,
): string {
  return format.plural(number, { one: statuses[status], other: statusPlurals[status] });
}
