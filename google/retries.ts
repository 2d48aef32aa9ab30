/**
 * The retry policy: reads as in Google's own clients, and writes only if they certainly had no effect. For other writes, only
 * the caller can check the effect.
 *
 * Source: googleapis/googleapis google/cloud/support/v2/support_v2_grpc_service_config.json
 */
import pRetry from "p-retry";
import { GoogleError, isWithoutEffect } from "./error.ts";

const defaultRetries = 4;

/** The first wait, the growth factor and the maximum wait, in milliseconds. */
const backoff = { first: 1000, factor: 1.3, longest: 10_000 };

/**
 * The same for an exhausted quota. Quotas are per minute, and the waits together are longer than that. Source:
 * https://cloud.google.com/service-usage/docs/troubleshooting
 */
const quotaBackoff = { first: 5000, factor: 2, longest: 40_000 };

/** The maximum wait that Google can request, in milliseconds. */
const maxWait = 60_000;

export interface RetryOptions {
  readonly method: string;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** The maximum number of retries. For an exhausted quota, it is always 4. @default 4 */
  readonly retries?: number | undefined;
}

export async function withRetries<Reply>(
  { method, sleep, retries = defaultRetries }: RetryOptions,
  attempt: () => Promise<Reply>,
): Promise<Reply> {
  const isRetriable = method === "GET" ? isUnavailable : isWithoutEffect;
  const mayRetry = (error: unknown, tries: number) =>
    isRetriable(error) && tries <= (isQuota(error) ? defaultRetries : retries);
  let waited = 0;
  let tries = 0;
  try {
    return await pRetry(attempt, {
      retries: Math.max(retries, defaultRetries),
      minTimeout: 0,
      shouldRetry: ({ error, attemptNumber }) => mayRetry(error, attemptNumber),
      onFailedAttempt: async ({ error, attemptNumber }) => {
        tries = attemptNumber;
        if (!mayRetry(error, attemptNumber)) return;
        const wait = waitBefore(attemptNumber, error);
        waited += wait;
        await sleep(wait);
      },
    });
  } catch (error) {
    throw error instanceof GoogleError && isRetriable(error) ? error.after(tries, waited) : error;
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof GoogleError && error.status === 429;
}

function waitBefore(retry: number, error: Error): number {
  const { first, factor, longest } = isQuota(error) ? quotaBackoff : backoff;
  const own = Math.min(first * factor ** (retry - 1), longest);
  const asked = error instanceof GoogleError ? (error.retryAfter ?? 0) : 0;
  return Math.max(own, Math.min(asked, maxWait));
}

/** UNAVAILABLE, a lost connection, or an exhausted quota. */
function isUnavailable(error: unknown): boolean {
  return (
    error instanceof GoogleError && error.request !== "credentials" && [undefined, 429, 503].includes(error.status)
  );
}
