/** The input of the output formats: the report, and the words and formats of its language. */
import type { Format, Words } from "../../guide/index.ts";
import type { Report } from "./report.ts";

export interface RenderContext {
  readonly report: Report;
  readonly words: Words;
  readonly format: Format;
}
