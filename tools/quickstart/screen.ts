/** The output of the quickstart: headings, lines, checks and progress. */
import { styleText } from "node:util";
import Table from "cli-table3";

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
    // A terminal can report no width.
    return (this.#stream.isTTY && this.#stream.columns) || Infinity;
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

  /** Prints the result of a check. */
  seen(passed: boolean, text: string): void {
    if (!passed) this.failures.push(text);
    this.line(`  ${passed ? this.style("green", "✓") : this.style("red", "✗")} ${text}`);
  }

  /** Shows progress: one line that is updated, or separate lines if the output is not a terminal. */
  progress(text: string): void {
    if (!this.#stream.isTTY) return this.line(`  ${text}`);
    this.#clearProgress();
    this.#stream.write(this.style("dim", `  ${text}`.slice(0, this.width - 1)));
    this.#hasProgress = true;
  }

  table(rows: readonly (readonly string[])[]): void {
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
