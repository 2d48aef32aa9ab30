/**
 * The guide's checklist (row G0): each row with its place, its status in this stack, and a link.
 *
 * It is built from the outputs of existing resources. A preview has no checklist, because nothing is created yet, and because
 * Pulumi shows the whole output if one row changes.
 */
import type * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { NotificationCategory, Redirection, RoleName, TaskName } from "../guide/index.ts";
import {
  categoryNoun,
  consoleLinks,
  defaultServices,
  guideTasks,
  notificationCategories,
  notificationCategoryNames,
  plans,
  publicLinks,
  redirectionsOf,
  taskIn,
  testCaseDefaults,
  titleOfApi,
  valueAddedServices,
  words,
} from "../guide/index.ts";
import { normalizeMember } from "../onboarding/index.ts";
import type { Contact, OnboardingOfArgs } from "../onboarding/index.ts";
import { existing, existingValue } from "./outputs.ts";
import type { LocatedPlace } from "./places.ts";
import type { AlertResources } from "./serviceHealthAlerts.ts";
import type { GrantResource } from "./supportAccess.ts";
import { isInParent } from "./supportCase/own.ts";
import type { SupportEvents } from "./supportEvents.ts";
import type { TestSupportCase } from "./testSupportCase.ts";

export interface ChecklistRow {
  /** The guide's row, such as `G3 editor`. */
  readonly row: string;
  readonly task: string;
  /**
   * `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`; the config's key, such as `projects.shop`, if the place does not
   * exist yet; empty for a row that is not about one place.
   */
  readonly where: string;
  /**
   * `done`: this stack has done it. `not done`: it is in the config, but not all of it exists. `not configured`: it is not in
   * the config. `see the link`: a person does it or reads it in the console.
   */
  readonly status: "done" | "not done" | "not configured" | "see the link";
  /** The missing parts, then the parts that are done, as named in the config. */
  readonly details: string;
  readonly link: string;
}

/** A place, with its resources. */
interface PlaceResources {
  readonly place: LocatedPlace;
  readonly services: readonly gcp.projects.Service[];
  readonly grants: (roleName: RoleName) => readonly GrantResource[];
  readonly contacts: readonly gcp.essentialcontacts.Contact[];
  readonly alerts: AlertResources | undefined;
  readonly events: SupportEvents | undefined;
}

/** The test case's resource, and its place in the config. */
interface CaseWithPlace {
  readonly resource: TestSupportCase;
  readonly place: LocatedPlace;
}

export function checklist(
  onboarding: OnboardingOfArgs,
  places: readonly PlaceResources[],
  testCase: CaseWithPlace | undefined,
): pulumi.Output<ChecklistRow[]> {
  if (pulumi.runtime.isDryRun()) return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<ChecklistRow[]>;
  const rows = pulumi.all(places.map(rowsOfPlace));
  return pulumi
    .all([rows, testCaseRow(testCase)])
    .apply(([rowsOfPlaces, caseRow]) => [...planRows(onboarding), ...rowsOfPlaces.flat(), caseRow, ...closingRows()]);
}

/**
 * The checklist as a stack output: by place (`Customer Care` for rows that are not about one place), then by row, a line with
 * the status, a link to the console and the details. The details come last, because `pulumi up` cuts a line after 150 bytes.
 *
 * Source: `truncatePropertyString` in pulumi/pulumi, pkg/backend/display/object_diff.go
 */
export function checklistLines(rows: readonly ChecklistRow[]): Record<string, Record<string, string>> {
  const lines: Record<string, Record<string, string>> = {};
  for (const { row: name, task, where, status, details, link } of rows) {
    const place = (lines[where || "Customer Care"] ??= {});
    place[`${name}: ${task}`] = `${status} (${link})${details === "" ? "" : `: ${details}`}`;
  }
  return lines;
}

