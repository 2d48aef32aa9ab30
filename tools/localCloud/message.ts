/** Reads requests and their messages, with errors for invalid ones. */
import type { z } from "zod";
import { ApiError } from "./errors.ts";
import { checkFields } from "./fieldMask.ts";
import { snakeCase } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { Violations, checkRequired, readMessage, writeMessage } from "./protoJson.ts";
import { Query } from "./query.ts";
import { findMessage } from "./schema.ts";
import type { MethodSchema } from "./schema.ts";

interface RawRequest {
  /** The variables of the HTTP rule. */
  readonly path: Readonly<Record<string, string>>;
  /** The query, without its question mark. */
  readonly query: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Whether the body is a file, of any content type, and not the request. */
  readonly isMedia: boolean;
  /** Whether the reply can be a file. */
  readonly isDownload: boolean;
}

/** A request's query and body, by the method's schema; without one, as they are. */
export function readRequest(
  schema: MethodSchema | undefined,
  { path, query: text, bytes, contentType, isMedia, isDownload }: RawRequest,
): { readonly query: Query; readonly body: unknown } {
  const violations = new Violations();
  const query = new Query(text, schema?.request, violations, isDownload);
  const isJson = !isMedia && (contentType === "" || /^application\/json\b/i.test(contentType));
  const json = bytes.length > 0 && isJson ? parseJson(bytes) : {};
  if (schema === undefined) return { query, body: json };
  checkFields(schema.response, query.text("fields") || query.text("$fields"));
  const body = readBody(schema, json, violations);
  if (!violations.any) checkRequest(schema, path, query, body, violations);
  violations.check();
  return { query, body };
}

/** The body by the method's schema. A method without one ignores it. */
function readBody({ request, body: field }: MethodSchema, json: unknown, violations: Violations): JsonObject {
  if (field === undefined) return {};
  if (field === "*") return readMessage(request, json, "", violations);
  return readMessage(typeOf(request, field), json, field, violations);
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new ApiError("INVALID_ARGUMENT", "Invalid JSON payload received.");
  }
}

/** The type of a field of the request. */
function typeOf(request: string, name: string): string {
  const fields = [...(findMessage(request)?.values() ?? [])];
  return fields.find((field) => field.name === name)?.type ?? "";
}

/** What the schema requires, of the request and of a resource that it creates. */
function checkRequest(
  { name, request, body: field }: MethodSchema,
  path: RawRequest["path"],
  query: Query,
  body: JsonObject,
  violations: Violations,
): void {
  const isWhole = field === undefined || field === "*";
  const elsewhere = Object.keys(path).flatMap((variable) => [variable.split(".")[0] ?? "", variable]);
  const inPath = new Set(isWhole ? elsewhere : [...elsewhere, field]);
  checkRequired(request, { ...query.all(), ...(isWhole ? body : {}) }, "", violations, inPath);
  if (isWhole) return;
  const type = typeOf(request, field);
  // An update can leave out fields of the resource, but none of a message that it sets.
  const kept = /\.Create\w+$/.test(name)
    ? []
    : [...(findMessage(type)?.values() ?? [])].map((inner) => `${field}.${inner.name}`);
  // Folders of v2 have their parent in the query.
  checkRequired(type, { ...query.all(), ...body }, field, violations, new Set([...inPath, ...kept]));
}

/** A reply in JSON, with enums by number if the client requests that. */
export function writeReply(schema: MethodSchema | undefined, reply: object, query: Query): unknown {
  if (schema === undefined) return reply;
  const enumsAsNumbers = [query.text("$alt"), query.text("alt")].some((alt) => alt.includes("enum-encoding=int"));
  return writeMessage(schema.response, reply, { enumsAsNumbers });
}

/**
 * What a handler reads of a message that the schema has checked, with defaults. It ignores what only the server sets.
 * @param field The request's field with the message, such as `case`, if the message is not the whole request.
 */
export function parseMessage<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  field?: string,
): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const violations = new Violations();
  for (const { path, message: words } of result.error.issues) {
    const at = fieldPath(field === undefined ? path : [field, ...path]);
    violations.add(`Invalid value at '${at}': ${words}`, at);
  }
  violations.check();
  throw result.error;
}

/** `policy.bindings[0].members`, with the names of the protocol buffers. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${snakeCase(String(part))}`))
    .join("")
    .replace(/^\./, "");
}
