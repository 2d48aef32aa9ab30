import { minute, second } from "./clock.ts";
import { GoogleApiError, NetworkError } from "./googleApiError.ts";

import type { Clock } from "./clock.ts";

/** Whether an error can be retried. */
export type RetryPredicate = (error: Error) => boolean;

const quotaPerMinute = /Quota exceeded for quota metric '.*' and limit '.* per minute' of service/;

/** The errors that the provider retries for every request. */
export const isTransient: RetryPredicate = (error) => {
  if (error instanceof NetworkError) return error.temporary;
  if (!(error instanceof GoogleApiError)) return false;
  if ([429, 500, 502, 503].includes(error.code)) return true;
  if (error.code === 409) return error.body.includes("operationInProgress");
  if (error.code === 403) {
    return quotaPerMinute.test(error.body) || error.infoReasons.includes("CONCURRENT_OPERATIONS_QUOTA_EXCEEDED");
  }
  return false;
};

/** Whether an error or its cause satisfies one of the predicates or is transient. */
export function isRetryable(error: unknown, predicates: RetryPredicate[] = []): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const cause = current;
    if (isTransient(cause) || predicates.some((predicate) => predicate(cause))) return true;
  }
  return false;
}

/** The timeout, and the errors to retry. */
export interface RetryOptions {
  clock: Clock;
  timeout?: number | undefined;
  predicates?: RetryPredicate[];
}

/** Retries until success, a permanent error or the timeout, with the waits of Terraform's SDK: 0.5, 1, 2, 4, 8, 10, 10 … s. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, timeout = minute, predicates } = options;
  const deadline = clock.now() + timeout;
  for (let pause = second / 2; ; pause = Math.min(pause * 2, 10 * second)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error, predicates) || clock.now() + pause > deadline) throw error;
      await clock.sleep(pause);
    }
  }
}
