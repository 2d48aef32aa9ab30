/**
 * The guide's checklist (row G0): each of its rows, where it applies, whether this stack has done it, and where to see it.
 *
 * It is made from what the resources give once they exist. A preview has no checklist: what it would create is not done,
 * and where one row of an output changes, Pulumi shows all the others too.
 */
import type * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { NotificationCategory, RoleName, TaskName } from "../guide/index.ts";
import {
  consoleLinks,
  defaultServices,
  guideTasks,
  notificationCategories,
  notificationCategoryNames,
  plans,
  publicLinks,
  services,
  taskIn,
  testCaseDefaults,
  valueAddedServices,
  words,
} from "../guide/index.ts";
import { normalizeMember } from "../onboarding/index.ts";
import type { Contact, OnboardingOfArgs } from "../onboarding/index.ts";
import { existing, existingValue } from "./outputs.ts";
import type { LocatedPlace } from "./places.ts";
import type { GrantResource } from "./supportAccess.ts";
import type { TestSupportCase } from "./testSupportCase.ts";

export interface ChecklistRow {
  /** The guide's row, such as `G3 editor`. */
  readonly row: string;
  readonly task: string;
  /**
   * `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`; the config's key, such as `projects.shop`, as long as that does
   * not exist; empty for what concerns no single one.
   */
  readonly where: string;
  /**
   * `done` by this stack; `not done`: the config asks for it, and not all of it exists; `not configured` in it; `see the link`:
   * a person does or reads it there.
   */
  readonly status: "done" | "not done" | "not configured" | "see the link";
  /** What is missing, then what is done, in the config's words. */
  readonly details: string;
  readonly link: string;
}

/** A place, with what the program makes there. */
interface MadePlace {
  readonly place: LocatedPlace;
  readonly services: readonly gcp.projects.Service[];
  readonly grants: (roleName: RoleName) => readonly GrantResource[];
  readonly contacts: readonly gcp.essentialcontacts.Contact[];
}

/** The test case's resource, and the place that the config names for it. */
interface MadeCase {
  readonly resource: TestSupportCase;
  readonly place: LocatedPlace;
}

export function checklist(
  onboarding: OnboardingOfArgs,
  places: readonly MadePlace[],
  testCase: MadeCase | undefined,
): pulumi.Output<ChecklistRow[]> {
  if (pulumi.runtime.isDryRun()) return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<ChecklistRow[]>;
  const rows = pulumi.all(places.map(rowsOfPlace));
  return pulumi
    .all([rows, testCaseRow(testCase)])
    .apply(([rowsOfPlaces, caseRow]) => [...planRows(onboarding), ...rowsOfPlaces.flat(), caseRow, ...closingRows()]);
}

/**
 * The checklist as a stack's output shows it, a line for each row: by place (`Customer Care` for what concerns no single
 * one), then by row, the status with its details and the console's link.
 */
export function checklistLines(rows: readonly ChecklistRow[]): Record<string, Record<string, string>> {
  const lines: Record<string, Record<string, string>> = {};
  for (const { row: name, task, where, status, details, link } of rows) {
    const place = (lines[where || "Customer Care"] ??= {});
    place[`${name}: ${task}`] = `${status}${details === "" ? "" : `: ${details}`} (${link})`;
  }
  return lines;
}

/** What to say of a place whose contacts of TECHNICAL get no incidents any more, or nothing. */
export function technicalIncidentsNote(all: readonly Contact[]): string | undefined {
  const without = (category: NotificationCategory, other: NotificationCategory) =>
    all.filter(({ categories }) => categories.includes(category) && !categories.includes(other));
  const unheard = without("technical", "technical-incidents").map(({ email }) => email);
  const incidents = all.filter(({ categories }) => categories.includes("technical-incidents"));
  if (unheard.length === 0 || incidents.length === 0) return undefined;
  return `technical incidents go to the contacts of technical-incidents instead of technical: not to ${unheard.join(", ")}`;
}

