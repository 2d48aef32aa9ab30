/** The report as Markdown, for a pull request or a terminal: open findings first, values as text without markup. */
import type { List, PhrasingContent, RootContent, Table, TableRow } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Unsafe } from "mdast-util-to-markdown";
import { formatOf, locales, notificationCategoryNames, words } from "../../guide/index.ts";
import { goesToFallback, isWaiting } from "./contacts.ts";
import { priorities, severities } from "./advice.ts";
import {
  checkedProjects,
  hasFinding,
  couldSearchCases,
  noRecipients,
  openFacts,
  partsByUrgency,
  uncheckedRecipients,
  verdictOf,
} from "./report.ts";
import type { RenderContext } from "./renderContext.ts";
import type { Count, PlaceContacts, Report, ReportPlace, Row } from "./report.ts";

export function markdownOf(report: Report): string {
  const { language, madeAt, project, stack } = report;
  const context: RenderContext = { report, words: words[language], format: formatOf(locales[language]) };
  const { page } = context.words;
  const children: RootContent[] = [
    heading(2, page.heading),
    paragraph(text(`${page.stack(stack, project)}. ${page.madeAt(context.format.time(madeAt))}.`)),
    paragraph(strong(verdictOf(report, page))),
    ...openTasks(context),
    heading(3, page.checklist),
    checklist(
      partsByUrgency(report).flatMap(({ place, rows }) =>
        rows.map((row) => ({ place: place?.resource ?? page.everywhere, row })),
      ),
      context,
    ),
    ...incidents(context),
    ...recipientsTable(context),
    ...contactsTable(context),
    ...accessTable(context),
    ...cases(context),
    ...adviceTables(context),
    heading(3, page.links),
    list(report.links.map(({ title, link }) => [anchor(link, title)])),
  ];
  return toMarkdown({ type: "root", children }, { bullet: "-", rule: "-", unsafe, extensions: [gfmTableToMarkdown()] });
}

/** GitHub's strikethrough, which CommonMark does not have. An address may become a link, which shows its target. */
const unsafe: Unsafe[] = [
  {
    character: "~",
    inConstruct: "phrasing",
    notInConstruct: ["autolink", "destinationLiteral", "destinationRaw", "reference", "titleQuote", "titleApostrophe"],
  },
];

/** How many places of a fact are named. */
const mostPlaces = 6;

function openTasks({ report, words: { page, statuses }, format }: RenderContext): RootContent[] {
  const items = openFacts(report).map(({ commands, details, incident, next, rows, status }): PhrasingContent[] => {
    const places = [...new Set(rows.map(({ place }) => place?.resource ?? page.everywhere))];
    const rest = places.length - mostPlaces;
    const named = [...places.slice(0, mostPlaces), ...(rest > 0 ? [page.morePlaces(rest)] : [])];
    const tasks = [...Map.groupBy(rows, ({ row }) => row.task).values()].flatMap(([first]) =>
      first === undefined ? [] : [first.row],
    );
    const since =
      incident === undefined || incident.startTime === "" ? "" : page.since(format.time(incident.startTime));
    return [
      strong(named.join(", ")),
      ...tasks.flatMap(({ link, task }, index) => [text(index === 0 ? " " : ", "), anchor(link, task)]),
      text(` (${[statuses[status], since].filter(Boolean).join(" ")}) ${[details, next].filter(Boolean).join(" → ")}`),
      ...commands.flatMap((command): PhrasingContent[] => [text(" "), { type: "inlineCode", value: command }]),
    ];
  });
  return items.length === 0 ? [] : [heading(3, page.openTasks), list(items)];
}

function checklist(
  rows: readonly { readonly place: string; readonly row: Row }[],
  { words: { page, statuses } }: RenderContext,
): Table {
  return table(
    [page.place, page.task, page.status, page.found],
    rows.map(({ place, row }) => [
      [text(place)],
      [anchor(row.link, `${row.row}: ${row.task}`)],
      [text(statuses[row.status])],
      [text(row.details)],
    ]),
  );
}

