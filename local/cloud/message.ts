import type { z } from "zod";
import { ApiError } from "./errors.ts";
import { snakeCase } from "./json.ts";

/** Reads a request's message; what the schema does not name is ignored, what has the wrong type is a 400. */
export function parseMessage<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const fieldViolations = result.error.issues.map(({ path, message }) => ({
    field: path.map((part) => (typeof part === "string" ? snakeCase(part) : String(part))).join("."),
    description: message,
  }));
  const first = fieldViolations[0];
  throw new ApiError("INVALID_ARGUMENT", `Invalid value at '${first?.field}': ${first?.description}`, {
    details: [{ "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations }],
  });
}
