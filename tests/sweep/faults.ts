/** What can go wrong with a request of a case's life. */
import type { Cloud } from "../../local/cloud/index.ts";
import type { FaultRuleInput } from "../../local/cloud/index.ts";

export interface Fault {
  readonly effect: FaultRuleInput["effect"];
  /** What the test does once the request has arrived, as no answer to it comes. */
  readonly then?: "kill" | "time out";
  /** The requests that an operation may fail by. By any other it does not: the request is sent again, or looked for. */
  readonly mayFailBy: "any" | "GET" | "none";
  /** How long the search lags behind all the while, in milliseconds. */
  readonly searchLag?: number;
}

const error = (code: number, mayFailBy: Fault["mayFailBy"], more: object = {}): Fault => ({
  ...{ mayFailBy, effect: { error: { code, ...more } } },
});

export const faults: Readonly<Record<string, Fault>> = {
  "500": error(500, "GET"),
  "500 after the effect": error(500, "GET", { afterEffect: true }),
  "503": error(503, "none"),
  "503 after the effect": error(503, "none", { afterEffect: true }),
  "429 with Retry-After": error(429, "none", { retryAfterSeconds: 30 }),
  "403 while a grant propagates": error(403, "any"),
  "403 while an API propagates": error(403, "any", { reason: "SERVICE_DISABLED" }),
  "token expired": error(401, "any", { status: "UNAUTHENTICATED" }),
  "connection reset before the effect": { mayFailBy: "none", effect: "reset-before-effect" },
  "reply lost after the effect": { mayFailBy: "none", effect: "reset-after-effect" },
  "timeout before the effect": { mayFailBy: "none", effect: "hang-before-effect", then: "time out" },
  "timeout after the effect": { mayFailBy: "none", effect: "hang-after-effect", then: "time out" },
  "killed before the effect": { mayFailBy: "any", effect: "hang-before-effect", then: "kill" },
  "killed after the effect": { mayFailBy: "any", effect: "hang-after-effect", then: "kill" },
  "reply lost while the search lags": { mayFailBy: "none", effect: "reset-after-effect", searchLag: 20_000 },
  "timeout while the search lags": {
    mayFailBy: "none",
    effect: "hang-after-effect",
    then: "time out",
    searchLag: 20_000,
  },
  "killed while the search lags": { mayFailBy: "any", effect: "hang-after-effect", then: "kill", searchLag: 20_000 },
};

/** A fault that the request suffers which is the nth of all from now on. */
export interface Planned {
  readonly nth: number;
  readonly fault: Fault;
}

export function plant(cloud: Cloud, { nth, fault }: Planned): void {
  cloud.faults.add({ match: { nth }, effect: fault.effect });
  if (fault.searchLag !== undefined) cloud.faults.set({ searchLag: fault.searchLag });
}
