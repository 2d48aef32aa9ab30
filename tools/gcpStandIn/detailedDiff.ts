import type { Field, Fields } from "./schema.ts";
import { isProperties, same, unknownValue } from "./values.ts";
import type { Properties, Value } from "./values.ts";

/** The kind of a property's change. */
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
    diffBlock(diff, path, field, before, after);
  } else if (field.type === "blocks" && Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      diffElement(diff, `${path}[${index}]`, field, before[index] ?? null, after[index] ?? null);
  } else if (field.type === "map" && isProperties(before) && isProperties(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      diffElement(diff, path + keyPath(key), field, before[key] ?? null, after[key] ?? null);
  } else if (isPresent(before) && !same(before, after)) {
    diff.set(path, withReplacement("UPDATE", field));
  }
}

function diffBlock(diff: DetailedDiff, path: string, field: Field, before: Properties, after: Properties): void {
  for (const [name, inner] of Object.entries(field.fields ?? {}))
    diffField(diff, `${path}.${name}`, inner, before[name] ?? null, after[name] ?? null);
}

/** An element of a list of blocks, or of a map. */
function diffElement(diff: DetailedDiff, path: string, field: Field, before: Value, after: Value): void {
  if (isProperties(before) && isProperties(after)) return diffBlock(diff, path, field, before, after);
  const kind = wholeKind(before, after) ?? (same(before, after) ? undefined : "UPDATE");
  if (kind) diff.set(path, withReplacement(kind, field));
}

/** A key of a map in a property path. */
function keyPath(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** The change of a value that is added, deleted or unknown. */
function wholeKind(before: Value, after: Value): "ADD" | "DELETE" | "UPDATE" | undefined {
  if (!isPresent(before)) return isPresent(after) ? "ADD" : undefined;
  if (!isPresent(after)) return "DELETE";
  return after === unknownValue ? "UPDATE" : undefined;
}

/** An empty list counts as absent. */
function isPresent(value: Value): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function withReplacement(kind: "ADD" | "DELETE" | "UPDATE", field: Field): ChangeKind {
  return field.forceNew ? `${kind}_REPLACE` : kind;
}

/** How an element of a list changes. */
export type ElementChange = "ADD" | "DELETE" | "UPDATE";

/**
 * The shortest edit from one list to another, by index. Removed elements have their old index, added ones their new index, and
 * an index with both is an update. Among equally short edits, it removes first, like the Terraform bridge.
 */
function listDiff(before: Value[], after: Value[]): Map<number, ElementChange> {
  const rest = editLengths(before, after);
  const length = (i: number, j: number): number => rest[i]?.[j] ?? 0;
  const changes = new Map<number, ElementChange>();
  const note = (index: number, change: "ADD" | "DELETE"): void => {
    changes.set(index, changes.has(index) ? "UPDATE" : change);
  };
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i === before.length) note(j++, "ADD");
    else if (j === after.length) note(i++, "DELETE");
    else {
      const [removing, inserting] = [1 + length(i + 1, j), 1 + length(i, j + 1)];
      const keeping = same(before[i] ?? null, after[j] ?? null) ? length(i + 1, j + 1) : Infinity;
      if (keeping < Math.min(removing, inserting)) {
        i++;
        j++;
      } else if (inserting < removing) note(j++, "ADD");
      else note(i++, "DELETE");
    }
  }
  return changes;
}

/** For each pair of positions, the number of edits between the rests of the two lists. */
function editLengths(before: Value[], after: Value[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const row = (i: number): number[] => lengths[i] ?? [];
  for (let i = before.length; i >= 0; i--) {
    for (let j = after.length; j >= 0; j--) {
      const kept = i < before.length && j < after.length && same(before[i] ?? null, after[j] ?? null);
      if (i === before.length) row(i)[j] = after.length - j;
      else if (j === after.length) row(i)[j] = before.length - i;
      else {
        const edited = 1 + Math.min(row(i + 1)[j] ?? 0, row(i)[j + 1] ?? 0);
        row(i)[j] = kept ? Math.min(edited, row(i + 1)[j + 1] ?? 0) : edited;
      }
    }
  }
  return lengths;
}
