/** The report as Markdown, for a pull request or a terminal: what is open first, values as text that is no markup. */
import type { List, PhrasingContent, RootContent, Table, TableRow } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Unsafe } from "mdast-util-to-markdown";
import { formatOf, locales, notificationCategoryNames, words } from "../../guide/index.ts";
import type { Format, Words } from "../../guide/index.ts";
import { holesOf } from "./contacts.ts";
import { priorities, severities } from "./advice.ts";
import { isLeaf, isOpen } from "./report.ts";
import type { Count, PlaceContacts, Report, ReportPlace, Row } from "./report.ts";

interface Written {
  readonly report: Report;
  readonly words: Words;
  readonly format: Format;
}

export function markdownOf(report: Report): string {
  const { language, madeAt, project, rows, stack } = report;
  const written: Written = { report, words: words[language], format: formatOf(locales[language]) };
  const { page } = written.words;
  const { counts } = report;
  const verdict =
    counts.notDone + counts.notRead === 0
      ? [page.verdictDone]
      : [
          ...(counts.notDone > 0 ? [page.verdictOpen(counts.notDone)] : []),
          ...(counts.notRead > 0 ? [page.verdictUnread(counts.notRead)] : []),
        ];
  const children: RootContent[] = [
    heading(2, page.heading),
    paragraph(text(`${page.stack(stack, project)}. ${page.madeAt(written.format.time(madeAt))}.`)),
    paragraph(strong(verdict.join(" "))),
    ...openTasks(written),
    heading(3, page.checklist),
    checklist(
      [
        ...rows.map((row) => ({ place: page.everywhere, row })),
        ...report.places.flatMap((place) => place.rows.map((row) => ({ place: place.resource, row }))),
      ],
      written,
    ),
    ...contactsTable(written),
    ...accessTable(written),
    ...cases(written),
    ...incidents(written),
    ...adviceTables(written),
    heading(3, page.links),
    list(report.links.map(({ title, link }) => [anchor(link, title)])),
  ];
  return toMarkdown({ type: "root", children }, { bullet: "-", rule: "-", unsafe, extensions: [gfmTableToMarkdown()] });
}

/** What GitHub strikes out with, beside CommonMark. An address that is written out may become a link: it shows where to. */
const unsafe: Unsafe[] = [
  {
    ...{ character: "~", inConstruct: "phrasing" },
    notInConstruct: ["autolink", "destinationLiteral", "destinationRaw", "reference", "titleQuote", "titleApostrophe"],
  },
];

function openTasks({ report, words: { page, statuses } }: Written): RootContent[] {
  const places = [{ resource: page.everywhere, rows: report.rows }, ...report.places];
  const items = places.flatMap(({ resource, rows }) =>
    rows
      .filter(isOpen)
      .map((row): PhrasingContent[] => [
        strong(resource),
        text(" "),
        anchor(row.link, row.task),
        text(` (${statuses[row.status]}) ${[row.details, row.next].filter(Boolean).join(" ")}`),
      ]),
  );
  return items.length === 0 ? [] : [heading(3, page.openTasks), list(items)];
}

function checklist(
  rows: readonly { readonly place: string; readonly row: Row }[],
  { words: { page, statuses } }: Written,
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

function contactsTable({ report, words: { guide, page }, format }: Written): RootContent[] {
  const columns = notificationCategoryNames.filter((category) => category !== "all");
  const cell = (place: ReportPlace, contacts: PlaceContacts, category: (typeof columns)[number]) => {
    const number = contacts.told[category];
    if (number > 0) return text(format.number(number));
    if (holesOf(contacts, [category]).length === 0) return text(page.likeTechnical);
    return isLeaf(report, place) ? strong(page.hole) : text(page.hole);
  };
  const rows = report.places.flatMap((place) => {
    const { contacts, resource } = place;
    if (contacts === null) return [];
    return [[[text(resource)], ...columns.map((category) => [cell(place, contacts, category)])]];
  });
  return rows.length === 0
    ? []
    : [heading(3, page.contacts), table([page.place, ...columns.map((category) => guide.categories[category])], rows)];
}

function accessTable({ report, words: { page, statuses } }: Written): RootContent[] {
  const rows = report.places.flatMap(({ resource, access }) =>
    access === null
      ? [[[text(resource)], [text(statuses.notRead)], []]]
      : access.map(({ displayName, members, condition }) => [
          [text(resource)],
          [text(condition === undefined ? displayName : `${displayName} (${page.condition})`)],
          [text(members.join(", "))],
        ]),
  );
  return rows.length === 0 ? [] : [heading(3, page.access), table([page.place, page.role, page.members], rows)];
}

function cases({ report, words: { page }, format }: Written): RootContent[] {
  const titles = {
    created: page.caseCreated,
    comment: page.caseComment,
    attachment: page.caseAttachment,
    closed: page.caseClosed,
  };
  return report.cases.flatMap(({ events, link, name, priority, state, title }): RootContent[] => [
    heading(3, page.cases),
    paragraph(anchor(link, name), text(` ${title}, ${priority}, ${state}`)),
    list(
      events.map(({ kind, time, by, text: said }) => [
        text([format.time(time), titles[kind], by, kind === "created" ? "" : said].filter(Boolean).join(" · ")),
      ]),
    ),
  ]);
}

function incidents({ report, words: { page }, format }: Written): RootContent[] {
  if (report.incidents === null) return [heading(3, page.health), paragraph(text(page.noIncidentRead))];
  if (report.incidents.length === 0) return [heading(3, page.health), paragraph(text(page.noIncident))];
  const rows = report.incidents.map(({ active, endTime, products, projects, startTime, title }) => [
    [text(title)],
    [text(format.time(startTime))],
    [active ? strong(page.goesOn) : text(format.time(endTime))],
    [text(products.join(", "))],
    [text(projects.map(({ project, relevance }) => `${project} (${relevance})`).join(", "))],
  ]);
  return [heading(3, page.health), table([page.incident, page.from, page.to, page.products, page.projects], rows)];
}

function adviceTables({ report, words: { guide, page } }: Written): RootContent[] {
  const { insights, recommendations } = report;
  if (recommendations === null || insights === null) return [];
  const counted = (counts: readonly Count[], kinds: readonly string[], titles: readonly string[]) =>
    counts.length === 0
      ? paragraph(text(page.none))
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
  ];
}

/** GitHub tells the person, or the other thread, even where the sign is escaped: a word joiner, which nobody sees, keeps it from that. */
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
      ...{ type: "listItem", spread: false },
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
