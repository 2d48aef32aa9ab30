/**
 * The one retry policy: a read as in Google's own clients; a write only where an effect is excluded. Whether any other
 * write may be sent again, only its caller can find out, by looking for its effect.
 *
 * Source: googleapis/googleapis google/cloud/support/v2/support_v2_grpc_service_config.json
 */
import pRetry from "p-retry";
import { GoogleError, isWithoutEffect } from "./error.ts";

const retries = 4;

/** The wait before the first retry, how it grows, and its longest, in milliseconds. */
const backoff = { first: 1000, factor: 1.3, longest: 10_000 };

/**
 * The same where a quota is used up: they are of a minute each, which the waits together are longer than. Source:
 * https://cloud.google.com/service-usage/docs/troubleshooting
 */
const quotaBackoff = { first: 5000, factor: 2, longest: 40_000 };

/** The longest that one wait which Google asks for is respected, in milliseconds. */
const longestWait = 60_000;

export async function withRetries<Reply>(
  method: string,
  sleep: (milliseconds: number) => Promise<unknown>,
  attempt: () => Promise<Reply>,
): Promise<Reply> {
  const mayRetry = method === "GET" ? isUnavailable : isWithoutEffect;
  let waited = 0;
  try {
    return await pRetry(attempt, {
      retries,
      minTimeout: 0,
      shouldRetry: ({ error }) => mayRetry(error),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (retriesLeft === 0 || !mayRetry(error)) return;
        const wait = waitBefore(attemptNumber, error);
        waited += wait;
        await sleep(wait);
      },
    });
  } catch (error) {
    throw error instanceof GoogleError && mayRetry(error) ? error.after(retries + 1, waited) : error;
  }
}

function waitBefore(retry: number, error: Error): number {
  const { first, factor, longest } = error instanceof GoogleError && error.status === 429 ? quotaBackoff : backoff;
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
