/**
 * Takes out one guard of the test case's life after the other: the sweep, or the unit tests, must fail then. A sample of the
 * sweep comes first, as it finds most of them. Slow, as each is a process of its own: it runs only on request,
 * `npm test -- mutations`.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it } from "vitest";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import type { Mutation } from "./mutation.ts";
import { mutations } from "./mutations.ts";

/** What hangs has failed too. The whole sweep takes five minutes where it has a processor to itself. */
const limit = 20 * 60_000;

const unitTests = ["supportCase/", "caseChoice.test.ts", "google/"].map((path) => `tests/unit/${path}`);

/** @returns the output of the process, where it failed; undefined where it did not */
function failure(mutation: Mutation, args: readonly string[]): Promise<string | undefined> {
  const env = {
    ...process.env,
    CUSTOMER_CARE_MUTATION: JSON.stringify(mutation),
    // For the workers of vitest too.
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, "mutated.ts")).href}`,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env, timeout: limit, maxBuffer: 1e8 }, (error, output) => {
      resolve(error === null ? undefined : output.trim() || error.message);
    });
  });
}

describe("a guard that is taken out", { concurrent: true }, () => {
  for (const mutation of mutations)
    it(`is missed: ${mutation.guard} (${mutation.file})`, async (t) => {
      const sweep = (pairs: "sample" | "rest") =>
        failure(mutation, ["tests/resilience/mutations/sweepUntilProblem.ts", pairs]);
      const bySample = await sweep("sample");
      if (bySample !== undefined)
        return void (await t.annotate(`${mutation.guard}: by the sweep: ${bySample.slice(0, 200)}`));
      const byUnitTests = await failure(mutation, [
        join(root, "node_modules/vitest/vitest.mjs"),
        "run",
        "--project",
        "unit",
        ...unitTests,
      ]);
      if (byUnitTests !== undefined) return void (await t.annotate(`${mutation.guard}: by the unit tests`));
      const byRest = await sweep("rest");
      assert.ok(byRest !== undefined, "nothing failed");
      await t.annotate(`${mutation.guard}: by the sweep: ${byRest.slice(0, 200)}`);
    });
});
