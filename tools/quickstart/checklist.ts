/** Prints the stack's output `checklist` as a table. */
import type { Screen } from "./screen.ts";

const marks = { done: "✓", "not done": "✗", "not configured": "–", "see the link": "→" } as const;

export function showChecklist(
  screen: Screen,
  checklist: Readonly<Record<string, Readonly<Record<string, string>>>>,
): void {
  for (const [place, rows] of Object.entries(checklist)) {
    screen.line(`  ${place}`);
    const parsed = Object.entries(rows).map(([row, text]) => ({ row, ...parts(text) }));
    showRows(
      screen,
      parsed.filter(({ status }) => status !== "not configured"),
    );
    const missing = parsed.filter(({ status }) => status === "not configured").map(({ row }) => row);
    if (missing.length > 0) screen.line(`  ${marks["not configured"]} not configured: ${missing.join("; ")}`);
  }
}

interface Row {
  readonly row: string;
  readonly status: keyof typeof marks;
  readonly details: string;
  readonly link: string;
}

/** One line for each row. If the terminal is too narrow, the link is on a second line. */
function showRows(screen: Screen, rows: readonly Row[]): void {
  const longest = (column: "row" | "details" | "link") => Math.max(...rows.map((row) => row[column].length));
  const gaps = "  ✓      ".length;
  if (gaps + longest("row") + longest("details") + longest("link") < screen.width)
    return screen.table(
      rows.map(({ row, status, details, link }) => [marks[status], row, details, screen.style("dim", link)]),
    );
  for (const { row, status, details, link } of rows) {
    screen.line(
      `  ${marks[status]}  ${`${row.padEnd(longest("row"))}  ${details}`.trimEnd()}`.slice(0, screen.width - 1),
    );
    screen.line(screen.style("dim", `     ${link}`));
  }
}

/** `done: details (link)`. */
function parts(text: string): Omit<Row, "row"> {
  const [, status = "", details = "", link = ""] =
    /^(done|not done|not configured|see the link)(?:: (.*))? \((\S+)\)$/s.exec(text) ?? [];
  const short = details.length > 60 ? `${details.slice(0, 57)}...` : details;
  return { status: status as keyof typeof marks, details: short, link };
}
