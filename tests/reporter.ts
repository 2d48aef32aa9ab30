/**
 * What a part of the tests prints: a line per file, failures in full, what is skipped and why. The results go to the file that
 * CUSTOMER_CARE_TEST_RESULTS names. A file may take CUSTOMER_CARE_TEST_LIMIT milliseconds.
 */
import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { inspect, stripVTControlCharacters } from "node:util";
import type { TestEvent } from "node:test/reporters";
import { duration } from "../local/setup/bootstrap/progress.mjs";
import { inWords } from "./counts.ts";
import type { Counts, Results } from "./counts.ts";

/** A line that work goes on, where nothing else was printed for so long. */
const heartbeat = 10_000;

/** A file that has not ended by then hangs, in milliseconds. The runner's own limit fails a test, but does not end a process that goes on. */
const perFile = Number(process.env.CUSTOMER_CARE_TEST_LIMIT ?? Infinity);

interface File {
  counts: Counts;
  milliseconds: number;
  failures: string[];
  skips: string[];
  /** What tests have to tell, whether or not they pass. */
  diagnostics: string[];
  output: string;
  /** The names of the suites and tests around the present one. */
  path: string[];
}

type Ended = Extract<TestEvent, { type: "test:pass" | "test:fail" }>;

export default async function* reporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const files = new Map<string, File>();
  const begin = Date.now();
  const running = new Map<string, number>();
  let completed = 0;
  let printed = Date.now();

  const add = (path: string, file: File) => {
    for (const key of ["passed", "failed", "skipped"] as const) total[key] += file.counts[key];
    failures.push(...file.failures.map((failure) => `${relative(process.cwd(), path)}: ${failure}`));
  };
  const write = () => {
    const target = process.env.CUSTOMER_CARE_TEST_RESULTS;
    if (target) writeFileSync(target, JSON.stringify({ counts: total, failures } satisfies Results));
  };
  const beat = setInterval(() => {
    const hanging = [...running].filter(([, since]) => Date.now() - since > perFile).map(([path]) => path);
    if (hanging.length > 0) {
      for (const path of hanging) {
        const file = entryOf(files, path);
        fail(file, file.path.join(" › ") || "the file", `The file has not ended in ${duration(perFile)}.`);
        process.stdout.write(textOf(path, file));
      }
      for (const [path, file] of files) add(path, file);
      write();
      endAll();
    }
    if (Date.now() - printed < heartbeat) return;
    printed = Date.now();
    const names = [...running.keys()].map((file) => relative(process.cwd(), file)).join(", ");
    process.stdout.write(`  … ${duration(printed - begin)}, ${completed} tests so far${names && `, in ${names}`}\n`);
  }, 1_000).unref();

  for await (const event of source) {
    const path = fileOf(event);
    if (path === undefined) continue;
    const file = entryOf(files, path);
    switch (event.type) {
      case "test:dequeue":
        if (!running.has(path)) running.set(path, Date.now());
        break;
      case "test:complete":
        completed += 1;
        break;
      case "test:start":
        file.path[event.data.nesting] = event.data.name;
        break;
      case "test:stdout":
      case "test:stderr":
        file.output += event.data.message;
        break;
      case "test:diagnostic":
        // The runner's own sums are told at the file's level.
        if (event.data.nesting > 0) file.diagnostics.push(event.data.message);
        break;
      case "test:pass":
      case "test:fail":
        take(file, path, event);
        break;
      case "test:summary": {
        running.delete(path);
        printed = Date.now();
        file.milliseconds = event.data.duration_ms;
        yield textOf(path, file);
        add(path, file);
        files.delete(path);
        break;
      }
    }
  }
  clearInterval(beat);
  // A file that was ended from outside has no summary, nor has one that only defines tests for others.
  for (const [path, file] of files) {
    if (file.counts.passed + file.counts.failed + file.counts.skipped === 0) continue;
    yield textOf(path, file);
    add(path, file);
  }
  write();
}

/** Ends the runner and the files that it runs, which are of its process group where `npm test` has started it. */
function endAll(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1);
  }
}

function fileOf(event: TestEvent): string | undefined {
  const { data } = event;
  const file = data !== undefined && "file" in data ? data.file : undefined;
  return file === undefined ? undefined : resolve(file);
}

function entryOf(files: Map<string, File>, path: string): File {
  const known = files.get(path);
  if (known) return known;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const file: File = { counts, milliseconds: 0, failures: [], skips: [], diagnostics: [], output: "", path: [] };
  files.set(path, file);
  return file;
}

function take(file: File, path: string, { type, data }: Ended): void {
  const name = [...file.path.slice(0, data.nesting), data.name].join(" › ");
  // Node passes a file without any test as if the file were one.
  if (type === "test:pass" && resolve(data.name) === path) return fail(file, name, "There is no test in this file.");
  if (data.skip !== undefined || data.todo !== undefined) {
    const reason = [data.skip, data.todo].find((text) => typeof text === "string") ?? "no reason given";
    file.counts.skipped += 1;
    file.skips.push(`${name}: ${reason}`);
    return;
  }
  if (type === "test:pass") {
    if (data.details.type !== "suite") file.counts.passed += 1;
    return;
  }
  const { error } = data.details;
  // Only says that something within it failed, which is told there.
  if (error.message.match(/^'?\d+ subtests? failed'?$/)) {
    if (data.details.type !== "suite") file.counts.failed += 1;
    return;
  }
  const cause: unknown = error.cause ?? error;
  fail(file, name, cause instanceof Error ? inspect(cause) : typeof cause === "string" ? cause : inspect(cause));
}

function fail(file: File, name: string, reason: string): void {
  file.counts.failed += 1;
  file.failures.push(`${name}\n${indent(reason)}`);
}

function textOf(path: string, file: File): string {
  const mark = file.failures.length + file.counts.failed > 0 ? "✖" : "✔";
  const lines = [
    `  ${mark} ${relative(process.cwd(), path)}: ${inWords(file.counts)}, ${duration(file.milliseconds)}`,
    ...file.diagnostics.map((diagnostic) => `    ${diagnostic}`),
    ...file.skips.map((skip) => `    skipped: ${skip}`),
    ...file.failures.map((failure) => indent(`failed: ${failure}`)),
  ];
  const output = stripVTControlCharacters(file.output).trimEnd();
  if (mark === "✖" && output !== "") lines.push(indent(`printed:\n${indent(output)}`));
  return `${lines.join("\n")}\n`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}
