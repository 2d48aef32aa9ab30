/** Compares a recorded reply of Google with that of the local cloud, field by field. */
import { Pairs } from "./placeholders.ts";
import type { Exchange } from "./proxy.ts";
import type { Json } from "./redact.ts";

export interface FieldDifference {
  /** Such as `cases[0].state`; `(order)` after the name of a list with the same items in another order. */
  readonly field: string;
  /** Undefined: absent. */
  readonly google: Json | undefined;
  readonly local: Json | undefined;
}

type Replied = Pick<Exchange, "status" | "headers" | "reply">;

/** The differences between two replies. */
export function compareReplies(google: Replied, local: Replied, pairs: Pairs): FieldDifference[] {
  return [
    ...compare(google.status, local.status, pairs, "status"),
    ...compare(google.headers, local.headers, pairs, "header"),
    ...compare(google.reply, local.reply, pairs),
  ];
}

/** @param pairs Gets the pairs of placeholders in what is equal. */
export function compare(
  google: Json | undefined,
  local: Json | undefined,
  pairs: Pairs,
  field = "",
): FieldDifference[] {
  if (google === local && typeof google !== "string") return [];
  if (typeof google === "string" && typeof local === "string" && pairs.match(google, local)) return [];
  if (isList(google) && isList(local)) return compareLists(google, local, pairs, field);
  if (isObject(google) && isObject(local)) {
    const keys = new Set([...Object.keys(google), ...Object.keys(local)]);
    return [...keys].flatMap((key) => compare(google[key], local[key], pairs, field === "" ? key : `${field}.${key}`));
  }
  return [{ field, google, local }];
}

function compareLists(google: readonly Json[], local: readonly Json[], pairs: Pairs, field: string) {
  const ordered = new Pairs(pairs);
  const length = Math.max(google.length, local.length);
  const found = Array.from({ length }, (_, index) =>
    compare(google[index], local[index], ordered, `${field}[${String(index)}]`),
  ).flat();
  if (found.length > 0 && google.length === local.length && pairAll(google, local, pairs))
    return [{ field: `${field} (order)`, google, local }];
  pairs.assign(ordered);
  return found;
}

/** Whether the lists have the same items, in any order. If so, adds their pairs. */
function pairAll(google: readonly Json[], local: readonly Json[], pairs: Pairs): boolean {
  const found = new Pairs(pairs);
  const rest = [...local];
  for (const item of google) {
    const index = rest.findIndex((other) => compare(item, other, new Pairs(found)).length === 0);
    if (index === -1) return false;
    compare(item, rest[index], found);
    rest.splice(index, 1);
  }
  pairs.assign(found);
  return true;
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === "object" && json !== null && !isList(json);
}
