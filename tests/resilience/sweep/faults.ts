/** The faults of a request in a case's life. */
import type { Cloud } from "../../../tools/localCloud/index.ts";
import type { FaultRuleInput } from "../../../tools/localCloud/index.ts";

export interface Fault {
  readonly effect: FaultRuleInput["effect"];
  /** What the test does once the request has arrived, as no answer to it comes. */
  readonly then?: "kill" | "time out";
  /** The requests that an operation may fail by. By any other it does not: the request is sent again, or looked for. */
  readonly mayFailBy: "any" | "GET" | "credential" | "none";
  /** Whether it continues until the operation has failed. */
  readonly lasts?: boolean;
  /** The methods that suffer it. @default any */
  readonly of?: readonly string[];
  /** Whether a read would suffer the same as by another of the faults, as it has no effect. */
  readonly isOfWrites?: boolean;
  /** How often an operation sends the request at most. @default 5 */
  readonly sent?: number;
  /** How long the operation waits at least, in milliseconds. */
  readonly waits?: number;
  /** How long the search lags behind all the while, in milliseconds. */
  readonly searchLag?: number;
}

type More = Partial<Omit<Fault, "effect" | "mayFailBy">>;

const error = (code: number, mayFailBy: Fault["mayFailBy"], details: object = {}, more: More = {}): Fault => ({
  mayFailBy,
  effect: { error: { code, ...details } },
  ...more,
});

const isOfWrites = true;
const lost = { mayFailBy: "none", effect: "reset-after-effect" } as const;
const timedOut = { mayFailBy: "none", effect: "hang-after-effect", then: "time out" } as const;
const killed = { mayFailBy: "any", effect: "hang-after-effect", then: "kill" } as const;
const searchLag = 20_000;
/** Longer than anybody waits for a search. */
const beyondTheWait = { searchLag: 3_600_000, of: ["CreateCase", "CloseCase", "UpdateCase"] };

/** What something in between answers with status 200, such as the page of a proxy. */
const shape = (body: string, afterEffect: boolean, of: readonly string[]): Fault => ({
  mayFailBy: "none",
  of,
  effect: { reply: { body, afterEffect } },
  ...(afterEffect && { isOfWrites }),
});
const reads = ["SearchCases", "ListCases", "GetCase", "ListComments", "ListAttachments", "DownloadMedia"];
const writes = ["CreateCase", "CloseCase", "UpdateCase", "CreateComment", "EscalateCase", "UploadMedia"];

export const faults: Readonly<Record<string, Fault>> = {
  "500": error(500, "GET"),
  "500 after the effect": error(500, "GET", { afterEffect: true }, { isOfWrites }),
  "500 for good": error(500, "any", {}, { lasts: true }),
  "503": error(503, "none"),
  "503 after the effect": error(503, "none", { afterEffect: true }, { isOfWrites }),
  "429 with Retry-After": error(429, "none", { retryAfterSeconds: 30 }, { waits: 30_000 }),
  "429 for good, with a Retry-After of an hour": error(429, "any", { retryAfterSeconds: 3600 }, { lasts: true }),
  "403 while a grant propagates": error(403, "any", {}, { sent: 1 }),
  "403 while an API propagates": error(403, "any", { reason: "SERVICE_DISABLED" }, { sent: 1 }),
  "token expired": error(401, "credential", { status: "UNAUTHENTICATED" }),
  "closed by somebody at the same moment": error(400, "none", { afterEffect: true }, { of: ["CloseCase"] }),
  "a closure that is refused": error(400, "any", {}, { of: ["CloseCase"] }),
  "connection reset before the effect": { ...lost, effect: "reset-before-effect" },
  "reply lost after the effect": { ...lost, isOfWrites },
  "timeout before the effect": { ...timedOut, effect: "hang-before-effect" },
  "timeout after the effect": { ...timedOut, isOfWrites },
  "killed before the effect": { ...killed, effect: "hang-before-effect" },
  "killed after the effect": { ...killed, isOfWrites },
  "reply lost while the search lags": { ...lost, searchLag },
  "timeout while the search lags": { ...timedOut, searchLag },
  "killed while the search lags": { ...killed, searchLag },
  "reply lost while the search lags beyond the wait": { ...lost, ...beyondTheWait },
  "killed while the search lags beyond the wait": { ...killed, ...beyondTheWait },
  "a page of HTML in place of a reply": shape("<html><title>Sign in</title></html>", false, reads),
  "an empty reply": shape("", false, reads),
  "a list without a name": {
    ...shape('{"cases":[{"state":"NEW"}]}', false, ["SearchCases", "ListCases"]),
    mayFailBy: "GET",
  },
  "a page of HTML after the effect": shape("<html></html>", true, writes),
  "an empty object after the effect": shape("{}", true, writes),
  "a page of HTML for good": {
    ...shape("<html></html>", false, ["SearchCases", "ListCases"]),
    mayFailBy: "any",
    lasts: true,
  },
};

/** A fault that one request of a life suffers. */
export interface Planned {
  /** Which request it is in the life without faults, from 1. */
  readonly nth: number;
  readonly fault: Fault;
  /** The request's method. */
  readonly rpc: string;
  /** Which request with this method it is, from 1. Other requests can come before it if another fault hits first. */
  readonly nthOfRpc: number;
}

/** The requests that were sent before count. */
export function plant({ faults: planted, requests }: Cloud, { fault, rpc, nthOfRpc }: Planned): void {
  const ofRpc = requests.filter((request) => request.rpc === rpc).length;
  const match = { rpc, nth: nthOfRpc - ofRpc, times: fault.lasts ? 10_000 : 1 };
  planted.add({ match, effect: fault.effect });
  if (fault.searchLag !== undefined) planted.set({ searchLag: fault.searchLag });
}

/** The index of the request that suffers the fault; -1 before it was sent. */
export function indexOfHit({ requests }: Cloud, { rpc, nthOfRpc }: Planned): number {
  let left = nthOfRpc;
  return requests.findIndex((request) => request.rpc === rpc && --left === 0);
}
