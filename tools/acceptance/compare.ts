/** Compares a recorded reply with that of the local cloud, field by field. */
import { matches } from "./placeholders.ts";
import type { Bindings } from "./placeholders.ts";
import { largeNumber } from "./redact.ts";
import type { Json } from "./redact.ts";

export interface FieldDifference {
  /** Such as `cases[0].state`; `(order)` after the name of a list with the same items in another order. */
  readonly field: string;
  /** Undefined: absent. */
  readonly google: Json | undefined;
  readonly local: Json | undefined;
}

/** @param bindings Gets the values of the placeholders in what is equal. */
export function compare(
  google: Json | undefined,
  local: Json | undefined,
  bindings: Bindings,
  field = "",
): FieldDifference[] {
  if (typeof google === "string" && typeof local === "string" && matches(google, local, bindings)) return [];
  if (google === local || (google === largeNumber && typeof local === "number")) return [];
  if (isList(google) && isList(local)) return compareLists(google, local, bindings, field);
  if (isObject(google) && isObject(local)) {
    const keys = new Set([...Object.keys(google), ...Object.keys(local)]);
    return [...keys].flatMap((key) =>
      compare(google[key], local[key], bindings, field === "" ? key : `${field}.${key}`),
    );
  }
  return [{ field, google, local }];
}

function compareLists(google: readonly Json[], local: readonly Json[], bindings: Bindings, field: string) {
  const found: FieldDifference[] = [];
  for (let index = 0; index < Math.max(google.length, local.length); index++)
    found.push(...compare(google[index], local[index], bindings, `${field}[${String(index)}]`));
  if (found.length === 0 || google.length !== local.length) return found;
  const rest = [...local];
  for (const item of google) {
    const index = rest.findIndex((other) => compare(item, other, new Map(bindings)).length === 0);
    if (index === -1) return found;
    rest.splice(index, 1);
  }
  return [{ field: `${field} (order)`, google, local }];
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === "object" && json !== null && !isList(json);
}
