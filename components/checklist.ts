/** The guide's checklist (row G0): each of its rows, where it applies, whether this stack does it, and where to see it. */
import * as pulumi from "@pulumi/pulumi";
import { contactsByAddress } from "../config/index.ts";
import type { NotificationCategory } from "../guide/index.ts";
import {
  consoleLinks,
  defaultServices,
  notificationCategoryNames,
  plans,
  publicLinks,
  roles,
  services,
  testCaseDefaults,
  valueAddedServices,
  words,
} from "../guide/index.ts";
import type { Contacts, CustomerCareArgs, Members } from "./args.ts";
import { namedMembers } from "./inputs.ts";
import type { ConfigLevel } from "./levels.ts";
import type { Scope } from "./scope.ts";
import type { TestSupportCase } from "./testSupportCase.ts";

/** A stack's outputs are in English; `care report` says the same in other languages. */
const { tasks } = words.en;

export interface ChecklistRow {
  /** The guide's row, such as `G3 editor`. */
  readonly row: string;
  readonly task: string;
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`; empty for what concerns no single one. */
  readonly where: string;
  /** `done` by this stack; `not configured` in it; `see the link`: a person does or reads it there. */
  readonly status: "done" | "not configured" | "see the link";
  /** What was done, in the config's words. */
  readonly details: string;
  readonly link: string;
}

/** A level of the config, with the resource that it is about. */
export interface Place {
  readonly scope: Scope;
  readonly args: ConfigLevel["args"];
}

export function checklist(
  args: CustomerCareArgs,
  places: readonly Place[],
  testCase: TestSupportCase | undefined,
): pulumi.Output<ChecklistRow[]> {
  const testCaseRow = pulumi
    .all([testCase?.caseName ?? "", testCase?.state ?? "", testCase?.consoleLink ?? publicLinks.plans])
    .apply(([caseName, state, link]): ChecklistRow => {
      const task = tasks.testCase;
      if (testCase === undefined) return row("G4 test case", task, "", "not configured", "", link);
      const details = `${args.testCase?.displayName ?? testCaseDefaults.displayName}: ${caseName}, ${state}`;
      return row("G4 test case", task, caseName.split("/").slice(0, 2).join("/"), "done", details, link);
    });
  const placeRows = places.map((place) => place.scope.resourceName.apply((where) => rowsOfPlace(place, where)));
  return pulumi
    .all([pulumi.all(placeRows), testCaseRow])
    .apply(([rows, testCaseRow]) => [...planRows(args), ...rows.flat(), testCaseRow, ...closingRows()]);
}

/**
 * The checklist as a stack's output shows it, a line for each row: by place (empty for what concerns no single one), then
 * by row, the status with its details and the console's link.
 */
export function checklistLines(rows: readonly ChecklistRow[]): Record<string, Record<string, string>> {
  const lines: Record<string, Record<string, string>> = {};
  for (const { row: name, task, where, status, details, link } of rows) {
    const place = (lines[where || "Customer Care"] ??= {});
    place[`${name}: ${task}`] = `${status}${details === "" ? "" : `: ${details}`} (${link})`;
  }
  return lines;
}

/** What to say of a level whose contacts of TECHNICAL get no incidents any more, or nothing. */
export function technicalIncidentsNote(contacts: Contacts | undefined): string | undefined {
  const all = contactsByAddress(contacts);
  const without = (category: NotificationCategory, other: NotificationCategory) =>
    all.filter(({ categories }) => categories.includes(category) && !categories.includes(other));
  const unheard = without("technical", "technical-incidents").map(({ email }) => email);
  const incidents = all.filter(({ categories }) => categories.includes("technical-incidents"));
  if (unheard.length === 0 || incidents.length === 0) return undefined;
  return `technical incidents go to the contacts of technical-incidents instead of technical: not to ${unheard.join(", ")}`;
}

function planRows({ plan, valueAddedServices: bought = [] }: CustomerCareArgs): ChecklistRow[] {
  const { displayName, audience } = plans[plan];
  const names = bought.map((name) => valueAddedServices[name].displayName).sort();
  return [
    row("G1 plan", tasks.plan, "", "done", `${displayName}: ${audience}`, publicLinks.plans),
    row(
      "G1 value-added",
      tasks.valueAdded,
      "",
      names.length > 0 ? "done" : "not configured",
      names.join(", "),
      publicLinks.plans,
    ),
  ];
}

function rowsOfPlace({ scope, args }: Place, where: string): ChecklistRow[] {
  const isProject = scope.level === "project";
  const enabled = [...(args.services ?? defaultServices)].sort();
  const membersRow = (name: string, task: string, members: Members | undefined, link: string) => {
    const names = namedMembers(members).map((member) => member.name);
    return row(name, task, where, names.length > 0 ? "done" : "not configured", names.join(", "), link);
  };
  const contacts = contactsByAddress(args.contacts);
  const subscribed = notificationCategoryNames.filter((category) =>
    contacts.some(({ categories }) => categories.includes(category)),
  );
  const note = technicalIncidentsNote(args.contacts);
  const heard = subscribed.map((category) => {
    const addresses = contacts.filter(({ categories }) => categories.includes(category)).map(({ email }) => email);
    return `${category}: ${addresses.join(", ")}`;
  });
  return [
    ...(isProject
      ? [
          row("G2 project", tasks.billing, where, "see the link", "", consoleLinks.billing(where)),
          row(
            "G2 services",
            tasks.services,
            where,
            enabled.length > 0 ? "done" : "not configured",
            enabled.map((name) => (name in services ? services[name].displayName : name)).join(", "),
            consoleLinks.service(enabled[0] ?? defaultServices[0] ?? "", where),
          ),
        ]
      : []),
    ...(scope.level === "organization"
      ? [
          membersRow(
            "G3 admin",
            tasks.grant(roles.administrators.displayName),
            args.administrators,
            consoleLinks.iam(where),
          ),
        ]
      : []),
    membersRow("G3 editor", tasks.grant(roles.editors.displayName), args.editors, consoleLinks.iam(where)),
    membersRow(
      "G5 contact roles",
      tasks.grant(roles.contactAdministrators.displayName),
      args.contactAdministrators,
      consoleLinks.iam(where),
    ),
    membersRow(
      "G5 contact roles",
      tasks.grant(roles.contactViewers.displayName),
      args.contactViewers,
      consoleLinks.iam(where),
    ),
    row(
      "G5 contacts",
      tasks.contacts,
      where,
      contacts.length > 0 ? "done" : "not configured",
      [...heard, ...(note === undefined ? [] : [note])].join("; "),
      consoleLinks.essentialContacts(where),
    ),
    ...(isProject
      ? [
          row("G6 Service Health", tasks.incidents, where, "see the link", "", consoleLinks.serviceHealth(where)),
          row("G6 Recommender", tasks.recommendations, where, "see the link", "", consoleLinks.recommendations(where)),
        ]
      : []),
  ];
}

function closingRows(): ChecklistRow[] {
  return [
    row("G6 Service Health", tasks.dashboard, "", "see the link", "", publicLinks.serviceHealthDashboard),
    row("G6 Skills Boost", tasks.training, "", "see the link", "", publicLinks.skillsBoost),
  ];
}

function row(
  name: string,
  task: string,
  where: string,
  status: ChecklistRow["status"],
  details: string,
  link: string,
): ChecklistRow {
  return { row: name, task, where, status, details, link };
}
