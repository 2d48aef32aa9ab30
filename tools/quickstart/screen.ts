/** The output of the quickstart: headings, lines, checks and progress. */
import { stripVTControlCharacters, styleText } from "node:util";
import Table from "cli-table3";
import { widthOf, wrappedLines } from "../setup/index.ts";

type Style = Parameters<typeof styleText>[0];

/** A table without borders. */
const noLines: Record<string, string> = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((side): [string, string] => [side, ""]),
);

export class Screen {
  /** The failed checks. */
  readonly failures: string[] = [];
  readonly #stream: NodeJS.WriteStream;
  #hasProgress = false;

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream;
  }

  /** The number of characters in a line. */
  get width(): number {
    return widthOf(this.#stream);
  }

  style(style: Style, text: string): string {
    return this.#stream.isTTY ? styleText(style, text) : text;
  }

  heading(title: string, note = ""): void {
    this.line();
    this.line(`${this.style("bold", title)}${note === "" ? "" : `  ${this.style("dim", note)}`}`);
  }

  line(text = ""): void {
    this.#clearProgress();
    this.#stream.write(`${text}\n`);
  }

  /** Prints a text that breaks between words, with its further lines indented. */
  wrapped(text: string, indent: number, style?: Style): void {
    const styled = (line: string) => (style === undefined ? line : this.style(style, line));
    const [first = "", ...more] = wrappedLines(text.trimStart(), this.width - indent);
    this.line(`${" ".repeat(text.length - text.trimStart().length)}${styled(first)}`);
    for (const line of more) this.line(`${" ".repeat(indent)}${styled(line)}`);
  }

  /** Prints the result of a check. */
  check(passed: boolean, text: string): void {
    if (!passed) this.failures.push(text);
    const [first = "", ...more] = wrappedLines(text, this.width - 4);
    this.line(`  ${passed ? this.style("green", "✓") : this.style("red", "✗")} ${first}`);
    for (const line of more) this.line(`    ${line}`);
  }

  /** Shows progress: one line that is updated, or separate lines if the output is not a terminal. */
  progress(text: string): void {
    if (!this.#stream.isTTY) return this.line(`  ${text}`);
    this.#clearProgress();
    const [line = ""] = wrappedLines(text, this.width - 4);
    this.#stream.write(this.style("dim", `  ${line}${line === text ? "" : "…"}`));
    this.#hasProgress = true;
  }

  /** Prints a row per line. If the terminal is too narrow, the last column is on a second line. */
  table(rows: readonly (readonly string[])[]): void {
    const plain = rows.map((row) => row.map(stripVTControlCharacters));
    const widths = (plain[0] ?? []).map((_, index) => Math.max(...plain.map((row) => row[index]?.length ?? 0)));
    if (widths.reduce((sum, width) => sum + width + 2, 0) > this.width) {
      for (const row of rows) {
        this.line(`  ${row.slice(0, -1).join("  ")}`);
        this.line(`     ${row.at(-1) ?? ""}`);
      }
      return;
    }
    const table = new Table({
      chars: { ...noLines, middle: "  " },
      style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    });
    table.push(...rows.map((row) => [...row]));
    for (const line of table.toString().split("\n")) if (line.trim() !== "") this.line(`  ${line.trimEnd()}`);
  }

  #clearProgress(): void {
    if (this.#hasProgress) this.#stream.write("\r\u001B[2K");
    this.#hasProgress = false;
  }
}