function contactsTable({ report, words: { guide, page }, format }: RenderContext): RootContent[] {
  const columns = notificationCategoryNames.filter((category) => category !== "all");
  const cell = (place: ReportPlace, { notified }: PlaceContacts, category: (typeof columns)[number]) => {
    if (notified[category] > 0) return text(format.number(notified[category]));
    if (goesToFallback(notified, category)) return text(page.likeTechnical);
    if (hasFinding(report, place.resource, "contactGap", category)) return strong(page.gap);
    return text(isWaiting(place, category) ? page.pendingGap : page.gap);
  };
  const rows = report.places.map((place) => {
    const { contacts, resource } = place;
    return [
      [text(resource)],
      ...columns.map((category) => [contacts === null ? text(page.notChecked) : cell(place, contacts, category)]),
    ];
  });
  return rows.length === 0
    ? []
    : [heading(3, page.contacts), table([page.place, ...columns.map((category) => guide.categories[category])], rows)];
}

function recipientsTable(context: RenderContext): RootContent[] {
  const { report, words } = context;
  const { page } = words;
  const { people, nobody } = report.incidentRecipients;
  const named = (places: readonly string[], limited: readonly string[] = []) => {
    const rest = places.length - mostPlaces;
    const shown = places
      .slice(0, mostPlaces)
      .map((place) => (limited.includes(place) ? `${place} (${page.someIncidents})` : place));
    return text([...shown, ...(rest > 0 ? [page.morePlaces(rest)] : [])].join(", ") || "–");
  };
  const rows = people.map(({ recipient, contactOf, alertedOf, limitedOf }) => [
    [text(recipient)],
    [named(contactOf)],
    [named(alertedOf, limitedOf)],
  ]);
  return [
    heading(3, page.recipients),
    ...(rows.length === 0
      ? noRecipients(report, page).map((sentence) => paragraph(text(sentence)))
      : [table([page.recipient, page.asContact, page.byAlert], rows)]),
    ...(nobody.length === 0 ? [] : [paragraph(text(`${page.nobodyHears} `), named(nobody))]),
    ...notChecked(uncheckedRecipients(report), context),
  ];
}

function accessTable({ report, words: { page } }: RenderContext): RootContent[] {
  const rows = report.places.flatMap(({ resource, access }) =>
    access === null || access.length === 0
      ? [[[text(resource)], [text(access === null ? page.notChecked : page.nobody)], []]]
      : access.map(({ displayName, members, condition }) => [
          [text(resource)],
          [text(condition === undefined ? displayName : `${displayName} (${page.condition})`)],
          [text(members.join(", "))],
        ]),
  );
  return rows.length === 0 ? [] : [heading(3, page.access), table([page.place, page.role, page.members], rows)];
}

function cases({ report, words: { page }, format }: RenderContext): RootContent[] {
  const titles = {
    created: page.caseCreated,
    comment: page.caseComment,
    attachment: page.caseAttachment,
    closed: page.caseClosed,
  };
  const unread = [
    ...report.notChecked.cases.map((name) => paragraph(text(`${name}: ${page.notChecked}`))),
    ...(couldSearchCases(report) ? [] : [paragraph(text(`${page.casesNotSearched}: ${page.notChecked}`))]),
  ];
  if (report.cases.length === 0) return unread.length === 0 ? [] : [heading(3, page.cases), ...unread];
  const read = report.cases.flatMap(({ events, link, name, priority, state, title }): RootContent[] => [
    heading(3, page.cases),
    paragraph(anchor(link, name), text(` ${title}, ${priority}, ${state}`)),
    list(
      events.map(({ kind, time, by, text: words }) => [
        text([format.time(time), titles[kind], by, kind === "created" ? "" : words].filter(Boolean).join(" · ")),
      ]),
    ),
  ]);
  return [...read, ...unread];
}

