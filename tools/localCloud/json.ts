/** The JSON form of protocol buffers in Google's APIs (https://protobuf.dev/programming-guides/json/). */

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** The value of a key that a request names. Not what each object inherits, such as `constructor`. */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** `display_name` → `displayName`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** `displayName` → `display_name`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The values at a path of a message, as text, including those in lists. */
export function readTexts(message: unknown, path: readonly string[]): string[] {
  const [name, ...rest] = path;
  if (Array.isArray(message)) return message.flatMap((item) => readTexts(item, path));
  if (name !== undefined) return isObject(message) ? readTexts(own(message, name), rest) : [];
  return ["string", "number", "boolean"].includes(typeof message) ? [String(message)] : [];
}

/** The same for a path such as `eventImpacts.product.productName`. */
export function readAll(message: unknown, path: string): string[] {
  return readTexts(message, path.split("."));
}
