import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../local/setup/bootstrap/process.mjs";
import { root } from "../local/setup/bootstrap/places.mjs";
import { none } from "./counts.ts";
import type { Results } from "./counts.ts";
import type { Part } from "./parts.ts";

/** The longest file takes six minutes on two busy processors. */
const usual = 25 * 60_000;
/** A part that runs only where it is named is one file that may take hours. */
const ofOptional = 6 * 60 * 60_000;

/** Runs test files with Node's own test runner, each in a process of its own. */
export async function runPart(
  { isOptional }: Pick<Part, "isOptional">,
  files: string[],
  environment: NodeJS.ProcessEnv,
): Promise<Results> {
  const limit = String(isOptional === true ? ofOptional : usual);
  const folder = await mkdtemp(join(tmpdir(), "customer-care-tests-"));
  const file = join(folder, "results.json");
  // Set by a test runner around this one; ours would take itself for a part of that.
  const { NODE_TEST_CONTEXT: _, ...env } = environment;
  try {
    const { code } = await run(
      process.execPath,
      [
        "--test",
        `--test-concurrency=${Math.min(availableParallelism(), 4)}`,
        `--test-timeout=${limit}`,
        "--test-reporter=./tests/reporter.ts",
        "--test-reporter-destination=stdout",
        ...files,
      ],
      {
        cwd: root,
        env: { ...env, CUSTOMER_CARE_TEST_RESULTS: file, CUSTOMER_CARE_TEST_LIMIT: limit },
        onOutput: (text) => void process.stdout.write(text),
        onLine: (line) => console.error(line),
      },
    );
    const text = await readFile(file, "utf8").catch(() => undefined);
    const results = text === undefined ? { counts: none, failures: [] } : (JSON.parse(text) as Results);
    if (code === 0 || results.counts.failed > 0) return results;
    // The runner itself failed: no file may pass for good then.
    return { counts: { ...results.counts, failed: 1 }, failures: [`Node's test runner ended with code ${code}.`] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
