/**
 * The error of a request to Google. It contains no credentials, and its message is a single line without invisible
 * characters.
 */
import { visible, withoutSecrets } from "../text/index.ts";

/** The body of Google's errors: https://google.aip.dev/193, or for tokens https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
interface ErrorBody {
  readonly error?:
    | string
    | {
        readonly code?: number;
        readonly message?: string;
        readonly status?: string;
        readonly details?: readonly Readonly<Record<string, unknown>>[];
      };
  readonly error_description?: string;
}

export interface GoogleErrorOptions {
  /** The method and the path, such as `POST /v2/projects/shop-dev/cases`. */
  readonly request: string;
  /** The HTTP status; absent without a reply. */
  readonly status?: number | undefined;
  /** The canonical error code, such as `PERMISSION_DENIED`; for tokens, such as `invalid_grant`. */
  readonly code?: string | undefined;
  /** The reason of google.rpc.ErrorInfo, such as `SERVICE_DISABLED`. */
  readonly reason?: string | undefined;
  /** The quota project of the request, if the error contains it, such as `projects/100000000001`. */
  readonly consumer?: string | undefined;
  /** Whether the request was not sent, because no token could be fetched. */
  readonly wasNotSent?: boolean | undefined;
  /** The wait before a retry that Google requests, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

export class GoogleError extends Error implements GoogleErrorOptions {
  readonly request: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly consumer: string | undefined;
  readonly wasNotSent: boolean;
  readonly retryAfter: number | undefined;

  constructor(message: string, options: GoogleErrorOptions) {
    super(visible(withoutSecrets(message, "message")));
    this.name = "GoogleError";
    this.request = options.request;
    this.status = options.status;
    this.code = options.code;
    this.reason = options.reason;
    this.consumer = options.consumer;
    this.wasNotSent = options.wasNotSent ?? false;
    this.retryAfter = options.retryAfter;
  }

  /** The same error after several attempts. */
  after(tries: number, waited: number): GoogleError {
    return new GoogleError(
      `${this.message} (${String(tries)} attempts, with waits of ${String(Math.round(waited / 1000))} s)`,
      this,
    );
  }
}

/**
 * Whether Google rejects the credentials, or the service account that they impersonate, so that every request would fail. Not
 * for missing credentials, or if the token request got no reply.
 */
export function isCredentialRefused(error: GoogleError): boolean {
  return error.status === 401 || (error.wasNotSent && (error.status === 400 || error.status === 403));
}

/** Whether the API is not enabled on the quota project of the request. */
export function isServiceDisabled(error: GoogleError): boolean {
  return error.reason === "SERVICE_DISABLED";
}

/** Connection errors before a request is sent, so that it had no effect. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether the request certainly had no effect and can be retried: it was not sent, or a quota was exhausted. */
export function isWithoutEffect(error: unknown): boolean {
  if (!(error instanceof GoogleError) || error.request === "credentials") return false;
  if (error.wasNotSent) return [undefined, 429, 500, 502, 503, 504].includes(error.status);
  return error.status === 429 || (error.status === undefined && neverSent.has(error.code ?? ""));
}

/** Whether the request may have had an effect although it failed: there was no reply, or a server error. */
export function isAmbiguous(error: unknown): boolean {
  if (!(error instanceof GoogleError) || error.request === "credentials" || error.wasNotSent) return false;
  if (error.status === undefined) return !(error.code !== undefined && neverSent.has(error.code));
  return error.status >= 500 || error.status === 408;
}

/** The error for an HTTP status of 400 or above. */
export function replyError(
  request: string,
  status: number,
  body: unknown,
  retryAfterHeader: string | null,
): GoogleError {
  const { error: reported, error_description } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const error = typeof reported === "string" ? { status: reported, message: error_description, details: [] } : reported;
  const info = error?.details?.find((detail) => String(detail["@type"]).endsWith("/google.rpc.ErrorInfo"));
  const reason = typeof info?.["reason"] === "string" ? info["reason"] : undefined;
  const consumer = (info?.["metadata"] as { consumer?: unknown } | undefined)?.consumer;
  const detail =
    error?.message ?? (typeof body === "string" && body.trim() !== "" ? excerptOf(body, 200) : "no message");
  const name = [String(status), error?.status].filter(Boolean).join(" ");
  return new GoogleError(`${request}: ${name}: ${withoutSecrets(detail, "value")}`, {
    request,
    status,
    code: error?.status,
    reason,
    consumer: typeof consumer === "string" ? consumer : undefined,
    retryAfter: retryAfterMilliseconds(retryAfterHeader),
  });
}

/** The beginning of a page. Credentials are removed first, because truncation could split them. */
function excerptOf(page: string, length: number): string {
  const characters = [...withoutSecrets(page, "value").trim().replace(/\s+/g, " ")];
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : characters.join("");
}

/** The error of a request without a reply. */
export function networkError(request: string, code: string | undefined, timeout: number): GoogleError {
  const timedOut = code === "TimeoutError" || code === "AbortError";
  const reason = timedOut
    ? `no reply within ${String(timeout / 1000)} s`
    : `no reply (${code ?? "the connection failed"})`;
  return new GoogleError(`${request}: ${reason}`, { request, code });
}

/**
 * The error of a reply with status 200 that the method cannot have returned. As without a reply, the effect of the request is
 * not known: a read is retried, and a write is confirmed.
 *
 * @param expected Such as `a case with a name`.
 */
export function shapeError(request: string, expected: string, got: unknown): GoogleError {
  const text = excerptOf(typeof got === "string" ? got : (JSON.stringify(got) ?? ""), 80);
  const shown = text === "" ? "nothing" : text;
  return new GoogleError(`${request}: the reply is not from Google's API (expected ${expected}, got ${shown})`, {
    request,
    code: "WRONG_SHAPE",
  });
}

/** Parses the header, which has seconds or a date. */
function retryAfterMilliseconds(header: string | null): number | undefined {
  if (header === null || header === "") return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

/** A reply of Google, or an error. */
export interface Answer<Value> {
  readonly value?: Value;
  readonly error?: GoogleError;
}

/** @throws Errors other than GoogleError */
export async function answer<Value>(ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof GoogleError) return { error };
    throw error;
  }
}

/**
 * Whether the error means that a resource does not exist or is not visible, not a problem with the API, the quota or a
 * proxy.
 */
export function isOutOfSight(error: GoogleError | undefined): boolean {
  if (error?.code !== "PERMISSION_DENIED" && error?.code !== "NOT_FOUND") return false;
  // The latter is the reason of Service Usage.
  return [undefined, "IAM_PERMISSION_DENIED", "AUTH_PERMISSION_DENIED"].includes(error.reason);
}
