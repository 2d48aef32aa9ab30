/** What the run has found, as text. */
import Table from "cli-table3";
import { counted } from "../../text/index.ts";
import type { Comparison, Recording } from "./replay.ts";
import type { Json } from "./redact.ts";

const longest = 60;

function shown(value: Json | undefined): string {
  if (value === undefined) return "(absent)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

export function report({ answers }: Recording, { compared, skipped, differences }: Comparison): string {
  const answered = Object.entries(answers).map(([question, answer]) => `  ${question} ${answer}`);
  const table = new Table({
    head: ["request", "field", "Google", "local cloud", "exchanges"],
    style: { head: [], border: [] },
    colWidths: [42, 30, 34, 34, 11],
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  for (const { request, field, google, local, exchanges } of differences) {
    const [first = 0] = exchanges;
    const others = exchanges.length === 1 ? "" : ` and ${String(exchanges.length - 1)} more`;
    table.push([request, field || "(reply)", shown(google), shown(local), `${String(first)}${others}`]);
  }
  return [
    "Answers of Google",
    ...answered,
    "",
    `${counted(differences.length, "difference")} in ${counted(compared, "exchange")}${
      skipped.length === 0
        ? ""
        : `; ${counted(skipped.length, "exchange")} not compared, because an earlier one differs`
    }`,
    ...(differences.length === 0 ? [] : [table.toString()]),
  ].join("\n");
}
