import { hasUnknown, isProperties } from "./values.ts";

import type { Timeouts } from "./resourceType.ts";
import type { Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

// The keys of the Terraform bridge's metadata in a state.
const metaName = "__meta";
const rawStateName = "__pulumi_raw_state_delta";
const timeoutsKey = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0";
const nanoseconds = 1_000_000;

/** The bridge's metadata in a state's `__meta`. */
export type Meta = Properties;

/** The metadata of a resource with timeouts. */
export function metaOf(timeouts: Timeouts | undefined, extra: Meta = {}): Meta {
  if (!timeouts) return {};
  const { create, read, update, delete: remove } = timeouts;
  const noted: Record<string, number | undefined> = { create, delete: remove, read, update };
  const inNanoseconds = Object.entries(noted).flatMap(([name, milliseconds]) =>
    milliseconds === undefined ? [] : [[name, milliseconds * nanoseconds]],
  );
  return { ...extra, [timeoutsKey]: Object.fromEntries(inNanoseconds) as Properties };
}

/** The metadata in a resource's outputs. */
export function readMeta(outputs: Properties): Meta {
  const meta = outputs[metaName];
  if (typeof meta !== "string") return {};
  try {
    const notes: unknown = JSON.parse(meta);
    return isProperties(notes) ? notes : {};
  } catch {
    return {};
  }
}

/** The timeouts in a resource's metadata that differ from the type's. */
export function readTimeouts(meta: Meta, timeouts: Timeouts): Timeouts {
  const noted = meta[timeoutsKey];
  if (!isProperties(noted)) return timeouts;
  const read = { ...timeouts };
  for (const name of ["create", "read", "update", "delete"] as const) {
    const value = noted[name];
    if (typeof value === "number") read[name] = value / nanoseconds;
  }
  return read;
}

/** A resource's outputs: its values and the bridge's metadata. */
export function writeOutputs(fields: Fields, values: Properties, meta: Meta): Properties {
  const outputs: Properties = { ...values };
  for (const name of Object.keys(fields)) outputs[name] ??= null;
  if (!hasUnknown(values)) outputs[rawStateName] = rawState(fields, values);
  if (Object.keys(meta).length > 0) outputs[metaName] = JSON.stringify(sorted(meta));
  return outputs;
}

/** A resource's values from its outputs, without the metadata. */
export function readValues(outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).filter(([name, value]) => !name.startsWith("__") && value !== null),
  );
}

/** Converts between Terraform's and Pulumi's form of a state: lists, maps, names, and blocks that are one object in Pulumi. */
function rawState(fields: Fields, values: Properties): { obj: Properties } {
  const [parts, renamed]: [Properties, Properties] = [{}, {}];
  for (const [name, field] of Object.entries(fields)) {
    const value: Value = values[name] ?? null;
    const isNoted = value !== null || field.type === "blocks";
    if (isNoted && field.attribute !== snakeCase(name)) renamed[name] = field.attribute;
    if (field.type === "strings" && value !== null) parts[name] = { arr: {} };
    if (field.type === "blocks" && Array.isArray(value)) parts[name] = { arr: rawElements(field.fields ?? {}, value) };
    if (field.type === "map" && value !== null) parts[name] = { map: {} };
    // A computed value is also absent in Terraform's form until it is read.
    const isRead = !field.computed || name in values;
    if (field.type === "block" && isRead)
      parts[name] = { plu: { i: isProperties(value) ? rawState(field.fields ?? {}, value) : {} } };
  }
  const notes = Object.entries({ ps: parts, renamed }).filter(([, note]) => Object.keys(note).length > 0);
  return { obj: Object.fromEntries(notes) };
}

function rawElements(fields: Fields, values: Value[]): Properties {
  if (values.length === 0) return {};
  const elements = values.map((value, index) => [String(index), rawState(fields, isProperties(value) ? value : {})]);
  return { el: Object.fromEntries(elements) as Properties };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function sorted(meta: Meta): Meta {
  return Object.fromEntries(Object.entries(meta).sort(([a], [b]) => (a < b ? -1 : 1)));
}
