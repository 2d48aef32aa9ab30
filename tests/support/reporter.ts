/**
 * What Vitest's own reporters leave out: a line of progress where nothing else is printed for ten seconds, annotations and the
 * reasons of skipped tests as they come, an end for a file that hangs, and at the end the slowest files, what else the long lane
 * runs, each failure with its file, and the line `N passed, N failed, N skipped`.
 */
import { writeSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { inspect, stripVTControlCharacters } from "node:util";
import type { TestAnnotation } from "vitest";
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from "vitest/node";
import { duration } from "../../tools/setup/bootstrap/progress.mjs";

const progressInterval = 10_000;

/** How many of the slowest files are listed, in a run of at least twice as many. */
const slowest = 10;

/** The part of Istanbul's coverage map that is used here. */
interface CoverageMap {
  files(): string[];
  fileCoverageFor(file: string): { toSummary(): { lines: { covered: number; total: number } } };
}

export interface SummaryOptions {
  /**
   * How long a file may take, in milliseconds. A test's own limit does not end what blocks its process.
   *
   * @default twice the limit of a test of its project, within which all tests of a file must end
   */
  readonly fileLimit?: number;
  /** Files that `npm run test:all` runs and this run does not. @default none */
  readonly left?: readonly string[];
}

export default class SummaryReporter implements Reporter {
  readonly #options: SummaryOptions;
  readonly #begin = Date.now();
  readonly #running = new Map<string, { readonly since: number; readonly limit: number }>();
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };
  readonly #failures: string[] = [];
  readonly #durations = new Map<string, number>();
  #isEmpty = true;
  /** Whether tests were chosen by name: the others are skipped without a reason. */
  #isByName = false;
  #lastLine = Date.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SummaryOptions) {
    this.#options = options;
  }

  onInit(vitest: Vitest): void {
    this.#isByName = vitest.config.testNamePattern !== undefined;
    // A watched run has no end to sum up.
    if (vitest.config.watch) return;
    process.once("exit", () => this.#printSummary());
  }

  onTestRunStart(): void {
    this.#timer = setInterval(() => this.#tick(), 1_000).unref();
  }

  /** Before the import, which can block too. */
  onTestModuleQueued(module: TestModule): void {
    const { fileLimit: limit = 2 * module.project.config.testTimeout } = this.#options;
    this.#running.set(pathOf(module), { since: Date.now(), limit });
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(pathOf(module));
    this.#lastLine = Date.now();
    this.#isEmpty = false;
    this.#durations.set(pathOf(module), module.diagnostic().duration);
    for (const error of module.errors()) this.#fail(pathOf(module), error);
    for (const suite of module.children.allSuites())
      for (const error of suite.errors()) this.#fail(`${pathOf(module)} > ${suite.fullName}`, error);
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    const name = `${pathOf(test.module)} > ${test.fullName}`;
    if (result.state === "passed") this.#counts.passed++;
    else if (result.state === "skipped") {
      if (this.#isByName && result.note === undefined) return;
      this.#counts.skipped++;
      this.#print(`  skipped: ${name}: ${result.note ?? "no reason given"}`);
    } else if (result.state === "failed") {
      const [first = { message: "failed" }] = result.errors;
      this.#fail(name, first);
    }
  }

  onTestCaseAnnotate(_test: TestCase, { message }: TestAnnotation): void {
    this.#print(`  ${message}`);
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    clearInterval(this.#timer);
    for (const error of errors)
      this.#fail(`outside of any test${placeOf(error)}`, { message: withCauses(error).join("\n") });
  }

  /** Of each room, with --coverage. Code that runs in another process, such as a Pulumi program, does not count. */
  onCoverage(coverage: unknown): void {
    const map = coverage as CoverageMap;
    const rooms = Map.groupBy(map.files(), (file) => relative(process.cwd(), file).split("/")[0] ?? "");
    for (const [room, files] of rooms) {
      const lines = files.map((file) => map.fileCoverageFor(file).toSummary().lines);
      const [covered, total] = [
        lines.reduce((sum, one) => sum + one.covered, 0),
        lines.reduce((sum, one) => sum + one.total, 0),
      ];
      this.#print(
        `  coverage of ${room}: ${(total === 0 ? 100 : (100 * covered) / total).toFixed(0)} % of ${String(total)} lines`,
      );
    }
  }

  #fail(what: string, error: Pick<SerializedError, "message"> & { readonly name?: string }): void {
    this.#counts.failed++;
    const message = stripVTControlCharacters([error.name, error.message].filter(Boolean).join(": "));
    this.#failures.push(`${what}\n${message.split("\n").slice(0, 12).join("\n").replace(/^/gm, "    ")}`);
  }

  #tick(): void {
    const now = Date.now();
    const hanging = [...this.#running].filter(([, { since, limit }]) => now - since > limit);
    for (const [path, { limit }] of hanging)
      this.#fail(path, { message: `The file has not ended within ${duration(limit)}.` });
    // The exit prints the summary. Vitest waits for its workers without a limit.
    if (hanging.length > 0) process.exit(1);
    if (this.#running.size === 0 || now - this.#lastLine < progressInterval) return;
    const done = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    this.#print(`  … ${duration(now - this.#begin)}, ${done} tests, in ${[...this.#running.keys()].join(", ")}`);
  }

  #print(line: string): void {
    this.#lastLine = Date.now();
    console.log(line);
  }

  #printSummary(): void {
    // A list of tests runs none.
    if (this.#isEmpty && this.#failures.length === 0) return;
    const { passed, failed, skipped } = this.#counts;
    if (passed + failed + skipped === 0) {
      writeLine("No test ran.");
      process.exitCode = 1;
    }
    const files = [...this.#durations].sort(([, one], [, other]) => other - one);
    if (files.length >= 2 * slowest) {
      const lines = files.slice(0, slowest).map(([path, milliseconds]) => `  ${path}: ${duration(milliseconds)}`);
      writeLine(["The slowest files:", ...lines].join("\n"));
    }
    const { left = [] } = this.#options;
    if (left.length > 0) writeLine(`npm run test:all also runs ${String(left.length)} files: ${namesOf(left)}.`);
    if (this.#failures.length > 0) writeLine(["What failed:", ...this.#failures].join("\n"));
    writeLine(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
}

/** The file in which Vitest has caught the error, if it knows it. */
function placeOf({ VITEST_TEST_PATH: path }: SerializedError): string {
  return typeof path === "string" ? `, in ${relative(process.cwd(), path)}` : "";
}

/** The error and its causes. Those of a worker that has ended contain the reason and the file. */
function withCauses(error: unknown): string[] {
  if (typeof error !== "object" || error === null) return error === undefined ? [] : [inspect(error)];
  const { name, message, cause } = error as Partial<SerializedError>;
  return [[name, message].filter(Boolean).join(": "), ...withCauses(cause)];
}

function pathOf(module: TestModule): string {
  return relative(process.cwd(), module.moduleId);
}

/** Such as `engine (adopt, move), resilience/kills (supportCase)`. */
function namesOf(paths: readonly string[]): string {
  const folders = Map.groupBy(paths, (path) => relative("tests", dirname(path)));
  return [...folders]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([folder, files]) =>
        `${folder} (${files
          .map((file) => basename(file).split(".")[0])
          .sort()
          .join(", ")})`,
    )
    .join(", ");
}

/** At once, as the process is about to end. */
function writeLine(text: string): void {
  try {
    writeSync(1, `${text}\n`);
  } catch {
    // Nobody reads any more.
  }
}
