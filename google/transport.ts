/** Sends requests to Google: the caller's credential, the quota project, one time limit, one retry policy, one error type. */
import { gaxios } from "google-auth-library";
import type { AuthClient } from "google-auth-library";
import pRetry from "p-retry";
import { authClient } from "./credentials.ts";
import { GoogleError, networkError, replyError } from "./error.ts";
import type { GoogleSettings } from "./settings.ts";

export interface GoogleRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** The base URL of the API, ending in a slash. */
  readonly baseUrl: string;
  /** The path below the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** The project whose resource is asked for: the quota project where the settings name none. */
  readonly project?: string | undefined;
}

export interface Transport {
  readonly settings: GoogleSettings;
  /** @throws GoogleError */
  request<Reply>(request: GoogleRequest): Promise<Reply>;
}

/**
 * The time limit and the retries of Google's own clients.
 * Source: googleapis/googleapis google/cloud/support/v2/support_v2_grpc_service_config.json
 */
const timeout = 60_000;
const retries = { retries: 4, minTimeout: 1000, maxTimeout: 10_000, factor: 1.3 };

/** The longest that one wait which Google asks for is respected, in milliseconds. */
const longestWait = 60_000;

export function createTransport(settings: GoogleSettings): Transport {
  let client: Promise<AuthClient> | undefined;
  return {
    settings,
    async request<Reply>(request: GoogleRequest): Promise<Reply> {
      client ??= authClient(settings);
      const signed = await client;
      const attempt = () => send<Reply>(signed, settings, request);
      // A write is sent once: only its caller knows whether it may be sent again.
      if (request.method !== "GET") return attempt();
      return pRetry(attempt, {
        ...retries,
        shouldRetry: ({ error }) => isRetriable(error),
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (retriesLeft > 0 && isRetriable(error) && error instanceof GoogleError && error.retryAfter !== undefined)
            await new Promise((resolve) => setTimeout(resolve, Math.min(error.retryAfter ?? 0, longestWait)));
        },
      });
    },
  };
}

/** UNAVAILABLE, which is also what a lost connection is, and a quota that is used up for the moment. */
function isRetriable(error: unknown): boolean {
  return (
    error instanceof GoogleError && error.request !== "credentials" && [undefined, 429, 503].includes(error.status)
  );
}

async function send<Reply>(client: AuthClient, settings: GoogleSettings, request: GoogleRequest): Promise<Reply> {
  const url = new URL(request.baseUrl + request.path);
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, String(value));
  const name = `${request.method} ${url.host}${url.pathname}`;
  try {
    const reply = await client.request<Reply>({
      url: url.href,
      method: request.method,
      ...(request.body === undefined ? {} : { data: request.body }),
      headers: headers(settings, request),
      timeout,
      retry: false,
      responseType: "json",
    });
    return reply.data;
  } catch (error) {
    throw googleError(name, error);
  }
}

function headers(settings: GoogleSettings, { project }: GoogleRequest): Record<string, string> {
  const quotaProject = settings.userProjectOverride ? (settings.billingProject ?? project) : undefined;
  return {
    ...(quotaProject === undefined ? {} : { "x-goog-user-project": quotaProject }),
    ...(settings.requestReason === undefined ? {} : { "x-goog-request-reason": settings.requestReason }),
  };
}

/** What fetch throws where no reply came. */
interface NetworkFailure {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: { readonly name?: unknown; readonly code?: unknown };
}

/** The library's error holds the request's headers, and so the credential: it goes no further. */
function googleError(request: string, error: unknown): GoogleError {
  if (error instanceof GoogleError) return error;
  if (error instanceof gaxios.GaxiosError && error.response !== undefined) {
    const { status, headers: replyHeaders } = error.response;
    return replyError(request, status, error.response.data as unknown, replyHeaders.get("retry-after"));
  }
  const { code, name, cause } = error as NetworkFailure;
  const codes = [cause?.code, code, cause?.name, name].filter((value) => typeof value === "string");
  return networkError(
    request,
    codes.find((value) => value !== "Error" && value !== "TypeError"),
    timeout,
  );
}
