/** What alert policies and notification channels have in common: names, labels, lists. */
import { authorize, variable } from "../api.ts";
import type { Call } from "../api.ts";
import { timestamp } from "../clock.ts";
import { invalidArgument, invalidField, notFound } from "../errors.ts";
import { compileFilter, unsupportedRestriction } from "../filter.ts";
import type { Predicate, Restriction } from "../filter.ts";
import { camelCase, readTexts } from "../json.ts";
import { page } from "../paging.ts";
import type { MutationRecord, Project } from "../state.ts";

/** The page sizes, which are not documented. */
const pageSizes = { default: 100, max: 1000 };

/** The fields by which lists can be filtered and sorted, in addition to labels. */
const comparedFields = new Set([
  "name",
  "displayName",
  "description",
  "type",
  "enabled",
  "verificationStatus",
  "combiner",
  "severity",
  "notificationChannels",
  "documentation.content",
  "documentation.mimeType",
]);

interface Named {
  readonly name: string;
}

/** The project in a name, which can contain its ID or its number. Requires the permission. */
export function authorizeProject(call: Call, permission: string, name: string): Project {
  const [, id = ""] = name.split("/");
  return authorize(call, `monitoring.${permission}`, `projects/${id}`) as Project;
}

/** The resource of a name. Names contain the project's ID. */
export function recordNamed<Item extends Named>(
  call: Call,
  records: ReadonlyMap<string, Item>,
  permission: string,
  field = "name",
): Item {
  const name = variable(call, field);
  const { projectId } = authorizeProject(call, permission, name);
  const found = records.get(`projects/${projectId}/${name.split("/").slice(2).join("/")}`);
  if (found === undefined) throw notFound();
  return found;
}

/** A list with its filter, its order, its pages and its total. */
export function listRecords<Item extends Named>(
  call: Call,
  records: ReadonlyMap<string, Item>,
  { permission, collection }: { readonly permission: string; readonly collection: string },
): object {
  const { projectId } = authorizeProject(call, permission, variable(call, "name"));
  const matches = compileFilter<Item>(call.query.text("filter"), { dialect: { not: true }, restriction });
  const found = [...records.values()].filter(
    (record) => record.name.startsWith(`projects/${projectId}/`) && matches(record),
  );
  const sorted = found.sort(order(call.query.text("orderBy")));
  const { items, nextPageToken } = page(sorted, call, pageSizes);
  return { [collection]: items, nextPageToken, totalSize: found.length };
}

function restriction(given: Restriction): Predicate<unknown> {
  const path = fieldPath(given.field);
  const { operator, value } = given;
  if (path === undefined || !["=", "!=", ":"].includes(operator)) throw unsupportedRestriction(given);
  return (record) => {
    const values = readTexts(record, path);
    if (operator === ":") return values.some((text) => text.includes(value));
    return values.includes(value) === (operator === "=");
  };
}

/** `display_name,-user_labels.team` */
function order(text: string): (one: unknown, other: unknown) => number {
  const fields = text.split(",").filter((field) => field.trim() !== "");
  const orders = fields.map((field) => {
    const [, minus, name = ""] = /^(-?)(.*)$/.exec(field.trim()) ?? [];
    const path = fieldPath(name);
    if (path === undefined) throw invalidArgument("order_by", `${name} is not supported`);
    const sign = minus === "-" ? -1 : 1;
    return (one: unknown, other: unknown) => sign * compare(readTexts(one, path).join(), readTexts(other, path).join());
  });
  return (one, other) => orders.reduce((result, by) => result || by(one, other), 0);
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The path of a field in the spelling of JSON. The keys of labels are unchanged. */
function fieldPath(field: string): string[] | undefined {
  const [first = "", ...rest] = field.split(".");
  const name = camelCase(first).replace(/^(user)?[lL]abel$/, "$&s");
  if (name === "labels" || name === "userLabels") return rest.length === 1 ? [name, ...rest] : undefined;
  const path = [name, ...rest.map(camelCase)];
  return comparedFields.has(path.join(".")) ? path : undefined;
}

export function mutation({ context: { clock } }: Call): MutationRecord {
  return { mutateTime: timestamp(clock.now()) };
}

const maxLabels = 64;

/** Checks labels of a user (google/monitoring/v3/{alert,notification}.proto). */
export function checkUserLabels(field: string, labels: Readonly<Record<string, string>> = {}): void {
  const entries = Object.entries(labels);
  if (entries.length > maxLabels) throw invalidField(field, String(entries.length), `at most ${maxLabels} entries`);
  for (const [key, value] of entries) {
    const isValid = /^\p{Ll}[\p{Ll}\p{N}_-]*$/u.test(key) && /^[\p{Ll}\p{N}_-]*$/u.test(value);
    for (const text of [key, value])
      if (!isValid || [...text].length > 63 || Buffer.byteLength(text) > 128)
        throw invalidField(
          `${field}[${key}]`,
          value,
          "lowercase letters, numerals, underscores and dashes, at most 63; keys begin with a letter",
        );
  }
}

/** Checks the length of a text, in Unicode characters. */
export function checkLength(field: string, text: string | undefined, most: number): void {
  if ([...(text ?? "")].length > most) throw invalidField(field, text ?? "", `at most ${most} characters`);
}
