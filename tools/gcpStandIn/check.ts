import { refusal } from "./errors.ts";
import { isInput } from "./schema.ts";
import { isProperties, unknownValue, withoutNulls } from "./values.ts";

import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** A program's inputs, converted to the types of their fields, and their problems. */
export interface Checked {
  inputs: Properties;
  failures: string[];
}

const trueWords = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const falseWords = new Set(["0", "f", "F", "false", "FALSE", "False"]);

/** Checks a resource's inputs. `__defaults` lists those with default values. */
export function check(fields: Fields, name: string, news: Properties): Checked {
  return checkObject(fields, withoutNulls(news), { attribute: "", property: name });
}

/** The path of a value, with Terraform's and with Pulumi's names. */
interface Place {
  attribute: string;
  property: string;
}

function checkObject(fields: Fields, given: Properties, place: Place): Checked {
  const defaults: string[] = [];
  const inputs: Properties = { __defaults: defaults };
  const failures: string[] = [];
  const at = (property: string): string => `Examine values at '${place.property}.${property}'.`;
  for (const [property, field] of Object.entries(fields)) {
    const value = given[property];
    const attribute = place.attribute + field.attribute;
    if (value === undefined) {
      if (field.default !== undefined) {
        inputs[property] = field.default;
        defaults.push(property);
      } else if (field.autonamed) {
        failures.push(
          `${refusal(`The stand-in for the gcp plugin makes no names: write ${property}`)}. ${at(property)}`,
        );
      } else if (field.required) {
        const reason = `The argument "${attribute}" is required, but no definition was found.`;
        failures.push(`Missing required argument. ${reason}. ${at(property)}`);
      }
      continue;
    }
    const here = { attribute, property: `${place.property}.${property}` };
    const checked = checkValue(field, value, here);
    inputs[property] = checked.value;
    if (!isInput(field)) {
      const reason = "its value will be decided automatically based on the result of applying this configuration.";
      const words = `Value for unconfigurable attribute. Can't configure a value for "${attribute}": ${reason}`;
      failures.push(`${words}. ${at(property)}`);
    } else {
      failures.push(...checked.failures);
    }
    const other = field.conflictsWith;
    if (other !== undefined && given[other] !== undefined) {
      const words = `"${field.attribute}": conflicts with ${fields[other]?.attribute ?? other}`;
      failures.push(`Conflicting configuration arguments. ${words}. ${at(property)}`);
    }
  }
  for (const [property, value] of Object.entries(given)) {
    if (property in fields || property === "__defaults") continue;
    inputs[property] = value;
    // Terraform accepts this key in every resource.
    if (property !== "timeouts") failures.push(`Invalid or unknown key. ${at(property)}`);
  }
  return { inputs, failures };
}

function checkValue(field: Field, value: Value, place: Place): { value: Value; failures: string[] } {
  const { refused } = field;
  if (refused === true || refused?.(value)) {
    const property = place.property.slice(place.property.lastIndexOf(".") + 1);
    const shown = field.secret === true ? "a secret" : JSON.stringify(value);
    const reason = refusal(`The stand-in for the gcp plugin does not take ${property}: ${shown}`);
    return { value, failures: [`${reason}. Examine values at '${place.property}'.`] };
  }
  if (value === unknownValue) return { value, failures: [] };
  switch (field.type) {
    case "string":
      return checkString(field, value, place);
    case "boolean":
      return checkBoolean(value, place);
    case "strings":
      return checkStrings(field, Array.isArray(value) ? value : [value], place);
    case "block":
      return checkBlock(field, value, place);
    case "blocks":
      return checkBlocks(field, Array.isArray(value) ? value : [value], place);
    case "map":
      return checkMap(value, place);
  }
}

function checkString(field: Field, value: Value, place: Place): { value: Value; failures: string[] } {
  if (isProperties(value) || Array.isArray(value)) return notSingle(value, place);
  const text = scalarText(value);
  const failure = typeof text === "string" ? field.validate?.(text) : undefined;
  return { value: text, failures: failure === undefined ? [] : [`${failure}. Examine values at '${place.property}'.`] };
}

function checkStrings(field: Field, values: Value[], place: Place): { value: Value; failures: string[] } {
  const checked = values.map((value, index) =>
    checkString(field, value, { ...place, property: `${place.property}[${index}]` }),
  );
  return { value: checked.map(({ value }) => value), failures: checked.flatMap(({ failures }) => failures) };
}

function checkBoolean(value: Value, place: Place): { value: Value; failures: string[] } {
  if (isProperties(value) || Array.isArray(value)) return notSingle(value, place);
  if (typeof value !== "string") return { value, failures: [] };
  if (trueWords.has(value) || falseWords.has(value)) return { value: trueWords.has(value), failures: [] };
  const reason = `cannot parse '' as bool: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
  return { value, failures: [`${reason}. Examine values at '${place.property}'.`] };
}

function checkBlock(field: Field, value: Value, place: Place): { value: Value; failures: string[] } {
  const single = Array.isArray(value) ? (value[0] ?? null) : value;
  return checkElement(field, single, { attribute: `${place.attribute}.0.`, property: place.property });
}

function checkBlocks(field: Field, values: Value[], { attribute, property }: Place) {
  const checked = values.map((value, index) =>
    checkElement(field, value, { attribute: `${attribute}.${index}.`, property: `${property}[${index}]` }),
  );
  return { value: checked.map(({ value }) => value), failures: checked.flatMap(({ failures }) => failures) };
}

function checkElement(field: Field, value: Value, place: Place): { value: Value; failures: string[] } {
  if (value === null || value === unknownValue) return { value, failures: [] };
  if (!isProperties(value)) {
    const reason = `Expected Object Type. Expected object, got ${typeof value}`;
    return { value, failures: [`${reason}. Examine values at '${place.property}'.`] };
  }
  const { inputs, failures } = checkObject(field.fields ?? {}, value, place);
  return { value: inputs, failures };
}

function checkMap(value: Value, place: Place): { value: Value; failures: string[] } {
  if (!isProperties(value))
    return { value, failures: [`Attribute must be a map. Examine values at '${place.property}'.`] };
  // The inputs of an import have it in each map.
  const entries = Object.entries(value).filter(([key]) => key !== "__defaults");
  const failures = entries
    .filter(([, item]) => isProperties(item) || Array.isArray(item))
    .map(([key]) => `${refusal(`The stand-in for the gcp plugin takes only texts in a map, not ${key}`)}.`);
  return { value: Object.fromEntries(entries.map(([key, item]) => [key, scalarText(item)])), failures };
}

function notSingle(value: Value, place: Place): { value: Value; failures: string[] } {
  const shape = Array.isArray(value) ? "list" : "map";
  const reason = `Attribute must be a single value, not a ${shape}`;
  return { value, failures: [`${reason}. Examine values at '${place.property}'.`] };
}

/** Converts numbers and booleans to strings. */
function scalarText(value: Value): Value {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}
