import { listDiff } from "./listDiff.ts";
import { isProperties, same, unknownValue } from "./values.ts";

import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** How a property changes. */
export type ChangeKind = "ADD" | "DELETE" | "UPDATE" | "ADD_REPLACE" | "DELETE_REPLACE" | "UPDATE_REPLACE";

/** The changes by the paths of the properties. */
export type DetailedDiff = Map<string, ChangeKind>;

/** The changes from a state to a planned one. */
export function detailedDiff(fields: Fields, prior: Properties, planned: Properties): DetailedDiff {
  const diff: DetailedDiff = new Map();
  for (const [name, field] of Object.entries(fields)) {
    diffField(diff, name, field, prior[name] ?? null, planned[name] ?? null);
  }
  return diff;
}

function diffField(diff: DetailedDiff, path: string, field: Field, before: Value, after: Value): void {
  const kind = wholeKind(before, after);
  if (kind) {
    diff.set(path, withReplacement(kind, field));
  } else if (field.type === "strings" && Array.isArray(before) && Array.isArray(after)) {
    for (const [index, change] of listDiff(before, after))
      diff.set(`${path}[${index}]`, withReplacement(change, field));
  } else if (field.type === "block" && isProperties(before) && isProperties(after)) {
    for (const [name, inner] of Object.entries(field.fields ?? {})) {
      diffField(diff, `${path}.${name}`, inner, before[name] ?? null, after[name] ?? null);
    }
  } else if (isPresent(before) && !same(before, after)) {
    diff.set(path, withReplacement("UPDATE", field));
  }
}

/** How a value changes that comes, goes or is not known yet. */
function wholeKind(before: Value, after: Value): "ADD" | "DELETE" | "UPDATE" | undefined {
  if (!isPresent(before)) return isPresent(after) ? "ADD" : undefined;
  if (!isPresent(after)) return "DELETE";
  return after === unknownValue ? "UPDATE" : undefined;
}

/** An empty list counts as none. */
function isPresent(value: Value): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function withReplacement(kind: "ADD" | "DELETE" | "UPDATE", field: Field): ChangeKind {
  return field.forceNew ? `${kind}_REPLACE` : kind;
}