function planRows({ plan, valueAddedServices: bought }: OnboardingOfArgs): ChecklistRow[] {
  const { displayName, audience } = plans[plan];
  const names = bought.map((name) => valueAddedServices[name].displayName).sort();
  return [
    row("plan", "", "done", `${displayName}: ${audience}`),
    row("valueAdded", "", names.length > 0 ? "done" : "not configured", names.join(", ")),
  ];
}

/** What exists at a place, by what the resources give. */
interface Seen {
  /** The place's name; undefined as long as it is not known. */
  readonly where: string | undefined;
  readonly services: readonly string[];
  readonly contacts: readonly { readonly email: string; readonly categories: readonly string[] }[];
  /** The config's names for members, by the role: those who hold it, and those who do not. */
  readonly members: Readonly<Record<RoleName, Parts>>;
}

/** What is done of a row, and what is missing. */
interface Parts {
  readonly done: readonly string[];
  readonly missing: readonly string[];
}

function rowsOfPlace(made: MadePlace): pulumi.Output<ChecklistRow[]> {
  const members = (roleName: RoleName) => membersSeen(made, roleName);
  return pulumi
    .output({
      where: existingValue(made.place.scope.resourceName),
      services: existing(made.services, ({ service }) => service),
      contacts: existing(made.contacts, ({ email, notificationCategorySubscriptions }) =>
        pulumi.output({ email, categories: notificationCategorySubscriptions }),
      ),
      members: {
        administrators: members("administrators"),
        editors: members("editors"),
        contactAdministrators: members("contactAdministrators"),
        contactViewers: members("contactViewers"),
      },
    })
    .apply((seen) => rowsOf(made.place, seen));
}

/** A grant that the update has not come to may still be another member's. */
function membersSeen({ place, grants }: MadePlace, roleName: RoleName): pulumi.Output<Parts> {
  const asked = place.grants
    .filter((grant) => grant.roleName === roleName)
    .map(({ name, member }) => ({ name, member: existingValue(member) }));
  return pulumi
    .output({ asked, granted: existing(grants(roleName), ({ member }) => member) })
    .apply(({ asked: all, granted }) => {
      const holders = new Set(granted.map(normalizeMember));
      return split(
        all,
        ({ member }) => member !== undefined && holders.has(normalizeMember(member)),
        ({ name }) => name,
      );
    });
}

function rowsOf({ path, level, services: askedServices, contacts }: LocatedPlace, seen: Seen): ChecklistRow[] {
  const where = seen.where ?? path.join(".");
  const isProject = level === "project";
  const place = { where, exists: seen.where !== undefined };
  const asked = [...askedServices].sort();
  const enabled = split(
    asked,
    (name) => seen.services.includes(name),
    (name) => (name in services ? services[name].displayName : name),
  );
  const servicesLink = place.exists
    ? consoleLinks.service(asked[0] ?? defaultServices[0] ?? "", where)
    : publicLinks.guide;
  const membersRow = (roleName: RoleName) => partsRow(roleName, place, seen.members[roleName]);
  return [
    ...(isProject
      ? [
          row("billing", where, "see the link", "", linkAt("billing", place)),
          partsRow("services", place, enabled, undefined, servicesLink),
        ]
      : []),
    ...(level === "organization" ? [membersRow("administrators")] : []),
    membersRow("editors"),
    membersRow("contactAdministrators"),
    membersRow("contactViewers"),
    contactsRow(contacts, seen.contacts, place),
    ...(isProject
      ? (["incidents", "recommendations"] as const).map((name) =>
          row(name, where, "see the link", "", linkAt(name, place)),
        )
      : []),
  ];
}

interface Where {
  readonly where: string;
  readonly exists: boolean;
}

/** What does not exist yet has no page in the console. */
function linkAt(name: TaskName, { where, exists }: Where): string {
  return exists ? guideTasks[name].link(where) : publicLinks.guide;
}

