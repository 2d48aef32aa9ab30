/** The stack's output `checklist` as a table. */
import type { Screen } from "./screen.ts";

const marks = { done: "✓", "not configured": "–", "see the link": "→" } as const;

export function showChecklist(
  screen: Screen,
  checklist: Readonly<Record<string, Readonly<Record<string, string>>>>,
): void {
  for (const [place, rows] of Object.entries(checklist)) {
    screen.line(`  ${place}`);
    const parsed = Object.entries(rows).map(([row, text]) => ({ row, ...parts(text) }));
    screen.table(
      parsed
        .filter(({ status }) => status !== "not configured")
        .map(({ row, status, details, link }) => [marks[status], row, details, screen.style("dim", link)]),
    );
    const missing = parsed.filter(({ status }) => status === "not configured").map(({ row }) => row);
    if (missing.length > 0) screen.line(`  ${marks["not configured"]} not configured: ${missing.join("; ")}`);
  }
}

/** `done: details (link)`. */
function parts(text: string): { readonly status: keyof typeof marks; readonly details: string; readonly link: string } {
  const [, status = "", details = "", link = ""] =
    /^(done|not configured|see the link)(?:: (.*))? \((\S+)\)$/s.exec(text) ?? [];
  const short = details.length > 60 ? `${details.slice(0, 57)}...` : details;
  return { status: status as keyof typeof marks, details: short, link };
}
