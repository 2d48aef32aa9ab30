/** The one error of a call to Google: what was asked, what was answered. It holds no credential, and its message is one visible line. */
import { visible, withoutSecrets } from "../text/index.ts";

/** What Google's error body says: https://google.aip.dev/193, or of a token https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
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
  /** The HTTP status; absent where no reply came. */
  readonly status?: number | undefined;
  /** The canonical code's name, such as `PERMISSION_DENIED`; of a token, such as `invalid_grant`. */
  readonly code?: string | undefined;
  /** The reason of google.rpc.ErrorInfo, such as `SERVICE_DISABLED`. */
  readonly reason?: string | undefined;
  /** Whose quota the call counted against, where the reason names it, such as `projects/100000000001`. */
  readonly consumer?: string | undefined;
  /** Whether there was no credential to send it with, so that it was not sent. */
  readonly wasNotSent?: boolean | undefined;
  /** How long Google asks to wait before another try, in milliseconds. */
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
    super(visible(withoutSecrets(message)));
    this.name = "GoogleError";
    this.request = options.request;
    this.status = options.status;
    this.code = options.code;
    this.reason = options.reason;
    this.consumer = options.consumer;
    this.wasNotSent = options.wasNotSent ?? false;
    this.retryAfter = options.retryAfter;
  }

  /** The same, of the last of several tries. */
  after(tries: number, waited: number): GoogleError {
    return new GoogleError(
      `${this.message} (${String(tries)} tries, with waits of ${String(Math.round(waited / 1000))} s)`,
      this,
    );
  }
}

/**
 * Whether Google has refused the credential itself, or another one that it stands for: with it, each request is refused. A credential
 * that is not there, and a token that could not be asked for, are none of that.
 */
export function isCredentialRefused(error: GoogleError): boolean {
  return error.status === 401 || (error.wasNotSent && (error.status === 400 || error.status === 403));
}

/** Connection failures that end before a request is sent: it had no effect. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether the request surely had no effect, and may have one when it is sent again: it never left, or a quota was used up. */
export function isWithoutEffect(error: unknown): boolean {
  if (!(error instanceof GoogleError) || error.request === "credentials") return false;
  if (error.wasNotSent) return [undefined, 429, 500, 502, 503, 504].includes(error.status);
  return error.status === 429 || (error.status === undefined && neverSent.has(error.code ?? ""));
}

/** Whether the request may have had its effect although it failed: no reply came, or one of a server in trouble. */
export function isAmbiguous(error: unknown): boolean {
  if (!(error instanceof GoogleError) || error.request === "credentials" || error.wasNotSent) return false;
  if (error.status === undefined) return !(error.code !== undefined && neverSent.has(error.code));
  return error.status >= 500 || error.status === 408;
}

/** The error of a reply with an HTTP status of 400 and above. */
export function replyError(
  request: string,
  status: number,
  body: unknown,
  retryAfterHeader: string | null,
): GoogleError {
  const { error: told, error_description } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const error = typeof told === "string" ? { status: told, message: error_description, details: [] } : told;
  const info = error?.details?.find((detail) => String(detail["@type"]).endsWith("/google.rpc.ErrorInfo"));
  const reason = typeof info?.["reason"] === "string" ? info["reason"] : undefined;
  const consumer = (info?.["metadata"] as { consumer?: unknown } | undefined)?.consumer;
  const said = error?.message ?? (typeof body === "string" && body.trim() !== "" ? excerptOf(body) : "no message");
  const name = [String(status), error?.status].filter(Boolean).join(" ");
  return new GoogleError(`${request}: ${name}: ${said}`, {
    request,
    status,
    code: error?.status,
    reason,
    consumer: typeof consumer === "string" ? consumer : undefined,
    retryAfter: retryAfterMilliseconds(retryAfterHeader),
  });
}

/** The begin of a page. A credential in it goes before it could be cut in two. */
function excerptOf(page: string): string {
  return withoutSecrets(page).trim().replace(/\s+/g, " ").slice(0, 200);
}

/** The error of a request to which no reply came. */
export function networkError(request: string, code: string | undefined, timeout: number): GoogleError {
  const timedOut = code === "TimeoutError" || code === "AbortError";
  const said = timedOut
    ? `no reply within ${String(timeout / 1000)} s`
    : `no reply (${code ?? "the connection failed"})`;
  return new GoogleError(`${request}: ${said}`, { request, code });
}

/**
 * The error of a reply with status 200 that is not what the method answers. Nothing is known of the request's effect, as where
 * no reply came: a read is sent again, and the effect of a write is looked for.
 *
 * @param expected Such as `a case with a name`.
 */
export function shapeError(request: string, expected: string, got: unknown): GoogleError {
  const text = typeof got === "string" ? got.trim().replace(/\s+/g, " ") : (JSON.stringify(got) ?? "");
  const shown = text === "" ? "nothing" : text.slice(0, 80);
  return new GoogleError(`${request}: the reply is not from Google's API (expected ${expected}, got ${shown})`, {
    request,
    code: "WRONG_SHAPE",
  });
}

/** The header in seconds or as a date. */
function retryAfterMilliseconds(header: string | null): number | undefined {
  if (header === null || header === "") return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
