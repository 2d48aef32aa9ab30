/** The transport of commands that only read. A person waits for the result, and can run the command again. */
import pLimit from "p-limit";
import { GoogleError } from "./error.ts";
import type { GoogleSettings } from "./settings.ts";
import { createTransport } from "./transport.ts";
import type { GoogleRequest, Transport, TransportOptions } from "./transport.ts";

/** Short limits, because these requests usually take one or two seconds. */
const limits: TransportOptions = { timeout: 10_000, retries: 1 };

export function checkUpTransport(
  settings: GoogleSettings,
  counts: Counts = { asked: 0, answered: 0 },
  options: TransportOptions = {},
): Transport {
  return boundedTransport(failFast(createTransport(settings, { ...limits, ...options })), counts);
}

/** Sends no more requests to an API that has timed out, because each of hundreds of projects would wait for it. */
function failFast(transport: Transport): Transport {
  const timedOut = new Set<string>();
  return {
    settings: transport.settings,
    request: async <Reply>(request: GoogleRequest) => {
      const { method, baseUrl, path } = request;
      if (timedOut.has(baseUrl)) {
        const { host, pathname } = new URL(baseUrl + path);
        const name = `${method} ${host}${pathname}`;
        const reason = "not sent, because another request to this API timed out";
        throw new GoogleError(`${name}: ${reason}`, { request: name, code: timeoutCode });
      }
      try {
        return await transport.request<Reply>(request);
      } catch (error) {
        if (error instanceof GoogleError && error.code === timeoutCode && !error.wasNotSent) timedOut.add(baseUrl);
        throw error;
      }
    },
  };
}

/** The error code of a timeout. */
const timeoutCode = "TimeoutError";

/** The maximum number of concurrent requests: fast enough for hundreds of projects, and within Google's quotas per minute. */
const maxConcurrent = 24;

export interface Counts {
  asked: number;
  answered: number;
}

/** A transport that limits the concurrent requests, and counts all requests. */
function boundedTransport(transport: Transport, counts: Counts): Transport {
  const limit = pLimit(maxConcurrent);
  return {
    settings: transport.settings,
    request: async <Reply>(request: GoogleRequest) => {
      counts.asked += 1;
      try {
        return await limit(() => transport.request<Reply>(request));
      } finally {
        counts.answered += 1;
      }
    },
  };
}
