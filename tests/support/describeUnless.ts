import { describe, it } from "vitest";

/**
 * Tests that need something of the machine. Without it, one skipped test has the reason, which the reporter prints. The tests
 * that describe.skipIf skips have no reason.
 *
 * @param problem Why they cannot run; undefined if they can.
 */
export function describeUnless(problem: string | undefined, title: string, tests: () => void): void {
  describe(title, problem === undefined ? tests : () => it("not run", (t) => t.skip(problem)));
}
