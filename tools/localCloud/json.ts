/** The JSON form of protocol buffers in Google's APIs (https://protobuf.dev/programming-guides/json/). */

export type JsonObject = { [key: string]: unknown };

/** Fields with maps or google.protobuf.Struct, whose keys and empty values belong to the user. */
const verbatim = new Set(["labels", "content", "metadata", "overview", "value", "parameters"]);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** `display_name` → `displayName`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** `displayName` → `display_name`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A request's message with keys in lowerCamelCase. Both spellings are accepted, and null means absent. */
export function withCamelCaseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCamelCaseKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => {
        const name = camelCase(key);
        return [name, verbatim.has(name) ? inner : withCamelCaseKeys(inner)];
      }),
  );
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

/** A reply's message without default values, which proto3 omits. */
export function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isDefault(inner))
      .map(([key, inner]) => [key, verbatim.has(key) ? inner : withoutDefaults(inner)]),
  );
}

/** All strings at a path of a message, such as `eventImpacts.product.productName`, including those in lists. */
export function readAll(message: unknown, path: string): string[] {
  const [field = "", ...rest] = path === "" ? [] : path.split(".");
  if (Array.isArray(message)) return message.flatMap((item) => readAll(item, path));
  if (field === "") return typeof message === "string" ? [message] : [];
  return isObject(message) ? readAll(message[field], rest.join(".")) : [];
}
