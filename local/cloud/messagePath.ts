import { isObject } from "./json.ts";

/** All the texts at a path of a message, such as `eventImpacts.product.productName`; lists are looked through. */
export function readAll(message: unknown, path: string): string[] {
  const [field = "", ...rest] = path === "" ? [] : path.split(".");
  if (Array.isArray(message)) return message.flatMap((item) => readAll(item, path));
  if (field === "") return typeof message === "string" ? [message] : [];
  return isObject(message) ? readAll(message[field], rest.join(".")) : [];
}
