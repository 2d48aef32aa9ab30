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
    if (missing.length > 0) screen.wrapped(`  ${marks["not configured"]}  not configured: ${missing.join("; ")}`, 5);
  }
}

interface Row {
  readonly row: string;
  readonly status: keyof typeof marks;
  readonly details: string;
  readonly link: string;
}

/** One line for each row. If the terminal is too narrow, the text breaks between words, and the link is on its own line. */
function showRows(screen: Screen, rows: readonly Row[]): void {
  const longest = (column: "row" | "details" | "link") => Math.max(...rows.map((row) => row[column].length));
  const gaps = "  ✓      ".length;
  if (gaps + longest("row") + longest("details") + longest("link") < screen.width)
    return screen.table(
      rows.map(({ row, status, details, link }) => [marks[status], row, details, screen.style("dim", link)]),
    );
  for (const { row, status, details, link } of rows) {
    screen.wrapped(`  ${marks[status]}  ${row}${details === "" ? "" : `  ${details}`}`, 5);
    screen.line(screen.style("dim", `     ${link}`));
  }
}

/** `done (link): details`. */
function parts(text: string): Omit<Row, "row"> {
  const [, status = "", link = "", details = ""] =
    /^(done|not done|not configured|see the link) \((\S+)\)(?:: (.*))?$/s.exec(text) ?? [];
  return { status: status as keyof typeof marks, details, link };
}
