/** Requests' messages: what a field may be, and the errors for what it may not be. */
import { z } from "zod";
import { ApiError } from "./errors.ts";
import { isObject, snakeCase } from "./json.ts";

/**
 * A message with these fields and no other.
 * @param outputOnly Its fields that only the server sets: those of a request are ignored.
 */
export function message<Shape extends z.ZodRawShape>(shape: Shape, outputOnly: readonly string[] = []) {
  return z.preprocess(
    (value) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !outputOnly.includes(key))) : value,
    z.strictObject(shape),
  );
}

/**
 * Reads a request's message. A field of the wrong type, or one that the message does not have, is a 400.
 * @param field The request's field that the message is, such as `case`, when it is not the whole request.
 */
export function parseMessage<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  field?: string,
): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const fieldViolations = result.error.issues.flatMap((issue) => {
    const at = fieldPath(field === undefined ? issue.path : [field, ...issue.path]);
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ field: at, description: unknownName(key, at) }))
      : [{ field: at, description: `Invalid value at '${at}': ${issue.message}` }];
  });
  throw new ApiError("INVALID_ARGUMENT", fieldViolations.map(({ description }) => description).join("\n"), {
    details: [{ "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations }],
  });
}

/** `policy.bindings[0].members`, with the names that the protocol buffers have. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${snakeCase(String(part))}`))
    .join("")
    .replace(/^\./, "");
}

/** In the words of Google's front end. */
function unknownName(key: string, at: string): string {
  return `Invalid JSON payload received. Unknown name "${key}"${at === "" ? "" : ` at '${at}'`}: Cannot find field.`;
}
