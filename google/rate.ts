/** Keeps this program's own requests within Google's published quotas: in no minute more than one allows. */
import type { Quota } from "./quotas.ts";

const minute = 60_000;

export interface Rate {
  /** Resolves when the request may be sent. */
  turn(baseUrl: string, kind: Quota["kind"]): Promise<void>;
}

/** @param now Milliseconds since any moment. */
export function createRate(
  quotas: readonly Quota[],
  sleep: (milliseconds: number) => Promise<unknown>,
  now: () => number = Date.now,
): Rate {
  const sentAt = new Map<Quota, number[]>();
  return {
    async turn(baseUrl, kind) {
      const quota = quotas.find((one) => one.kind === kind && baseUrl.includes(one.service.split(".")[0] ?? ""));
      if (quota === undefined) return;
      const sent = sentAt.get(quota) ?? [];
      sentAt.set(quota, sent);
      const earliest = Math.max(now(), (sent.at(-quota.perMinute) ?? -Infinity) + minute);
      // The place is taken before the wait, so that those who ask meanwhile come after it.
      sent.push(earliest);
      if (sent.length > 2 * quota.perMinute) sent.splice(0, sent.length - quota.perMinute);
      if (earliest > now()) await sleep(earliest - now());
    },
  };
}
