/** The report: what is told, in words of one language, however it is then written. docs/report.md documents its JSON. */
import type { Language, Level, NotificationCategory, ResourceName } from "../../guide/index.ts";

/** The most urgent first. */
export const rowStatuses = ["notDone", "notRead", "notPossible", "notConfigured", "link", "done"] as const;

export type RowStatus = (typeof rowStatuses)[number];

/** The rows of the guide, in its order. */
const guideRows = [
  "G0 checklist",
  "G1 plan",
  "G1 value-added",
  "G2 project",
  "G2 services",
  "G3 organization",
  "G3 admin",
  "G3 editor",
  "G4 test case",
  "G4 close",
  "G4 other operations",
  "G5 contact roles",
  "G5 contacts",
  "G6 Service Health",
  "G6 Recommender",
  "G6 Skills Boost",
] as const;

export type GuideRow = (typeof guideRows)[number];

/** A row of the guide's checklist, at one place. */
export interface Row {
  readonly row: GuideRow;
  readonly task: string;
  readonly status: RowStatus;
  readonly details: string;
  /** What to do next; absent where nothing is to be done. */
  readonly next?: string;
  readonly link: string;
}

/** Who holds a role at a place itself. */
export interface Access {
  readonly role: string;
  readonly displayName: string;
  /** `account`: manages the support account; `cases`: opens cases; `otherCases`: opens cases by a broader role. */
  readonly kind: "account" | "cases" | "otherCases";
  /** Groups first. */
  readonly members: readonly string[];
  /** The condition's expression, where the grant has one. */
  readonly condition?: string;
}

export interface Contact {
  readonly email: string;
  /** The place that it is of. */
  readonly of: ResourceName;
  readonly categories: readonly NotificationCategory[];
  readonly language: string;
  readonly problem?: "invalid" | "stale";
}

export interface PlaceContacts {
  /** Those of the place itself. */
  readonly own: readonly Contact[];
  /** How many addresses are told of each category, with those from above; not those that are invalid. */
  readonly told: Readonly<Record<NotificationCategory, number>>;
}

export interface ReportPlace {
  readonly resource: ResourceName;
  readonly level: Level;
  readonly displayName: string;
  readonly parent: ResourceName | null;
  /** Whether it is the stack's, and not only above what is. */
  readonly ofStack: boolean;
  readonly rows: readonly Row[];
  /** Null where it could not be read. */
  readonly access: readonly Access[] | null;
  readonly contacts: PlaceContacts | null;
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

/** An incident, with all the projects of the report that it touches. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly active: boolean;
  /** RFC 3339; empty where Google does not tell. */
  readonly startTime: string;
  /** Empty while it goes on. */
  readonly endTime: string;
  readonly products: readonly string[];
  readonly locations: readonly string[];
  readonly projects: readonly { readonly project: string; readonly relevance: string; readonly link: string }[];
}

/** How many are of a category and a priority or a severity. */
export interface Count {
  readonly category: string;
  readonly displayName: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface Report {
  readonly version: 1;
  readonly language: Language;
  readonly stack: string;
  readonly project: string;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly plan: Plan;
  /** How many rows have each status. */
  readonly counts: Readonly<Record<RowStatus, number>>;
  /** Those that concern no single place. */
  readonly rows: readonly Row[];
  readonly places: readonly ReportPlace[];
  readonly cases: readonly SupportCase[];
  /** Null where no project's could be read. */
  readonly incidents: readonly Incident[] | null;
  /** By category: `P1` to `P4`. Null as above. */
  readonly recommendations: readonly Count[] | null;
  /** By category: `CRITICAL` to `LOW`. */
  readonly insights: readonly Count[] | null;
  readonly links: readonly { readonly title: string; readonly link: string }[];
}

/** Whether nothing of the report is below the place: what nobody is told of there, nobody is told of at all. */
export function isLeaf({ places }: Report, { resource }: ReportPlace): boolean {
  return !places.some(({ parent }) => parent === resource);
}

/** Whether a person has something to do about the row; that of the checklist says no more than the others do. */
export function isOpen({ row, status }: Row): boolean {
  return row !== "G0 checklist" && (status === "notDone" || status === "notRead");
}

/** In the order of the guide. */
export function inOrder(rows: readonly Row[]): Row[] {
  return [...rows].sort((one, other) => guideRows.indexOf(one.row) - guideRows.indexOf(other.row));
}
