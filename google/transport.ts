/** Sends requests to Google, with the caller's credentials, a quota project, a timeout, the retry policy and one error type. */
import { gaxios } from "google-auth-library";
import type { AuthClient } from "google-auth-library";
import { setTimeout as systemSleep } from "node:timers/promises";
import { rememberSecret } from "../text/index.ts";
import { authClient } from "./credentials.ts";
import { GoogleError, networkError, replyError, shapeError } from "./error.ts";
import { quotas } from "./quotas.ts";
import { createRateLimiter } from "./rateLimiter.ts";
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
  /** The body, which is sent as JSON unless it is bytes. */
  readonly body?: unknown;
  /** The format of the reply. @default json */
  readonly reply?: "json" | "bytes";
  /** The number of bytes in the reply, if it is known. A reply with another number is not from Google. */
  readonly size?: number | undefined;
  /** The project of the requested resource. It is the quota project if the settings have none. */
  readonly project?: string | undefined;
  /** A POST that only reads, and is retried like a GET. @default false */
  readonly isRead?: boolean;
}

export interface Transport {
  readonly settings: GoogleSettings;
  /** @throws GoogleError */
  request<Reply>(request: GoogleRequest): Promise<Reply>;
}

export interface TransportOptions {
  /** Waits a number of milliseconds. @default the system's timer */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Called before each write. If it throws, the write is not sent. */
  readonly beforeWrite?: () => Promise<void>;
  /** The timeout of a request, in milliseconds. @default 60,000 */
  readonly timeout?: number;
  /** The maximum number of retries if Google is unavailable. An exhausted quota is always retried. @default 4 */
  readonly retries?: number;
}

/**
 * The timeout of Google's own clients, in milliseconds.
 * Source: googleapis/googleapis google/cloud/support/v2/support_v2_grpc_service_config.json
 */
const defaultTimeout = 60_000;

export function createTransport(
  settings: GoogleSettings,
  { sleep = systemSleep, beforeWrite, timeout = defaultTimeout, retries }: TransportOptions = {},
): Transport {
  let client: Promise<AuthClient> | undefined;
  const rateLimiter = createRateLimiter(quotas, sleep);
  const sendOnce = async <Reply>(request: GoogleRequest): Promise<Reply> => {
    client ??= authClient(settings);
    try {
      return await send<Reply>(await client, settings, request, timeout, isWrite(request) ? beforeWrite : undefined);
    } catch (error) {
      // A client whose token request failed would wait for that token forever.
      if (error instanceof GoogleError && error.wasNotSent) client = undefined;
      throw error;
    }
  };
  return {
    settings,
    async request<Reply>(request: GoogleRequest): Promise<Reply> {
      const method = isWrite(request) ? request.method : "GET";
      // An access token cannot be renewed.
      let hasRenewed = settings.accessToken !== undefined && settings.impersonateServiceAccount === undefined;
      return withRetries({ method, sleep, retries }, async () => {
        await rateLimiter.waitForTurn(request.baseUrl, isWrite(request) ? "write" : "read");
        try {
          return await sendOnce<Reply>(request);
        } catch (error) {
          if (hasRenewed || !(error instanceof GoogleError) || error.status !== 401 || error.wasNotSent) throw error;
          // Google rejects the token before it expires, so the request had no effect. Retry once with a new token.
          hasRenewed = true;
          client = undefined;
          return sendOnce<Reply>(request);
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
    // Fetch the token separately, because the library has no timeout for it. The client caches it for the request below.
    const headers = await withTimeout(timeout, client.getRequestHeaders(url));
    // A server can echo the token.
    rememberSecret(headers.get("authorization")?.replace(/^\w+\s+/, ""));
  } catch (error) {
    throw asNotSent(credentialError(`${name}, for a credential`, error, timeout));
  }
  // Fetching a token can take a minute, during which the engine may have stopped.
  await before?.();
  const call = client.request<Reply>({
    url: url.href,
    method: request.method,
    ...(request.body === undefined ? {} : { data: request.body }),
    headers: headers(settings, request),
    timeout,
    retry: false,
    // Google redirects only downloads. Other redirects would send the request to another server.
    redirect: request.reply === "bytes" ? "follow" : "manual",
    responseType: request.reply === "bytes" ? "arraybuffer" : "json",
  });
  try {
    const { data } = await withTimeout(3 * timeout, call);
    return request.reply === "bytes" ? checkedFile(name, data, request.size) : checkedMessage(name, data);
  } catch (error) {
    throw googleError(name, error, timeout);
  }
}

/**
 * Google's methods return objects. Other replies are not from Google, such as a proxy's page with status 200, and do not show
 * whether the request had an effect.
 */
function checkedMessage<Reply>(request: string, data: Reply): Reply {
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  // A failed operation has an error and a name.
  if (isObject && !("error" in data && !("name" in data))) return data;
  throw shapeError(request, "an object", data);
}

/** Google returns the whole file. A page of a proxy with status 200 has another size. */
function checkedFile<Reply>(request: string, data: Reply, size: number | undefined): Reply {
  const got = (data as ArrayBuffer).byteLength;
  if (size === undefined || got === size) return data;
  throw shapeError(request, `a file of ${String(size)} bytes`, `${String(got)} bytes`);
}

function asNotSent(error: GoogleError): GoogleError {
  return new GoogleError(error.message, { ...error, wasNotSent: true });
}

/** A timeout, with the same name as the error of fetch. */
class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`not within ${String(milliseconds)} ms`);
    this.milliseconds = milliseconds;
  }
}

/** @throws TimeoutError */
async function withTimeout<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const signal = AbortSignal.timeout(milliseconds);
  const limit = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new TimeoutError(milliseconds)), { once: true });
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

