/** Sends requests to Google: the caller's credential, the quota project, one time limit, one retry policy, one error type. */
import { gaxios } from "google-auth-library";
import type { AuthClient } from "google-auth-library";
import { setTimeout as systemSleep } from "node:timers/promises";
import { rememberSecret } from "../text/index.ts";
import { authClient } from "./credentials.ts";
import { GoogleError, networkError, replyError, shapeError } from "./error.ts";
import { quotas } from "./quotas.ts";
import { createRate } from "./rate.ts";
import { withRetries } from "./retries.ts";
import { quotaProjectOf } from "./settings.ts";
import type { GoogleSettings } from "./settings.ts";

export interface GoogleRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** The base URL of the API, ending in a slash. */
  readonly baseUrl: string;
  /** The path below the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown;
  /** What the reply is read as. @default json */
  readonly reply?: "json" | "bytes";
  /** The project whose resource is asked for: the quota project where the settings name none. */
  readonly project?: string | undefined;
  /** A POST that only reads: retried as a GET is. @default false */
  readonly isRead?: boolean;
}

export interface Transport {
  readonly settings: GoogleSettings;
  /** @throws GoogleError */
  request<Reply>(request: GoogleRequest): Promise<Reply>;
}

export interface TransportOptions {
  /** Waits that many milliseconds. @default by the system's clock */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Asked each time before a request that may have an effect is sent: what it throws is thrown instead. */
  readonly beforeWrite?: () => Promise<void>;
  /** How long a reply may take, in milliseconds. @default 60,000 */
  readonly timeout?: number;
  /** How often a request is sent again where Google is unavailable; a quota is waited for all the same. @default 4 */
  readonly retries?: number;
}

/**
 * The time limit of Google's own clients, in milliseconds.
 * Source: googleapis/googleapis google/cloud/support/v2/support_v2_grpc_service_config.json
 */
const usualTimeout = 60_000;

export function createTransport(
  settings: GoogleSettings,
  { sleep = systemSleep, beforeWrite, timeout = usualTimeout, retries }: TransportOptions = {},
): Transport {
  let client: Promise<AuthClient> | undefined;
  const rate = createRate(quotas, sleep);
  const sendAs = async <Reply>(request: GoogleRequest): Promise<Reply> => {
    client ??= authClient(settings);
    try {
      return await send<Reply>(await client, settings, request, timeout, isWrite(request) ? beforeWrite : undefined);
    } catch (error) {
      // The client would wait for ever for the token that it has asked for once.
      if (error instanceof GoogleError && error.wasNotSent) client = undefined;
      throw error;
    }
  };
  return {
    settings,
    async request<Reply>(request: GoogleRequest): Promise<Reply> {
      const method = isWrite(request) ? request.method : "GET";
      // An access token by itself is all there is.
      let isRenewed = settings.accessToken !== undefined && settings.impersonateServiceAccount === undefined;
      return withRetries({ method, sleep, retries }, async () => {
        await rate.turn(request.baseUrl, isWrite(request) ? "write" : "read");
        try {
          return await sendAs<Reply>(request);
        } catch (error) {
          if (isRenewed || !(error instanceof GoogleError) || error.status !== 401 || error.wasNotSent) throw error;
          // Google does not take the token, though its time is not over: another one, once. Nothing had an effect.
          isRenewed = true;
          client = undefined;
          return sendAs<Reply>(request);
        }
      });
    },
  };
}

function isWrite({ method, isRead = false }: GoogleRequest): boolean {
  return method !== "GET" && !isRead;
}

async function send<Reply>(
  client: AuthClient,
  settings: GoogleSettings,
  request: GoogleRequest,
  timeout: number,
  before?: () => Promise<void>,
): Promise<Reply> {
  const url = new URL(request.baseUrl + request.path);
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, String(value));
  const name = `${request.method} ${url.host}${url.pathname}`;
  try {
    // Asked for by itself, as the library sets no limit of time to it: the request below finds it in the client.
    const headers = await within(timeout, client.getRequestHeaders(url));
    // A server may echo it.
    rememberSecret(headers.get("authorization")?.replace(/^\w+\s+/, ""));
  } catch (error) {
    throw withoutCredential(credentialError(`${name}, for a credential`, error, timeout));
  }
  // A credential may take a minute, in which the caller may have ended.
  await before?.();
  const call = client.request<Reply>({
    url: url.href,
    method: request.method,
    ...(request.body === undefined ? {} : { data: request.body }),
    headers: headers(settings, request),
    timeout,
    retry: false,
    // Google redirects a download alone. Anything else would take the request, and its reply, elsewhere.
    redirect: request.reply === "bytes" ? "follow" : "manual",
    responseType: request.reply === "bytes" ? "arraybuffer" : "json",
  });
  try {
    const { data } = await within(3 * timeout, call);
    return request.reply === "bytes" ? data : message(name, data);
  } catch (error) {
    throw googleError(name, error, timeout);
  }
}

