/**
 * The label extractors of a log matching condition: `EXTRACT(jsonPayload.title)`.
 * https://cloud.google.com/logging/docs/logs-based-metrics/labels#create-label
 */
import { invalidField, notEmulated } from "../errors.ts";
import { readTexts } from "../json.ts";
import { fieldPath } from "../loggingQuery.ts";
import type { LogEntry } from "../state.ts";

/** A function that reads the value of a label; an empty text if the log entry has none. */
export function compileExtractor(label: string, extractor: string): (entry: LogEntry) => string {
  const field = `condition_matched_log.label_extractors[${label}]`;
  if (!/^[A-Za-z]\w*$/.test(label)) throw invalidField(field, label, "a label has letters, digits and underscores");
  if (/^\s*REGEXP_EXTRACT\s*\(/.test(extractor)) throw notEmulated(`REGEXP_EXTRACT, which the label ${label} uses`);
  const [, source = ""] = /^\s*EXTRACT\s*\(\s*([^\s()]+)\s*\)\s*$/.exec(extractor) ?? [];
  if (source === "") throw invalidField(field, extractor, "write EXTRACT(FIELD)");
  const path = fieldPath(source);
  return (entry) => readTexts(entry, path).join();
}
