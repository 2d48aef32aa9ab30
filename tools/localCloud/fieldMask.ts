import { ApiError, invalidArgument } from "./errors.ts";
import { camelCase, isObject, own } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { isOpen } from "./protoJson.ts";
import { findMessage } from "./schema.ts";

/**
 * The paths of an update mask, in lowerCamelCase. Both spellings are accepted. A path that is not in `supported` is an error; those
 * in `nested` can have further parts.
 */
export function updateMask(text: string, supported: readonly string[], nested: readonly string[] = []): string[] {
  const paths = text
    .split(",")
    .map((path) => camelCase(path.trim()))
    .filter((path) => path !== "");
  for (const path of paths)
    if (!supported.includes(path) && !nested.some((start) => path.startsWith(`${start}.`)))
      throw invalidArgument("update_mask", `field '${path}' cannot be updated`);
  return paths;
}

/** A message with the fields of the mask from another one. A field that the latter does not have is removed. */
export function maskedMessage(current: JsonObject, given: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((message, path) => withPath(message, given, path.split(".")), current);
}

function withPath(current: JsonObject, given: JsonObject, [name = "", ...rest]: readonly string[]): JsonObject {
  const { [name]: _before, ...others } = current;
  const before = own(current, name);
  const value = own(given, name);
  if (rest.length === 0) return value === undefined ? others : { ...others, [name]: value };
  return { ...others, [name]: withPath(isObject(before) ? before : {}, isObject(value) ? value : {}, rest) };
}

type Selection = Map<string, Selection>;

/** Google's partial response: `fields=services/name,nextPageToken` or `services(name,state)`. */
export function partialResponse(message: unknown, fields: string): unknown {
  if (fields === "" || fields === "*") return message;
  return select(message, parseFields(fields));
}

/** Refuses a field that the type of the reply does not have, in Google's words. */
export function checkFields(type: string, fields: string): void {
  if (fields === "") return;
  const unknown = unknownPath(type, parseFields(fields), []);
  if (unknown === undefined) return;
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${unknown}'.`;
  throw new ApiError("INVALID_ARGUMENT", undefined, {
    details: [
      { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: [{ field: fields, description }] },
    ],
  });
}

function unknownPath(type: string, selection: Selection, above: readonly string[]): string | undefined {
  const fields = isOpen(type) ? undefined : findMessage(type);
  for (const [name, inner] of selection) {
    if (name === "*" || fields === undefined) continue;
    const path = [...above, name];
    const field = fields.get(name);
    if (field === undefined) return path.join(".");
    // A map has any key, and a scalar no further fields.
    const unknown =
      field.kind === "map" || isOpen(field.type)
        ? undefined
        : findMessage(field.type) === undefined || field.type.startsWith("google.protobuf.")
          ? [...inner.keys()].map((key) => [...path, key].join("."))[0]
          : unknownPath(field.type, inner, path);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

function parseFields(text: string): Selection {
  let position = 0;

  function list(): Selection {
    const selection: Selection = new Map();
    do path(selection);
    while (text[position] === "," && ++position > 0);
    return selection;
  }

  function path(selection: Selection): void {
    const match = /^\s*([A-Za-z0-9_*@]+)\s*/.exec(text.slice(position));
    if (match?.[1] === undefined) throw invalidArgument("fields", `unexpected end or character at ${position}`);
    position += match[0].length;
    const name = camelCase(match[1]);
    const inner = selection.get(name) ?? new Map<string, Selection>();
    selection.set(name, inner);
    if (text[position] === "/" || text[position] === ".") {
      position++;
      path(inner);
    } else if (text[position] === "(") {
      position++;
      for (const [key, value] of list()) inner.set(key, value);
      if (text[position] !== ")") throw invalidArgument("fields", "a parenthesis is not closed");
      position++;
    }
  }

  const selection = list();
  if (position !== text.length) throw invalidArgument("fields", `unexpected character at ${position}`);
  return selection;
}

function select(value: unknown, selection: Selection): unknown {
  if (selection.size === 0 || selection.has("*")) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, selection));
  if (!isObject(value)) return value;
  const selected: JsonObject = {};
  for (const [key, inner] of selection) if (Object.hasOwn(value, key)) selected[key] = select(value[key], inner);
  return selected;
}
