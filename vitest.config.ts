/**
 * The tests: `npx vitest` runs all, `npx vitest --project unit` one kind, `npx vitest config` files with that in their
 * path.
 */
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import type { Plugin } from "vitest/config";
import { home } from "./tools/setup/bootstrap/places.mjs";
import SummaryReporter from "./tests/support/reporter.ts";

if (Number(process.versions.node.split(".")[0]) < 22) {
  console.error(
    `The tests require Node 22.18 or later, but this is ${process.versions.node}. Run npm test, which downloads it.`,
  );
  process.exit(1);
}

// The tests start thousands of Node processes, and each compiles the packages. Coverage would be inexact with a cache.
if (!process.argv.includes("--coverage")) process.env.NODE_COMPILE_CACHE ??= join(home, "compileCache");

const minutes = 60_000;

/** The timeout of the tests that take hours: the optional ones, and the random edits if CUSTOMER_CARE_EDITS is set. */
const hours = 360 * minutes;

const engine = "tests/support/engine.ts";

/** A kind of test: a folder of tests/. */
interface Kind {
  readonly name: string;
  /** The timeout of a test or a hook. It is long, so that it stops only tests that hang, even on a busy machine. */
  readonly limit: number;
  /** The setup before the first test, once for each run. */
  readonly globalSetup?: string;
  /** Whether .ci/run compares the stand-in and the real gcp plugin. Each run writes transcripts if a folder is configured. */
  readonly isCompared?: true;
  /** Whether its files share a process, which halves their time. tests/support/leavesNothing.ts checks each file. */
  readonly sharesProcess?: true;
  /** How many tests of a file run at once, where they are concurrent. Each runs an engine with several processes. @default 4 */
  readonly concurrency?: number;
  /** Folders whose tests take hours. They run only if they are named. */
  readonly optional?: readonly string[];
}

/**
 * The kinds of a group run in parallel, and the groups in sequence, the fast ones first, because the engine may have to
 * be built.
 */
const groups: readonly (readonly Kind[])[] = [
  [
    { name: "unit", limit: 10 * minutes, sharesProcess: true },
    { name: "components", limit: 10 * minutes, sharesProcess: true },
    { name: "tools", limit: 10 * minutes },
    { name: "contract", limit: 10 * minutes, sharesProcess: true },
    { name: "browser", limit: 10 * minutes, globalSetup: "tests/support/browser.ts" },
    { name: "gcpPlugin", limit: 10 * minutes, globalSetup: engine },
    { name: "docs", limit: 10 * minutes, globalSetup: engine },
    // Its two long files keep one processor busy, while the other runs the many short ones.
    { name: "package", limit: 20 * minutes, globalSetup: engine },
  ],
  [
    { name: "engine", limit: 20 * minutes, globalSetup: engine, isCompared: true, concurrency: 2 },
    { name: "care", limit: 20 * minutes, globalSetup: engine, concurrency: 2 },
    { name: "languages", limit: 25 * minutes, globalSetup: engine },
  ],
  [
    {
      name: "resilience",
      limit: 80 * minutes,
      globalSetup: engine,
      optional: ["fleetScale", "mutations"],
    },
  ],
];

const { CUSTOMER_CARE_TRANSCRIPTS: transcripts = "", CUSTOMER_CARE_EDITS: edits } = process.env;

/** The slow tests. `npm test` excludes them. */
const longTests = "tests/**/*.long.test.ts";

const isDefaultLane = process.argv.includes(longTests);

const isNamed = (name: string) => process.argv.some((argument) => argument.includes(name));

/** Loads packages as their users do. Vite adds the condition "development", for which some packages export TypeScript. */
const usersConditions: Plugin = {
  name: "users-conditions",
  configResolved: ({ ssr }) => void ssr.resolve?.conditions?.splice(0, Infinity, "node"),
};

export default defineConfig({
  plugins: [usersConditions],
  test: {
    watch: false,
    // Other kinds have a process for each file, because some change the working directory, the environment or the exit code.
    pool: "forks",
    maxWorkers: Math.min(availableParallelism(), 4),
    restoreMocks: true,
    silent: "passed-only",
    reporters: [
      "default",
      ...(process.env.GITHUB_ACTIONS === "true" ? ["github-actions"] : []),
      new SummaryReporter({ left: isDefaultLane ? globSync(longTests) : [] }),
    ],
    coverage: {
      provider: "v8",
      include: ["care", "components", "onboarding", "google", "guide", "policy", "text", "tools"].map(
        (room) => `${room}/**/*.ts`,
      ),
      reporter: [],
    },
    // Node loads the modules, because Pulumi cannot serialize functions after Vite's transform.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: groups
      .flatMap((kinds, groupOrder) => kinds.map((kind) => ({ ...kind, groupOrder })))
      .map(
        ({
          name,
          limit,
          globalSetup,
          isCompared,
          sharesProcess = false,
          concurrency = 4,
          optional = [],
          groupOrder,
        }) => ({
          extends: true,
          test: {
            name,
            include: [`tests/${name}/**/*.test.ts`],
            exclude: [
              ...configDefaults.exclude,
              // A project's own list replaces --exclude.
              ...(isDefaultLane ? [longTests] : []),
              ...optional.filter((folder) => !isNamed(folder)).map((folder) => `tests/${name}/${folder}/**`),
            ],
            testTimeout: optional.some(isNamed) || (name === "resilience" && edits !== undefined) ? hours : limit,
            hookTimeout: limit,
            maxConcurrency: concurrency,
            ...(globalSetup !== undefined && { globalSetup }),
            ...(sharesProcess && { isolate: false, setupFiles: "tests/support/leavesNothing.ts" }),
            env: { CUSTOMER_CARE_TRANSCRIPTS: isCompared === true ? transcripts : "" },
            sequence: { groupOrder },
          },
        }),
      ),
  },
});
