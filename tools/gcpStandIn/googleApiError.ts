import { isProperties, textOf } from "./values.ts";

import type { Value } from "./values.ts";

/** An error of a Google API, with the message of Google's Go client, because users search for that message. */
export class GoogleApiError extends Error {
  readonly code: number;
  /** The reply's body. Some retry conditions search for text in it. */
  readonly body: string;
  /** The API's own message, without the rest of this error's text. */
  readonly apiMessage: string;
  /** The reasons in the older error list. */
  readonly reasons: string[];
  /** The reasons of the ErrorInfo details. */
  readonly infoReasons: string[];

  constructor(code: number, body: string) {
    const error = readError(body);
    super(error ? describe(error.code ?? code, error) : `googleapi: got HTTP response code ${code} with body: ${body}`);
    this.name = "GoogleApiError";
    this.code = error?.code ?? code;
    this.body = body;
    this.apiMessage = error?.message ?? "";
    this.reasons = (error?.errors ?? []).map((e) => e.reason);
    this.infoReasons = (error?.details ?? [])
      .filter(isProperties)
      .filter((detail) => textOf(detail["@type"]).includes("ErrorInfo"))
      .map((detail) => textOf(detail["reason"]));
  }
}

/** The API's error in an error or its causes. */
export function googleApiError(error: unknown): GoogleApiError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof GoogleApiError) return current;
  }
  return undefined;
}

/** Whether it is an API error with one of these HTTP codes. */
export function hasCode(error: unknown, ...codes: number[]): boolean {
  const found = googleApiError(error);
  return found !== undefined && codes.includes(found.code);
}

/** An error with a prefix. */
export function wrap(words: string, error: unknown): Error {
  return new Error(words + messageOf(error), { cause: error });
}

/** The same without the cause, for cases in which the real plugin also uses only the message. */
export function rephrase(words: string, error: unknown): Error {
  return new Error(words + messageOf(error));
}

/** The message of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface ErrorBody {
  code?: number;
  message: string;
  errors: { reason: string; message: string }[];
  details: Value[];
}

function readError(body: string): ErrorBody | undefined {
  let reply: unknown;
  try {
    reply = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (Array.isArray(reply)) reply = reply[0];
  const error = isProperties(reply) ? reply["error"] : undefined;
  if (!isProperties(error)) return undefined;
  const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);
  const read: ErrorBody = {
    message: textOf(error["message"]),
    errors: list(error["errors"])
      .filter(isProperties)
      .map((e) => ({ reason: textOf(e["reason"]), message: textOf(e["message"]) })),
    details: list(error["details"]),
  };
  if (typeof error["code"] === "number" && error["code"] !== 0) read.code = error["code"];
  return read.message === "" && read.errors.length === 0 ? undefined : read;
}

function describe(code: number, error: ErrorBody): string {
  let text = `googleapi: Error ${code}: ${error.message}`;
  if (error.details.length > 0) text += `\nDetails:\n${goJson(error.details)}\n`;
  const [first, ...more] = error.errors;
  if (!first) return text.trim();
  if (more.length === 0 && first.message === error.message) return `${text}, ${first.reason}`;
  return `${text}\nMore details:\n${error.errors.map((e) => `Reason: ${e.reason}, Message: ${e.message}\n`).join("")}`;
}

/** JSON in Go's format: sorted keys and escaped HTML characters. */
function goJson(value: Value): string {
  const escapes: Record<string, string> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };
  return JSON.stringify(inOrder(value), null, 2).replace(/[<>&]/g, (character) => escapes[character] ?? character);
}

function inOrder(value: Value): Value {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder(value[key] ?? null)]),
  );
}

/** A request without a reply, with the message of Go's HTTP client. */
export class NetworkError extends Error {
  /** Whether the provider retries. */
  readonly temporary: boolean;

  constructor(method: string, url: string, problem: string, temporary: boolean) {
    super(`${method.slice(0, 1)}${method.slice(1).toLowerCase()} "${url}": ${problem}`);
    this.name = "NetworkError";
    this.temporary = temporary;
  }
}