/** A note on places that were not read: their absence from a table proves nothing. */
function notChecked(places: readonly string[], { words: { page } }: RenderContext): RootContent[] {
  return places.length === 0 ? [] : [paragraph(text(page.notCheckedAt(places.length)))];
}

function incidents(context: RenderContext): RootContent[] {
  const { report, words, format } = context;
  const { page } = words;
  const unchecked = notChecked(report.notChecked.incidents, context);
  const hasProject = report.places.some(({ level }) => level === "project");
  if (report.incidents === null)
    return [heading(3, page.health), paragraph(text(hasProject ? page.notChecked : page.noProject))];
  if (report.incidents.length === 0) {
    const none = page.noIncidentIn(checkedProjects(report, "incidents"));
    return [heading(3, page.health), paragraph(text(none)), ...unchecked];
  }
  const rows = report.incidents.map(({ active, endTime, products, projects, startTime, title }) => [
    [text(title)],
    [text(format.time(startTime))],
    [active ? strong(page.ongoing) : text(format.time(endTime))],
    [text(products.join(", "))],
    [text(projects.map(({ project, relevance }) => `${project} (${relevance})`).join(", "))],
  ]);
  const titles = [page.incident, page.from, page.to, page.products, page.projects];
  return [heading(3, page.health), table(titles, rows), ...unchecked];
}

function adviceTables(context: RenderContext): RootContent[] {
  const { guide, page } = context.words;
  const { insights, notChecked: unchecked, places, recommendations } = context.report;
  const hasProject = places.some(({ level }) => level === "project");
  if (recommendations === null || insights === null)
    return [heading(3, page.advice), paragraph(text(hasProject ? page.notChecked : page.noProject))];
  const checked = checkedProjects(context.report, "recommendations");
  const counted = (counts: readonly Count[], kinds: readonly string[], titles: readonly string[]) =>
    counts.length === 0
      ? paragraph(text(checked === 0 ? page.notChecked : page.noneIn(checked)))
      : table(
          [page.category, ...titles],
          counts.map(({ displayName, counts: of }) => [
            [text(displayName)],
            ...kinds.map((kind) => [text(String(of[kind] ?? 0))]),
          ]),
        );
  return [
    heading(3, page.advice),
    counted(recommendations, priorities, priorities),
    heading(3, page.insights),
    counted(
      insights,
      severities,
      severities.map((severity) => guide.severities[severity]),
    ),
    ...notChecked(unchecked.recommendations, context),
  ];
}

/** GitHub notifies the person or the other thread, even if the sign is escaped. An invisible word joiner prevents that. */
const mention = /(?<!\w)@(?=\w)|#(?=\d)/g;

const text = (value: string): PhrasingContent => ({
  type: "text",
  value: value.replace(/\s*\n\s*/g, " ").replace(mention, "$&\u2060"),
});
const strong = (value: string): PhrasingContent => ({ type: "strong", children: [text(value)] });
const anchor = (url: string, value: string): PhrasingContent => ({ type: "link", url, children: [text(value)] });

const heading = (depth: 2 | 3, value: string): RootContent => ({ type: "heading", depth, children: [text(value)] });
const paragraph = (...children: PhrasingContent[]): RootContent => ({ type: "paragraph", children });

function list(items: readonly PhrasingContent[][]): List {
  return {
    type: "list",
    spread: false,
    children: items.map((children) => ({
      type: "listItem",
      spread: false,
      children: [{ type: "paragraph", children }],
    })),
  };
}

function table(titles: readonly string[], rows: readonly PhrasingContent[][][]): Table {
  const row = (cells: readonly PhrasingContent[][]): TableRow => ({
    type: "tableRow",
    children: cells.map((children) => ({ type: "tableCell", children })),
  });
  return { type: "table", children: [row(titles.map((title) => [text(title)])), ...rows.map(row)] };
}
