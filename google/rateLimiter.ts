/** A rate limiter that keeps this program's requests within Google's published quotas. */
import type { Quota } from "./quotas.ts";

const minute = 60_000;

export interface RateLimiter {
  /** Resolves when the request may be sent. */
  waitForTurn(baseUrl: string, kind: Quota["kind"]): Promise<void>;
}

/** @param now The current time in milliseconds. */
export function createRateLimiter(
  quotas: readonly Quota[],
  sleep: (milliseconds: number) => Promise<unknown>,
  now: () => number = Date.now,
): RateLimiter {
  const sentAt = new Map<Quota, number[]>();
  return {
    async waitForTurn(baseUrl, kind) {
      const quota = quotas.find((one) => one.kind === kind && baseUrl.includes(one.service.split(".")[0] ?? ""));
      if (quota === undefined) return;
      const sent = sentAt.get(quota) ?? [];
      sentAt.set(quota, sent);
      const earliest = Math.max(now(), (sent.at(-quota.perMinute) ?? -Infinity) + minute);
      // Reserve the slot before the wait, so that later requests queue behind it.
      sent.push(earliest);
      if (sent.length > 2 * quota.perMinute) sent.splice(0, sent.length - quota.perMinute);
      if (earliest > now()) await sleep(earliest - now());
    },
  };
}
