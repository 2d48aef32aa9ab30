import { isInput } from "./schema.ts";
import { isProperties } from "./values.ts";

import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** The inputs of a refreshed resource: the program's inputs, with the values that were read. */
export function refreshedInputs(oldInputs: Properties, outputs: Properties): Properties {
  const inputs: Properties = {};
  for (const [name, old] of Object.entries(oldInputs)) {
    if (name === "__defaults") inputs[name] = old;
    else if (name in outputs) inputs[name] = refreshedInput(old, outputs[name] ?? null);
  }
  return inputs;
}

function refreshedInput(old: Value, now: Value): Value {
  if (Array.isArray(old) && Array.isArray(now))
    return now.slice(0, old.length).map((item, index) => refreshedInput(old[index] ?? null, item));
  return isProperties(old) && isProperties(now) ? refreshedInputs(old, now) : now;
}

/** The inputs of an imported resource: required ones, and those that are not the default; without one, those that are not zero. */
export function importedInputs(fields: Fields, outputs: Properties): Properties {
  const inputs: Properties = { __defaults: [] };
  for (const [name, field] of Object.entries(fields)) {
    const value = importedInput(field, outputs[name] ?? null);
    const isDefault = field.default === undefined ? isZero(value) : value === field.default || value === null;
    if (isInput(field) && (field.required || !isDefault)) inputs[name] = value;
  }
  return inputs;
}

function importedInput(field: Field, value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => importedInput(field, item));
  if (!isProperties(value)) return value;
  if (field.type === "map") return { __defaults: [], ...value };
  return field.fields ? importedInputs(field.fields, value) : value;
}

function isZero(value: Value): boolean {
  if (isProperties(value)) return Object.keys(value).every((name) => name === "__defaults");
  return value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}
