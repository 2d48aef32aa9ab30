/** The client's own limit. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { holdersOf } from "../../../care/fleet/locks.ts";
import { createRateLimiter } from "../../../google/rateLimiter.ts";

describe("the rate of requests", () => {
  it("sends what a minute allows at once, and the rest a minute later", async () => {
    const waits: number[] = [];
    const quota = { service: "serviceusage.googleapis.com", kind: "read", perMinute: 3, source: "" } as const;
    const rateLimiter = createRateLimiter(
      [quota],
      (wait) => Promise.resolve(waits.push(wait)),
      () => 1000,
    );
    const baseUrl = "https://serviceusage.googleapis.com/v1/";
    for (let index = 0; index < 7; index++) await rateLimiter.waitForTurn(baseUrl, "read");
    assert.deepEqual(waits, [60_000, 60_000, 60_000, 120_000]);
    await rateLimiter.waitForTurn(baseUrl, "write");
    await rateLimiter.waitForTurn("https://essentialcontacts.googleapis.com/v1/", "read");
    assert.equal(waits.length, 4);
  });
});

describe("a lock", () => {
  it("is recognized by its process", () => {
    const refusal = `the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///state/.pulumi/locks/organization/customer-care/prod-00/5.json: created by root@vm-1 (pid 26324) at 2026-11-25T03:51:51Z`;
    assert.deepEqual(holdersOf([refusal]), [{ host: "vm-1", pid: 26324 }]);
    assert.equal(holdersOf(["update failed"]), undefined);
  });
});
