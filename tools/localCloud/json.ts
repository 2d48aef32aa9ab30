/** The JSON form of protocol buffers in Google's APIs (https://protobuf.dev/programming-guides/json/). */

export type JsonObject = { [key: string]: unknown };

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

/** All strings at a path of a message, such as `eventImpacts.product.productName`, including those in lists. */
export function readAll(message: unknown, path: string): string[] {
  const [field = "", ...rest] = path === "" ? [] : path.split(".");
  if (Array.isArray(message)) return message.flatMap((item) => readAll(item, path));
  if (field === "") return typeof message === "string" ? [message] : [];
  return isObject(message) ? readAll(message[field], rest.join(".")) : [];
}