/** The library's errors: with the reply, or with the error of fetch. */
interface Failure {
  readonly response?: { readonly status: number; readonly data: unknown; readonly headers: Headers };
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: { readonly name?: unknown; readonly code?: unknown };
  /** The path of a file that could not be read. */
  readonly path?: unknown;
}

/** Replaces the library's error, because it contains the request's headers with the token. */
function googleError(request: string, error: unknown, timeout: number): GoogleError {
  if (error instanceof GoogleError) return error;
  const { response } = error as Failure;
  if (response !== undefined)
    return replyError(request, response.status, response.data, response.headers.get("retry-after"));
  return networkError(request, codeOf(error), error instanceof TimeoutError ? error.milliseconds : timeout);
}

/** The same for token requests, which can also fail before they are sent. */
function credentialError(request: string, error: unknown, timeout: number): GoogleError {
  const { response, path } = error as Failure;
  const wasSent = error instanceof gaxios.GaxiosError || error instanceof TimeoutError || response !== undefined;
  if (wasSent) return googleError(request, error, timeout);
  // The library's message can quote the credentials.
  const reason = typeof path === "string" ? `${path} cannot be read` : "the credentials cannot be used";
  const code = codeOf(error);
  return new GoogleError(`${request}: ${reason}${code === undefined ? "" : ` (${code})`}`, {
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
 * The caller as a principal in a policy, such as `user:ada@example.com`, from Google's OAuth 2 token endpoint. Undefined if the
 * token has no address: federated principals have none, and users can withhold theirs.
 *
 * Source: OAuth2Client.getTokenInfo of google-auth-library, which sends the same request
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

/**
 * Sends a read again without a quota project if the caller cannot use that project, which may have been deleted. Only for APIs
 * that need none. After that, no request names that quota project.
 */
export function withoutDeniedQuotaProject(settings: GoogleSettings, options: TransportOptions = {}): Transport {
  const transport = createTransport(settings, options);
  const none = { ...settings, userProjectOverride: false, billingProject: undefined, quotaProject: undefined };
  let plain: Transport | undefined;
  const denied = new Set<string | undefined>();
  return {
    settings,
    request: async <Reply>(request: GoogleRequest) => {
      const quotaProject = quotaProjectOf(settings, request.project);
      if (!denied.has(quotaProject))
        try {
          return await transport.request<Reply>(request);
        } catch (error) {
          if (!(error instanceof GoogleError) || error.reason !== "USER_PROJECT_DENIED") throw error;
          denied.add(quotaProject);
        }
      plain ??= createTransport(none, options);
      return plain.request<Reply>(request);
    },
  };
}
