/**
 * Takes out one guard of the test case's life after the other: the sweep, or the unit tests, must fail then. Slow, as
 * each is a process of its own: it runs only where it is asked for, `npm test -- mutations`.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { describe, it } from "node:test";
import { root } from "../../local/setup/bootstrap/places.mjs";
import type { Mutation } from "./mutation.ts";
import { mutations } from "./mutations.ts";

/** What hangs has failed too. */
const limit = 5 * 60_000;

const unitTests = ["supportCase", "caseChoice", "google"].map((name) => `tests/unit/${name}.test.ts`);

/** @returns what the process said, where it failed; undefined where it did not */
function failure(mutation: Mutation, args: readonly string[]): Promise<string | undefined> {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const env = { ...environment, CUSTOMER_CARE_MUTATION: JSON.stringify(mutation) };
  return new Promise((resolve) => {
    const whole = ["--import", "./tests/mutations/mutated.ts", ...args];
    execFile(process.execPath, whole, { cwd: root, env, timeout: limit, maxBuffer: 1e8 }, (error, said) => {
      resolve(error === null ? undefined : said.trim() || error.message);
    });
  });
}

describe("a guard that is taken out", { concurrency: availableParallelism() }, () => {
  for (const mutation of mutations)
    it(`is missed: ${mutation.guard} (${mutation.file})`, async (t) => {
      const bySweep = await failure(mutation, ["tests/mutations/sweepUntilProblem.ts"]);
      if (bySweep !== undefined) return t.diagnostic(`by the sweep: ${bySweep.slice(0, 200)}`);
      const byUnitTests = await failure(mutation, ["--test", "--test-reporter=tap", ...unitTests]);
      assert.ok(byUnitTests !== undefined, "nothing failed");
      t.diagnostic("by the unit tests");
    });
});
