/** A request's query parameters: the fields of the request that are neither in the path nor in the body. */
import { ApiError, invalidApiKey, notEmulated } from "./errors.ts";
import { camelCase, snakeCase } from "./json.ts";
import { Violations, readValue } from "./protoJson.ts";
import { findMessage } from "./schema.ts";
import type { Field } from "./schema.ts";

/** Parameters of every method: https://cloud.google.com/apis/docs/system-parameters, and those of discovery documents. */
const systemParameters = new Set([
  "$.xgafv",
  "access_token",
  "alt",
  "callback",
  "fields",
  "key",
  "oauth_token",
  "prettyPrint",
  "quotaUser",
  "$alt",
  "$callback",
  "$fields",
  "$key",
  "$prettyPrint",
  "$quotaUser",
  "$outputDefaults",
  "$unique",
  "uploadType",
  "upload_protocol",
  "upload_id",
  "userIp",
  "$apiVersion",
  "$ct",
]);

/** The parameters of every method that can be headers, by the header. */
const headers: Readonly<Record<string, string>> = {
  "x-goog-api-key": "key",
  "x-goog-api-version": "$apiVersion",
  "x-goog-fieldmask": "fields",
};

/** A parameter of every method, also with a dollar sign; empty if it is absent. */
export const systemParameter = (query: URLSearchParams, name: string) => query.get(name) ?? query.get(`$${name}`) ?? "";

/** The query with the parameters that a request has as headers. A parameter in the query overrides its header. */
export function withHeaders(query: string, sent: Readonly<Record<string, string | string[] | undefined>>): string {
  const given = new URLSearchParams(query);
  const added = Object.entries(headers).flatMap(([header, name]) => {
    const value = sent[header];
    return typeof value !== "string" || given.has(name) || given.has(`$${name}`)
      ? []
      : [`${name}=${encodeURIComponent(value)}`];
  });
  return [query, ...added].filter((part) => part !== "").join("&");
}

/** By their names in lowerCamelCase, with enums by name and integers as numbers in text. */
export class Query {
  readonly #values = new Map<string, string[]>();

  /**
   * @param request The type of the request; absent: all parameters are accepted.
   * @param isDownload Whether the reply can be a file.
   */
  constructor(text: string, request?: string, violations = new Violations(), isDownload = false) {
    for (const [key, value] of new URLSearchParams(text)) {
      const name = camelCase(key);
      const isField = request !== undefined && !systemParameters.has(key);
      const read = isField ? readParameter(request, key, value, violations) : value;
      if (request !== undefined && !isField)
        checkSystemParameter(key.replace(/^\$/, ""), value, isDownload, violations);
      this.#values.set(name, [...(this.#values.get(name) ?? []), String(read)]);
    }
  }

  /** The parameter's last value; an empty string if it is absent, as in proto3. */
  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? "";
  }

  /** All values of a repeated parameter. */
  list(name: string): string[] {
    return this.#values.get(name) ?? [];
  }

  /** All parameters, each with its values. */
  all(): Record<string, string[]> {
    return Object.fromEntries(this.#values);
  }

  /** The parameters that are fields of the request, each with its values. */
  arguments(): Record<string, string[]> {
    return Object.fromEntries([...this.#values].filter(([name]) => !systemParameters.has(name)));
  }

  /** The parameter as an int32; 0 when it is absent. */
  integer(name: string): number {
    return Number(this.text(name));
  }

  /** The parameter as a bool; false when it is absent. */
  boolean(name: string): boolean {
    return this.text(name) === "true";
  }
}

/** The values of the parameters of every method, by discovery documents. */
function checkSystemParameter(name: string, value: string, isDownload: boolean, violations: Violations): void {
  if (name === "prettyPrint") readValue("bool", value.toLowerCase(), "pretty_print", violations);
  if (name === "callback" && value !== "") throw notEmulated("JSONP (callback)");
  if (name === "key" && value !== "") throw invalidApiKey();
  if (name === "apiVersion" && value !== "") throw notEmulated("versions of an API ($apiVersion)");
  if (name === "ct" && value !== "") throw notEmulated("a content type in the query ($ct)");
  if (name === "outputDefaults" && /^(true|1)$/i.test(value)) throw notEmulated("default values ($outputDefaults)");
  if (name === ".xgafv" && value === "1") throw notEmulated("errors in the first format ($.xgafv=1)");
  if (name === ".xgafv" && value !== "2") violations.add(`Invalid value at '$.xgafv': "${value}"`, "$.xgafv");
  if (name !== "alt") return;
  const [format = "", ...options] = value.split(";");
  if (format === "proto") throw notEmulated("replies in the format of protocol buffers (alt=proto)");
  if (format === "sse") throw notEmulated("streams of JSON (alt=sse)");
  // Measured on Google's APIs: https://github.com/brekkylab/backlot/issues/309
  if (format === "media" && !isDownload)
    throw new ApiError("INVALID_ARGUMENT", 'Unsupported alt type "media" for non byte stream request.');
  if (!["", "json", "media"].includes(format) || options.some((option) => option !== "enum-encoding=int"))
    violations.add(`Invalid value at 'alt': "${value}"`, "alt");
}

/** The value in its canonical form. The messages are Google's. */
function readParameter(request: string, key: string, value: string, violations: Violations): unknown {
  const field = findField(request, key.split("."));
  if (field === undefined)
    return violations.add(
      `Invalid JSON payload received. Unknown name "${key}": Cannot bind query parameter. Field '${key}' could not be found in request message.`,
    );
  const isMessage = findMessage(field.type) !== undefined && !field.type.startsWith("google.protobuf.");
  if (isMessage || field.kind === "map")
    return violations.add(
      `Invalid JSON payload received. Unknown name "${key}": Cannot bind query parameter. '${key}' is a message type. Parameters can only be bound to primitive types.`,
    );
  // gcloud sends `True` and `False`.
  const text = field.type === "bool" ? value.toLowerCase() : value;
  return readValue(field.type, text, snakeCase(key), violations);
}

function findField(type: string, [name = "", ...rest]: readonly string[]): Field | undefined {
  const field = findMessage(type)?.get(camelCase(name));
  return rest.length === 0 || field === undefined ? field : findField(field.type, rest);
}