/**
 * What a method of Google's answers is an object. Anything else comes from something in between, such as a proxy's page with
 * status 200: it says nothing of what the request has done.
 */
function message<Reply>(request: string, data: Reply): Reply {
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  // An operation that has failed has a name.
  if (isObject && !("error" in data && !("name" in data))) return data;
  throw shapeError(request, "an object", data);
}

function withoutCredential(error: GoogleError): GoogleError {
  return new GoogleError(error.message, { ...error, wasNotSent: true });
}

/** A limit of time, in milliseconds, is over. Its name is that of fetch's own error. */
class Overdue extends Error {
  override readonly name = "TimeoutError";
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`not within ${String(milliseconds)} ms`);
    this.milliseconds = milliseconds;
  }
}

/** @throws Overdue */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const signal = AbortSignal.timeout(milliseconds);
  const limit = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Overdue(milliseconds)), { once: true });
  });
  return Promise.race([work, limit]);
}

function headers(settings: GoogleSettings, request: GoogleRequest): Record<string, string> {
  const quotaProject = quotaProjectOf(settings, request.project);
  return {
    ...(request.body instanceof Uint8Array ? { "content-type": "application/octet-stream" } : {}),
    ...(quotaProject === undefined ? {} : { "x-goog-user-project": quotaProject }),
    ...(settings.requestReason === undefined ? {} : { "x-goog-request-reason": settings.requestReason }),
  };
}

/** What the library throws: with the reply, or with what fetch throws where none came. */
interface Failure {
  readonly response?: { readonly status: number; readonly data: unknown; readonly headers: Headers };
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: { readonly name?: unknown; readonly code?: unknown };
  /** Of a file that could not be read. */
  readonly path?: unknown;
}

/** The library's error holds the request's headers, and so the credential: it goes no further. */
function googleError(request: string, error: unknown, timeout: number): GoogleError {
  if (error instanceof GoogleError) return error;
  const { response } = error as Failure;
  if (response !== undefined)
    return replyError(request, response.status, response.data, response.headers.get("retry-after"));
  return networkError(request, codeOf(error), error instanceof Overdue ? error.milliseconds : timeout);
}

/** The same of the request for a credential, which may also fail before there is one to send. */
function credentialError(request: string, error: unknown, timeout: number): GoogleError {
  const { response, path } = error as Failure;
  const wasSent = error instanceof gaxios.GaxiosError || error instanceof Overdue || response !== undefined;
  if (wasSent) return googleError(request, error, timeout);
  // What the library says of it may quote it.
  const said = typeof path === "string" ? `${path} cannot be read` : "the credential cannot be used";
  const code = codeOf(error);
  return new GoogleError(`${request}: ${said}${code === undefined ? "" : ` (${code})`}`, {
    request: "credentials",
    code,
  });
}

function codeOf(error: unknown): string | undefined {
  const { code, name, cause } = error as Failure;
  const codes = [cause?.code, code, cause?.name, name].filter((value) => typeof value === "string");
  return codes.find((value) => !["Error", "TypeError", "SyntaxError"].includes(value));
}

/**
 * Whose credential it is, as Google's OAuth 2 token endpoint tells it: the principal as a policy names it, such as `user:ada@example.com`. Undefined where the token tells no address: a
 * federated principal has none, and a person may have withheld hers.
 *
 * Source: OAuth2Client.getTokenInfo of google-auth-library, which asks the same
 *
 * @throws GoogleError
 */
export async function callerPrincipal(transport: Transport): Promise<string | undefined> {
  const { oauth2CustomEndpoint, universeDomain = "googleapis.com" } = transport.settings;
  const { email } = await transport.request<{ email?: string }>({
    method: "POST",
    baseUrl: oauth2CustomEndpoint ?? `https://oauth2.${universeDomain}/`,
    path: "tokeninfo",
    isRead: true,
  });
  if (email === undefined) return undefined;
  return `${email.endsWith(".gserviceaccount.com") ? "serviceAccount" : "user"}:${email.toLowerCase()}`;
}