/** A note for a place whose contacts no longer get a category, because it has contacts of its own. */
export function redirectionText({ category, without }: Redirection<Contact>): string {
  const emails = without.map(({ email }) => email).join(", ");
  return `${emails} will not get ${categoryNoun(category)}, because ${category} has its own contacts`;
}

function planRows({ plan, valueAddedServices: bought }: OnboardingOfArgs): ChecklistRow[] {
  const { displayName, audience } = plans[plan];
  const names = bought.map((name) => valueAddedServices[name].displayName).sort();
  return [
    row("plan", "", "done", `${displayName}: ${audience}`),
    row("valueAdded", "", names.length > 0 ? "done" : "not configured", names.join(", ")),
  ];
}

/** What exists at a place, from the outputs of its resources. */
interface Existing {
  /** The place's name; undefined if it is not known. */
  readonly where: string | undefined;
  readonly services: readonly string[];
  readonly contacts: readonly { readonly email: string; readonly categories: readonly string[] }[];
  /** By role, the members with and without it, as named in the config. */
  readonly members: Readonly<Record<RoleName, Parts>>;
  /** The addresses and the named channels that the alerts notify. */
  readonly alerts: Parts;
  /** The topic that the events of support cases are published to. */
  readonly events: Parts;
}

/** The parts of a row that are done, and those that are missing. */
interface Parts {
  readonly done: readonly string[];
  readonly missing: readonly string[];
}

function rowsOfPlace(resources: PlaceResources): pulumi.Output<ChecklistRow[]> {
  const members = (roleName: RoleName) => memberStatus(resources, roleName);
  return pulumi
    .output({
      where: existingValue(resources.place.scope.resourceName),
      services: existing(resources.services, ({ service }) => service),
      contacts: existing(resources.contacts, ({ email, notificationCategorySubscriptions }) =>
        pulumi.output({ email, categories: notificationCategorySubscriptions }),
      ),
      members: {
        administrators: members("administrators"),
        editors: members("editors"),
        contactAdministrators: members("contactAdministrators"),
        contactViewers: members("contactViewers"),
      },
      alerts: alertStatus(resources),
      events: eventStatus(resources),
    })
    .apply((seen) => rowsOf(resources.place, seen));
}