/** A contact counts with the categories that it has, which may not be those of the config yet. */
function contactsRow(asked: readonly Contact[], seen: Seen["contacts"], place: Where): ChecklistRow {
  const isTold = (email: string, category: NotificationCategory) =>
    seen.some(
      (one) =>
        one.email.toLowerCase() === email.toLowerCase() &&
        one.categories.includes(notificationCategories[category].apiName),
    );
  const byCategory = notificationCategoryNames.map((category) => ({
    category,
    ...split(
      asked.filter(({ categories }) => categories.includes(category)),
      ({ email }) => isTold(email, category),
      ({ email }) => email,
    ),
  }));
  const lines = (part: keyof Parts) =>
    byCategory.flatMap(({ category, [part]: emails }) =>
      emails.length === 0 ? [] : [`${category}: ${emails.join(", ")}`],
    );
  const parts = { done: lines("done"), missing: lines("missing") };
  return partsRow("contacts", place, parts, technicalIncidentsNote(asked));
}

/** The test case is of the place that the config names: one that was moved is not done before the case is. */
function testCaseRow(testCase: MadeCase | undefined): pulumi.Output<ChecklistRow> {
  if (testCase === undefined) return pulumi.output(row("testCase", "", "not configured", "", publicLinks.plans));
  const { resource, place } = testCase;
  const { displayName = testCaseDefaults.displayName, keepOpen = false, adopt } = place.testCase ?? {};
  return pulumi
    .all([existingValue(resource.caseName), existingValue(resource.state), existingValue(place.scope.resourceName)])
    .apply(([caseName, state, asked]) => {
      const where = asked ?? place.path.join(".");
      const link = linkAt("testCase", { where, exists: asked !== undefined });
      if (caseName === undefined) return row("testCase", where, "not done", displayName, link);
      const found = `${displayName}: ${caseName}, ${state ?? ""}`;
      if (!isOf(caseName, where)) return row("testCase", where, "not done", found, link);
      if (state === "CLOSED") return row("testCase", where, "done", found, link);
      // It is created, and the config asks for it to stay open: the task has both.
      if (keepOpen) return row("testCase", where, "not configured", `${found}; kept open, as keepOpen is true`, link);
      if (adopt !== undefined)
        return row("testCase", where, "not configured", `${found}; adopted, and left open`, link);
      return row("testCase", where, "not done", found, link);
    });
}

/** Google may name a case by its project's number. */
function isOf(caseName: string, place: string): boolean {
  const [collection, id = ""] = caseName.split("/");
  return `${collection ?? ""}/${id}` === place || (place.startsWith(`${collection ?? ""}/`) && /^\d+$/.test(id));
}

function split<One>(all: readonly One[], isDone: (one: One) => boolean, nameOf: (one: One) => string): Parts {
  return {
    done: all.filter(isDone).map(nameOf),
    missing: all.filter((one) => !isDone(one)).map(nameOf),
  };
}

function partsRow(
  name: TaskName,
  place: Where,
  { done, missing }: Parts,
  note?: string,
  link: string = linkAt(name, place),
): ChecklistRow {
  const status = missing.length > 0 ? "not done" : done.length > 0 ? "done" : "not configured";
  const between = done.concat(missing).some((part) => part.includes(": ")) ? "; " : ", ";
  const details = [
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(between)}`]),
    ...(done.length === 0 ? [] : [`${missing.length === 0 ? "" : "done: "}${done.join(between)}`]),
    ...(note === undefined ? [] : [note]),
  ];
  return row(name, place.where, status, details.join("; "), link);
}

function closingRows(): ChecklistRow[] {
  return [row("dashboard", "", "see the link", ""), row("training", "", "see the link", "")];
}

/** A stack's outputs are in English; `care report` says the same in other languages. */
function row(
  name: TaskName,
  where: string,
  status: ChecklistRow["status"],
  details: string,
  link: string = guideTasks[name].link(where),
): ChecklistRow {
  return { row: guideTasks[name].row, task: taskIn(words.en, name), where, status, details, link };
}
