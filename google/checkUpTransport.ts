/** The transport of a command that only looks: a person waits for what it says, and can run it again. */
import pLimit from "p-limit";
import { GoogleError } from "./error.ts";
import type { GoogleSettings } from "./settings.ts";
import { createTransport } from "./transport.ts";
import type { GoogleRequest, Transport, TransportOptions } from "./transport.ts";

/** What is asked here is answered within a second or two; a work that goes on for long waits longer. */
const limits: TransportOptions = { timeout: 10_000, retries: 1 };

export function checkUpTransport(
  settings: GoogleSettings,
  counts: Counts = { asked: 0, answered: 0 },
  options: TransportOptions = {},
): Transport {
  return boundedTransport(givingUp(createTransport(settings, { ...limits, ...options })), counts);
}

/** Of an API that has not replied in time, nothing more is asked: hundreds of projects would each wait for it. */
function givingUp(transport: Transport): Transport {
  const silent = new Set<string>();
  return {
    settings: transport.settings,
    request: async <Reply>(request: GoogleRequest) => {
      const { method, baseUrl, path } = request;
      if (silent.has(baseUrl)) {
        const { host, pathname } = new URL(baseUrl + path);
        const name = `${method} ${host}${pathname}`;
        const said = "not asked, as there was no reply to another request";
        throw new GoogleError(`${name}: ${said}`, { request: name, code: overdue });
      }
      try {
        return await transport.request<Reply>(request);
      } catch (error) {
        if (error instanceof GoogleError && error.code === overdue && !error.wasNotSent) silent.add(baseUrl);
        throw error;
      }
    },
  };
}

/** The code of an error for a reply that did not come in time. */
const overdue = "TimeoutError";

/** Requests at once: enough for hundreds of projects in seconds, few enough for Google's quotas by the minute. */
const atOnce = 24;

export interface Counts {
  asked: number;
  answered: number;
}

/** A transport that asks only so much at once, and counts. */
export function boundedTransport(transport: Transport, counts: Counts): Transport {
  const limit = pLimit(atOnce);
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