/** Compares members, because a grant that the update has not reached yet can still have its former member. */
function memberStatus({ place, grants }: PlaceResources, roleName: RoleName): pulumi.Output<Parts> {
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

/** An alert needs the policy, and the channel of an address. */
function alertStatus({ place, alerts }: PlaceResources): pulumi.Output<Parts> {
  const { addresses = [], channels = [] } = place.alerts ?? {};
  return pulumi
    .output({
      named: channels.map((channel) => existingValue(channel)),
      created: existing(alerts?.channels ?? [], ({ displayName }) => displayName),
      policies: existing(alerts === undefined ? [] : [alerts.policy], ({ id }) => id),
    })
    .apply(({ named, created, policies }) => {
      const known = named.filter((channel) => channel !== undefined);
      return split(
        [...addresses, ...known],
        (to) => policies.length > 0 && (created.includes(to) || known.includes(to)),
        (to) => to,
      );
    });
}

/** Events need the topic, Google's grant on it, and the subscription to it, which can still have its former topic. */
function eventStatus({ place, events }: PlaceResources): pulumi.Output<Parts> {
  if (events === undefined) return pulumi.output<Parts>({ done: [], missing: [] });
  const { topics, grant, subscription } = events.resources;
  return pulumi
    .output({
      asked: existingValue(events.topic),
      topics: existing(topics, ({ id }) => id),
      grants: existing([grant], ({ id }) => id),
      subscribed: existing([subscription], ({ pubSubTopic }) => pubSubTopic),
    })
    .apply(({ asked, topics: created, grants, subscribed }) =>
      split(
        [asked ?? place.supportEvents?.topic ?? ""],
        (topic) => created.length === topics.length && grants.length > 0 && subscribed.includes(topic),
        (topic) => topic,
      ),
    );
}

function rowsOf(
  { path, level, services: askedServices, contacts, alerts, supportEvents }: LocatedPlace,
  seen: Existing,
): ChecklistRow[] {
  const where = seen.where ?? path.join(".");
  const isProject = level === "project";
  const place = { where, exists: seen.where !== undefined };
  const asked = [...askedServices].sort();
  const enabled = split(
    asked,
    (name) => seen.services.includes(name),
    (name) => titleOfApi(name),
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
    ...(supportEvents === undefined ? [] : [partsRow("supportEvents", place, seen.events)]),
    membersRow("contactAdministrators"),
    membersRow("contactViewers"),
    contactsRow(contacts, seen.contacts, place),
    ...(alerts === undefined ? [] : [partsRow("alerts", place, seen.alerts)]),
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

/** A place that does not exist yet has no page in the console. */
function linkAt(name: TaskName, { where, exists }: Where): string {
  return exists ? guideTasks[name].link(where) : publicLinks.guide;
}

/** Uses the categories of the existing contact, which can differ from the config until the update. */
function contactsRow(asked: readonly Contact[], seen: Existing["contacts"], place: Where): ChecklistRow {
  const isSubscribed = (email: string, category: NotificationCategory) =>
    seen.some(
      (one) =>
        one.email.toLowerCase() === email.toLowerCase() &&
        one.categories.includes(notificationCategories[category].apiName),
    );
  const byCategory = notificationCategoryNames.map((category) => ({
    category,
    ...split(
      asked.filter(({ categories }) => categories.includes(category)),
      ({ email }) => isSubscribed(email, category),
      ({ email }) => email,
    ),
  }));
  const lines = (part: keyof Parts) =>
    byCategory.flatMap(({ category, [part]: emails }) =>
      emails.length === 0 ? [] : [`${category}: ${emails.join(", ")}`],
    );
  const parts = { done: lines("done"), missing: lines("missing") };
  return partsRow("contacts", place, parts, redirectionsOf(asked).map(redirectionText).join("; ") || undefined);
}

/** If the config moves the test case, the row is not done until the case is at the new place. */
function testCaseRow(testCase: CaseWithPlace | undefined): pulumi.Output<ChecklistRow> {
  if (testCase === undefined) return pulumi.output(row("testCase", "", "not configured", "", publicLinks.plans));
  const { resource, place } = testCase;
  const { displayName, keepOpen = false, adopt } = place.testCase ?? {};
  return pulumi
    .all([existingValue(resource.caseName), existingValue(resource.state), existingValue(place.scope.resourceName)])
    .apply(([caseName, state, asked]) => {
      const where = asked ?? place.path.join(".");
      const link = linkAt("testCase", { where, exists: asked !== undefined });
      const asWritten = adopt ?? displayName ?? testCaseDefaults.displayName;
      if (caseName === undefined) return row("testCase", where, "not done", asWritten, link);
      // Without a title in the config, an adopted case and a case of an earlier release keep their own.
      const found = `${displayName === undefined ? "" : `${displayName}: `}${caseName}, ${state ?? ""}`;
      if (!isInParent({ name: caseName }, where)) return row("testCase", where, "not done", found, link);
      if (state === "CLOSED") return row("testCase", where, "done", found, link);
      // The task includes closing the case, which keepOpen prevents.
      if (keepOpen)
        return row("testCase", where, "not configured", `${found}; kept open, because keepOpen is true`, link);
      if (adopt !== undefined)
        return row("testCase", where, "not configured", `${found}; adopted, and not closed`, link);
      return row("testCase", where, "not done", found, link);
    });
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

/** Stack outputs are in English. `care report` is also available in other languages. */
function row(
  name: TaskName,
  where: string,
  status: ChecklistRow["status"],
  details: string,
  link: string = guideTasks[name].link(where),
): ChecklistRow {
  return { row: guideTasks[name].row, task: taskIn(words.en, name), where, status, details, link };
}
