/**
 * The Logging query language, as far as filters of Service Health events use it: comparisons of a log entry's `resource`, `labels`,
 * `jsonPayload`, `logName` and `insertId`, with `AND`, `OR`, `NOT` and parentheses. Everything else is refused, because a filter
 * that is only partly evaluated would match the wrong entries.
 *
 * Source: https://cloud.google.com/logging/docs/view/logging-query-language
 */
import { RE2JS } from "re2js";
import { invalidArgument, notEmulated } from "./errors.ts";
import { compileFilter } from "./filter.ts";
import type { Predicate, Restriction } from "./filter.ts";
import { readTexts } from "./json.ts";
import type { LogEntry } from "./state.ts";

const maxLength = 20_000;

/** The fields of google.logging.v2.LogEntry that the local cloud does not compare. */
const otherFields = new Set([
  "apphub",
  "apphubDestination",
  "apphubSource",
  "errorGroups",
  "httpRequest",
  "labels",
  "metadata",
  "operation",
  "protoPayload",
  "receiveTimestamp",
  "resource",
  "severity",
  "sourceLocation",
  "spanId",
  "split",
  "textPayload",
  "timestamp",
  "trace",
  "traceSampled",
  "jsonPayload",
]);

/** A predicate for log entries. @throws ApiError for what is not valid (400), and for what is not emulated (501) */
export function compileLoggingQuery(query: string): Predicate<LogEntry> {
  if ([...query].length > maxLength) throw invalidArgument("filter", `at most ${maxLength} characters`);
  return compileFilter<LogEntry>(query, {
    dialect: { not: true, logging: true },
    restriction,
    text: (value) => {
      throw notEmulated(`"${value}" in a filter of logs: it compares only fields with values`);
    },
  });
}

function restriction({ field, operator, value, isQuoted }: Restriction): Predicate<LogEntry> {
  const path = fieldPath(field);
  const compared = (matches: (text: string) => boolean) => (entry: LogEntry) => readTexts(entry, path).some(matches);
  const wanted = value.toLowerCase();
  switch (operator) {
    case "=":
      return compared((text) => text.toLowerCase() === wanted);
    // As all comparisons, it is false if the field is missing.
    case "!=":
      return compared((text) => text.toLowerCase() !== wanted);
    case ":":
      return compared((text) => (value === "*" && !isQuoted) || text.toLowerCase().includes(wanted));
    case "=~":
    case "!~": {
      const expression = regularExpression(value);
      return compared((text) => expression.matcher(text).find() === (operator === "=~"));
    }
    default:
      throw notEmulated(`the order of values in a filter of logs: ${field} ${operator} "${value}"`);
  }
}

/** The path of a field, whose parts can be in quotes: `labels."servicehealth.googleapis.com/new_event"`. */
export function fieldPath(field: string): string[] {
  const parts = [...field.matchAll(/"((?:[^"\\]|\\.)*)"|([^."]+)/gsu)].map(
    ([, quoted, plain]) => quoted?.replace(/\\(.)/gsu, "$1") ?? plain ?? "",
  );
  const [first = "", ...rest] = parts;
  const isCompared =
    (first === "resource" && rest.length === 1 && rest[0] === "type") ||
    (first === "resource" && rest.length === 2 && rest[0] === "labels") ||
    (first === "labels" && rest.length === 1) ||
    (first === "jsonPayload" && rest.length > 0) ||
    ((first === "logName" || first === "insertId") && rest.length === 0);
  if (isCompared) return parts;
  if (otherFields.has(first) || /^-|^--/.test(first))
    throw notEmulated(`${field} in a filter of logs: write a label, a field of jsonPayload, resource.type or logName`);
  throw invalidArgument("filter", `not a field of a log entry: ${field}`);
}

function regularExpression(text: string): RE2JS {
  try {
    return RE2JS.compile(text);
  } catch {
    throw invalidArgument("filter", `not a regular expression of RE2: ${text}`);
  }
}
