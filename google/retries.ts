/**
 * The one retry policy: a read as in Google's own clients; a write only where an effect is excluded. Whether any other
 * write may be sent again, only its caller can find out, by looking for its effect.
 *
 * Source: googleapis/googleapis google/cloud/support/v2/support_v2_grpc_service_config.json
 */
import pRetry from "p-retry";
import { GoogleError, isWithoutEffect } from "./error.ts";

const usualRetries = 4;

/** The wait before the first retry, how it grows, and its longest, in milliseconds. */
const backoff = { first: 1000, factor: 1.3, longest: 10_000 };

/**
 * The same where a quota is used up: they are of a minute each, which the waits together are longer than. Source:
 * https://cloud.google.com/service-usage/docs/troubleshooting
 */
const quotaBackoff = { first: 5000, factor: 2, longest: 40_000 };

/** The longest that one wait which Google asks for is respected, in milliseconds. */
const longestWait = 60_000;

export interface RetryOptions {
  readonly method: string;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** How often a request is sent again; where a quota is used up, 4 times whatever stands here. @default 4 */
  readonly retries?: number | undefined;
}

export async function withRetries<Reply>(
  { method, sleep, retries = usualRetries }: RetryOptions,
  attempt: () => Promise<Reply>,
): Promise<Reply> {
  const isRetriable = method === "GET" ? isUnavailable : isWithoutEffect;
  const mayRetry = (error: unknown, tries: number) =>
    isRetriable(error) && tries <= (isQuota(error) ? usualRetries : retries);
  let waited = 0;
  let tries = 0;
  try {
    return await pRetry(attempt, {
      retries: Math.max(retries, usualRetries),
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
  return Math.max(own, Math.min(asked, longestWait));
}

/** UNAVAILABLE, which is also what a lost connection is, and a quota that is used up for the moment. */
function isUnavailable(error: unknown): boolean {
  return (
    error instanceof GoogleError && error.request !== "credentials" && [undefined, 429, 503].includes(error.status)
  );
}
