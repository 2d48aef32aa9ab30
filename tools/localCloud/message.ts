/** Reads the messages of requests, with errors for invalid fields. */
import { z } from "zod";
import { ApiError } from "./errors.ts";
import { isObject, snakeCase } from "./json.ts";

/**
 * A message with these fields and no other.
 * @param outputOnly Fields that only the server sets. Requests can contain them, but they are ignored.
 */
export function message<Shape extends z.ZodRawShape>(shape: Shape, outputOnly: readonly string[] = []) {
  return z.preprocess(
    (value) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !outputOnly.includes(key))) : value,
    z.strictObject(shape),
  );
}

/**
 * Reads a request's message. Returns 400 for a field with the wrong type or an unknown field.
 * @param field The request's field with the message, such as `case`, if the message is not the whole request.
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

/** `policy.bindings[0].members`, with the names of the protocol buffers. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${snakeCase(String(part))}`))
    .join("")
    .replace(/^\./, "");
}

/** The message of Google's front end. */
function unknownName(key: string, at: string): string {
  return `Invalid JSON payload received. Unknown name "${key}"${at === "" ? "" : ` at '${at}'`}: Cannot find field.`;
}
