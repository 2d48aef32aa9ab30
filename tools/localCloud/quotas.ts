/** Optional quotas per minute, for each quota project, API and kind of request. */
import { z } from "zod";
import { ApiError, errorInfo } from "./errors.ts";

export const quotaSchema = z.strictObject({
  /** Such as `serviceusage.googleapis.com`. */
  service: z.string(),
  kind: z.enum(["read", "write"]),
  perMinute: z.number().int().positive(),
});

export type Quota = z.output<typeof quotaSchema>;

/** Methods that read without GET. */
const readingRpcs = /^(GetIamPolicy|TestIamPermissions|Search|BatchGet|Get|List)/;

/** The number of requests that a batch counts as. Source: https://cloud.google.com/service-usage/docs/quotas */
const costs: Readonly<Record<string, number>> = { BatchEnableServices: 5 };

export class QuotaUse {
  readonly #used = new Map<string, { readonly window: number; count: number }>();

  /** @throws ApiError if the quota of this minute is exhausted */
  take(
    quotas: readonly Quota[],
    minute: number,
    now: number,
    { service, rpc, consumer }: { readonly service: string; readonly rpc: string; readonly consumer: string },
  ): void {
    const kind = readingRpcs.test(rpc) ? "read" : "write";
    const quota = quotas.find((one) => one.service === service && one.kind === kind);
    if (quota === undefined || consumer === "") return;
    const key = `${service} ${kind} ${consumer}`;
    const window = Math.floor(now / minute);
    const before = this.#used.get(key);
    const count = (before?.window === window ? before.count : 0) + (costs[rpc] ?? 1);
    if (count > quota.perMinute) throw exceeded(quota, consumer);
    this.#used.set(key, { window, count });
  }

  clear(): void {
    this.#used.clear();
  }
}

function exceeded({ service, kind }: Quota, consumer: string): ApiError {
  const metric = kind === "read" ? "Read requests" : "Mutate requests";
  const message = `Quota exceeded for quota metric '${metric}' and limit '${metric} per minute' of service '${service}' for consumer 'project:${consumer}'.`;
  return new ApiError("RESOURCE_EXHAUSTED", message, {
    details: [errorInfo("RATE_LIMIT_EXCEEDED", "googleapis.com", { service, consumer: `projects/${consumer}` })],
  });
}
