/** Time limits that end when a test triggers them: how long anything takes on the machine is then not significant. */
import { vi } from "vitest";
import type { Cloud } from "../../tools/localCloud/index.ts";

export interface TimeLimits {
  /** How long each limit is, in milliseconds, in the order in which they were set. */
  readonly set: readonly number[];
  /** Ends the limits of this length, in milliseconds. */
  end(milliseconds: number): void;
}

/** Takes the place of `AbortSignal.timeout` until the test ends. */
export function timeLimits(): TimeLimits {
  const limits: { readonly milliseconds: number; readonly controller: AbortController }[] = [];
  const set: number[] = [];
  vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds: number) => {
    const controller = new AbortController();
    limits.push({ milliseconds, controller });
    set.push(milliseconds);
    return controller.signal;
  });
  return {
    set,
    end(milliseconds) {
      for (const limit of limits)
        if (limit.milliseconds === milliseconds)
          limit.controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    },
  };
}

/** How often the cloud must be found to wait for nothing else, and the milliseconds between two looks. */
const looks = 50;
const betweenLooks = 5;

/**
 * Ends the limits of this length, again and again until the test ends, whenever requests of the RPC, which the cloud leaves without
 * a reply, are all that continues. The cloud and its caller are in this process: where the machine is busy, each look takes longer.
 */
export function endLimitsWithoutReply(
  cloud: Cloud,
  rpc: string,
  milliseconds: number,
  t: { onTestFinished(callback: () => void): void },
): void {
  const limits = timeLimits();
  let idle = 0;
  let requests = 0;
  let unanswered = 0;
  const timer = setInterval(() => {
    const open = cloud.requests.filter(({ status }) => status === 0);
    const isWaiting = open.length > unanswered && open.every((request) => request.rpc === rpc);
    idle = isWaiting && cloud.requests.length === requests ? idle + 1 : 0;
    requests = cloud.requests.length;
    if (idle < looks) return;
    idle = 0;
    unanswered = open.length;
    limits.end(milliseconds);
  }, betweenLooks);
  t.onTestFinished(() => clearInterval(timer));
}
