/** What the quickstart writes: headings, lines, what was seen to hold or not, and how far a step is. */
import { styleText } from "node:util";
import Table from "cli-table3";

type Style = Parameters<typeof styleText>[0];

/** A table of columns alone. */
const noLines: Record<string, string> = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((side): [string, string] => [side, ""]),
);

export class Screen {
  /** What was not seen to hold. */
  readonly failures: string[] = [];
  readonly #stream: NodeJS.WriteStream;
  #hasProgress = false;

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream;
  }

  /** How many characters a line has. */
  get width(): number {
    // A terminal that does not know its width has none.
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

  /** Something that must hold, and whether it was seen to. */
  seen(holds: boolean, text: string): void {
    if (!holds) this.failures.push(text);
    this.line(`  ${holds ? this.style("green", "✓") : this.style("red", "✗")} ${text}`);
  }

  /** How far a step is: one line that is kept up to date, or plain lines where the output is not a terminal. */
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
