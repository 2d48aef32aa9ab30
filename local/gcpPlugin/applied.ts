import { same } from "./values.ts";

import type { Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** What a change took away of texts, Terraform's SDK keeps as empty ones. */
export function withEmptied(fields: Fields, prior: Properties, planned: Properties): Properties {
  const emptied = Object.entries(fields).filter(
    ([name, { type }]) => type === "string" && (prior[name] ?? null) !== null && (planned[name] ?? null) === null,
  );
  return { ...planned, ...Object.fromEntries(emptied.map(([name]) => [name, ""])) };
}

/** An empty map that nobody asked for is none, until it is refreshed. */
export function withoutEmptyMaps(fields: Fields, planned: Properties, found: Properties): Properties {
  const isEmpty = ([name, value]: [string, Value]): boolean =>
    fields[name]?.type === "map" && (planned[name] ?? null) === null && same(value, {});
  return Object.fromEntries(Object.entries(found).map((entry) => (isEmpty(entry) ? [entry[0], null] : entry)));
}
