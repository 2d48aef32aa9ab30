/**
 * Reads and writes messages in the JSON mapping of protocol buffers, by Google's schema: names in both spellings, enums by name and
 * by number, bytes in both base64 alphabets. It refuses what Google's front end refuses, with its messages.
 *
 * Sources: https://protobuf.dev/programming-guides/json/, google/protobuf/util/internal (the parser of the front end).
 */
import { ApiError } from "./errors.ts";
import { camelCase, isObject, own } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { findEnum, findMessage } from "./schema.ts";
import type { Field } from "./schema.ts";

interface Violation {
  readonly field?: string;
  readonly description: string;
}

/** The errors of a request. All of them are reported together. */
export class Violations {
  readonly #found: Violation[] = [];

  add(description: string, field?: string): undefined {
    this.#found.push(field === undefined || field === "" ? { description } : { field, description });
  }

  get any(): boolean {
    return this.#found.length > 0;
  }

  /** @throws ApiError if there are any */
  check(): void {
    if (this.#found.length === 0) return;
    throw new ApiError("INVALID_ARGUMENT", this.#found.map(({ description }) => description).join("\n"), {
      details: [{ "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: this.#found }],
    });
  }
}

/** Messages whose JSON form is not an object with their fields. */
const verbatim = new Set(["Any", "ListValue", "Struct", "Value"].map((name) => `google.protobuf.${name}`));

/** Whether a message of the type can have any field. */
export function isOpen(type: string): boolean {
  return verbatim.has(type);
}

const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** RFC 3339, without the range of days. */
const timestamp =
  /^(?!0000)(\d{4}-(?:0[1-9]|1[0-2])-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** google/protobuf/duration.proto */
const mostSeconds = 315_576_000_000;

const integers = /^(u?int|s?fixed|sint)(32|64)$/;

/** A number of JSON in text: not hexadecimal, and without spaces. */
const decimal = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** A message with its names in lowerCamelCase. `at` is its place in the request, such as `case.classification`. */
export function readMessage(type: string, value: unknown, at: string, violations: Violations): JsonObject {
  const fields = findMessage(type);
  if (!isObject(value)) {
    violations.add('Invalid JSON payload received. Unknown name "": Root element must be a message.');
    return {};
  }
  const read: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = camelCase(key);
    const field = fields?.get(name);
    if (field === undefined)
      violations.add(
        `Invalid JSON payload received. Unknown name "${key}"${at === "" ? "" : ` at '${at}'`}: Cannot find field.`,
        at,
      );
    else if (inner !== null)
      read[name] = readField(field, inner, at === "" ? field.name : `${at}.${field.name}`, violations);
  }
  return read;
}

function readField({ name, type, kind }: Field, value: unknown, at: string, violations: Violations): unknown {
  if (kind === "repeated") {
    if (!Array.isArray(value)) return violations.add(invalid(at, type, value), at);
    return value.map((item, index) => readValue(type, item, `${at}[${index}]`, violations));
  }
  if (kind === "map") {
    if (!isObject(value)) return violations.add(invalid(at, "map", value), at);
    return Object.fromEntries(
      Object.entries(value).map(([key, item], index) => [
        key,
        readValue(type, item, `${at}[${index}].value`, violations),
      ]),
    );
  }
  if (Array.isArray(value) && !verbatim.has(type)) {
    const parent = at.replace(/\.?[^.]+$/, "");
    const place = parent === "" ? "" : ` at '${parent}'`;
    return violations.add(
      `Invalid JSON payload received. Unknown name "${name}"${place}: Proto field is not repeating, cannot start list.`,
      parent,
    );
  }
  return readValue(type, value, at, violations);
}

/** A value of a type: a message, an enum, or a scalar. */
export function readValue(type: string, value: unknown, at: string, violations: Violations): unknown {
  if (verbatim.has(type)) return value;
  if (!type.startsWith("google.protobuf.") && findMessage(type) !== undefined && isObject(value))
    return readMessage(type, value, at, violations);
  if (isObject(value)) return violations.add(`${invalid(at, type)}, Starting an object on a scalar field`, at);
  const read = readScalar(type, value);
  if (read !== undefined) return read;
  const reason = type === "bytes" && typeof value === "string" ? `Base64 decoding failed for "${value}"` : undefined;
  return violations.add(reason === undefined ? invalid(at, type, value) : `${invalid(at, type)}, ${reason}`, at);
}

/** The value in its canonical form; undefined if it is not of the type. */
function readScalar(type: string, value: unknown): unknown {
  const text = typeof value === "string" ? value : undefined;
  if (type === "string") return text;
  if (type === "bool")
    return typeof value === "boolean" ? value : text === "true" || (text === "false" ? false : undefined);
  if (type === "bytes") return text === undefined || !isBase64(text) ? undefined : canonicalBase64(text);
  if (type === "double" || type === "float") return readNumber(value);
  if (integers.test(type)) return readInteger(type, value);
  if (type === "google.protobuf.FieldMask")
    return text
      ?.split(",")
      .map((path) => camelCase(path.trim()))
      .join(",");
  if (type === "google.protobuf.Timestamp") return text !== undefined && isTimestamp(text) ? text : undefined;
  if (type === "google.protobuf.Duration") {
    const [, seconds] = /^(-?\d+(?:\.\d{1,9})?)s$/.exec(text ?? "") ?? [];
    return seconds !== undefined && Math.abs(Number(seconds)) <= mostSeconds ? text : undefined;
  }
  const wrapped = /^google\.protobuf\.(String|Bool|Bytes|Double|Float|U?Int(?:32|64))Value$/.exec(type)?.[1];
  if (wrapped !== undefined) return readScalar(wrapped.toLowerCase(), value);
  return readEnum(type, value);
}

/** The name of an enum's value, which can be given by number. An undeclared number stays one, as in proto3. */
function readEnum(type: string, value: unknown): unknown {
  const values = findEnum(type);
  if (values === undefined) return undefined;
  if (typeof value === "string" && own(values, value) !== undefined) return value;
  const number = readInteger("int32", value);
  if (number === undefined) return undefined;
  return Object.keys(values).find((name) => values[name] === number) ?? number;
}

function readNumber(value: unknown): number | undefined {
  const isText = typeof value === "string" && (decimal.test(value) || /^(NaN|-?Infinity)$/.test(value));
  return typeof value === "number" ? value : isText ? Number(value) : undefined;
}

/** An integer in the range of its type. 64-bit integers are strings in JSON. */
function readInteger(type: string, value: unknown): number | string | undefined {
  const number = readNumber(value);
  if (number === undefined || !Number.isInteger(number)) return undefined;
  const [, kind = "", bits] = integers.exec(type) ?? [];
  const exact = typeof value === "string" && /^-?\d+$/.test(value) ? BigInt(value) : BigInt(number);
  const size = Number(bits);
  const isUnsigned = kind === "uint" || kind === "fixed";
  if (exact !== (isUnsigned ? BigInt.asUintN(size, exact) : BigInt.asIntN(size, exact))) return undefined;
  return size === 64 ? String(exact) : number;
}

function isTimestamp(text: string): boolean {
  const [, date] = timestamp.exec(text) ?? [];
  // A day that the month does not have becomes one of the next month, or no date.
  const day = new Date(`${date ?? ""}T00:00:00Z`);
  return date !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

function isBase64(text: string): boolean {
  return base64.test(text) && text.replace(/=+$/, "").length % 4 !== 1;
}

function canonicalBase64(text: string): string {
  return Buffer.from(text, "base64url").toString("base64");
}

/** `Invalid value at 'page_size' (TYPE_INT32), "many"`. */
function invalid(at: string, type: string, value?: unknown): string {
  const name = /^[a-z0-9]+$/.test(type) ? `TYPE_${type.toUpperCase()}` : `type.googleapis.com/${type}`;
  return `Invalid value at '${at}' (${name})${value === undefined ? "" : `, ${JSON.stringify(value)}`}`;
}

/**
 * Adds a violation for each required field that is missing, also in messages inside. A missing mask means all fields, also where
 * the schema requires one: the Google provider sends none for a folder.
 * @param inPath The fields that are not in `value`, such as `topic.name` in the path.
 */
export function checkRequired(
  type: string,
  value: JsonObject,
  at: string,
  violations: Violations,
  inPath: ReadonlySet<string> = new Set(),
): void {
  for (const [key, { name, type: fieldType, kind, isRequired }] of findMessage(type) ?? []) {
    const field = at === "" ? name : `${at}.${name}`;
    const inner = own(value, key);
    if (isRequired && fieldType !== "google.protobuf.FieldMask" && !inPath.has(field) && isDefault(inner))
      violations.add(`Invalid value at '${field}': is required`, field);
    const items = kind === "repeated" && Array.isArray(inner) ? inner : [inner];
    for (const [index, item] of items.entries())
      if (kind !== "map" && isObject(item) && !fieldType.startsWith("google.protobuf."))
        checkRequired(fieldType, item, kind === "repeated" ? `${field}[${index}]` : field, violations, inPath);
  }
}

function isDefault(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  );
}

export interface WriteOptions {
  /** As with `$alt=json;enum-encoding=int`, which Google's newer clients send. */
  readonly enumsAsNumbers: boolean;
}

/** A reply's message without default values, which proto3 omits. */
export function writeMessage(type: string, value: unknown, options: WriteOptions): unknown {
  if (!isObject(value)) return value;
  if (type === "google.protobuf.Any") {
    const { "@type": url, ...rest } = value;
    const inner = String(url).replace(/^.*\//, "");
    return { "@type": url, ...(writeMessage(inner, rest, options) as JsonObject) };
  }
  const fields = findMessage(type);
  if (fields === undefined || verbatim.has(type)) return value;
  const written: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const field = fields.get(key);
    const isEmptyMap = field?.kind === "map" && isObject(inner) && Object.keys(inner).length === 0;
    if (isEmptyMap || (isDefault(inner) && (field?.hasPresence !== true || inner === undefined || inner === null)))
      continue;
    written[key] = field === undefined ? inner : writeField(field, inner, options);
  }
  return written;
}

function writeField({ type, kind }: Field, value: unknown, options: WriteOptions): unknown {
  const values = options.enumsAsNumbers ? findEnum(type) : undefined;
  const write = (item: unknown) =>
    values === undefined ? writeMessage(type, item, options) : (own(values, String(item)) ?? item);
  if (kind === "repeated" && Array.isArray(value)) return value.map(write);
  if (kind === "map" && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item)]));
  return write(value);
}
