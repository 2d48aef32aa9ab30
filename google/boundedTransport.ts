/** A transport that asks only so much at once, and counts. */
import pLimit from "p-limit";
import type { GoogleRequest, Transport } from "./transport.ts";

/** Requests at once: enough for hundreds of projects in seconds, few enough for Google's quotas by the minute. */
const atOnce = 24;

export interface Counts {
  asked: number;
  answered: number;
}

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
