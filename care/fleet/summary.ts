/** The result of an operation on a fleet: each failed stack by name, and the totals. */
import { rejectedCredentialAdvice } from "../google/credentials.ts";
import { inSeconds } from "./progress.ts";
import type { Operated } from "./operate.ts";
import type { StackRun } from "./stackOperation.ts";
import { counted, visible } from "../../text/index.ts";

/** The number of errors shown for a stack, and of all their lines. The rest is in its log. */
const mostErrors = 3;
const mostLines = 12;
const longestLine = 400;

/** The number of warnings shown for all stacks. */
const mostWarnings = 50;

/** A warning ends with what to do, and with its name. */
const longestWarning = 2000;

const words = {
  create: { done: "created", planned: "to create" },
  update: { done: "changed", planned: "to change" },
  replace: { done: "replaced", planned: "to replace" },
  delete: { done: "deleted", planned: "to delete" },
  same: { done: "unchanged", planned: "unchanged" },
};

/** The result as JSON. */
export interface FleetJson {
  readonly version: 1;
  readonly operation: Operated["operation"];
  readonly seconds: number;
  readonly stacks: readonly {
    readonly stack: string;
    readonly status: "done" | "failed" | "left out";
    /** The number of resources for each operation. */
    readonly changes: Readonly<Record<string, number>>;
    readonly errors: readonly string[];
    /** What the engine and the program warn of, and the program's notes. */
    readonly warnings: readonly string[];
    readonly notes: readonly string[];
    /** The file with the engine's output. */
    readonly log: string;
  }[];
}

export function jsonOf({ operation, runs, seconds }: Operated): FleetJson {
  return {
    version: 1,
    operation,
    seconds,
    stacks: runs.map(({ stack, status, progress, errors, warnings, notes, log }) => ({
      stack,
      // All have ended.
      status: status === "done" || status === "left out" ? status : "failed",
      changes: progress.changes,
      errors,
      warnings,
      notes,
      log,
    })),
  };
}

/** @param previewed The preview whose summary has printed its warnings already. */
export function summaryOf({ operation, runs, seconds }: Operated, previewed?: Operated): string {
  const failed = runs.filter(({ status }) => status === "failed");
  const done = runs.filter(({ status }) => status === "done");
  const leftOut = runs.filter(({ status }) => status === "left out");
  const noted = runs.flatMap(({ stack, notes }) => notes.map((note) => `${stack}: ${note}`));
  const verb = { preview: "previewed", up: "updated", destroy: "destroyed" }[operation];
  const sum = [
    `${String(done.length)} of ${String(runs.length)} stacks ${verb}`,
    ...(failed.length === 0 ? [] : [`${String(failed.length)} failed`]),
    ...(leftOut.length === 0
      ? []
      : [`${String(leftOut.length)} ${operation === "destroy" ? "not found" : "not started"}`]),
    ...resourceWords(done, operation),
    inSeconds(seconds),
  ];
  return `${[...noted, ...warnings(runs, previewed?.runs), ...failed.flatMap(failure), `${sum.join(", ")}.`].join("\n")}\n`;
}

/** Each once, with the stacks that have it. */
function warnings(runs: readonly StackRun[], printed: readonly StackRun[] = []): string[] {
  const before = new Set(printed.flatMap((run) => run.warnings));
  const all = runs.flatMap((run) =>
    run.warnings.flatMap((text) => (before.has(text) ? [] : [{ text, stack: run.stack }])),
  );
  const lines = [...Map.groupBy(all, ({ text }) => text)].map(
    ([text, each]) => `${each.map(({ stack }) => stack).join(", ")}: ${lineOf(text, longestWarning)}`,
  );
  const more = lines.length - mostWarnings;
  return [...lines.slice(0, mostWarnings), ...(more > 0 ? [`and ${counted(more, "more warning")}, in the logs`] : [])];
}

/** A text in one line, without control characters. */
function lineOf(text: string, longest: number): string {
  const line = visible(text.replace(/\s+/g, " ").trim());
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function failure({ stack, errors, log }: StackRun): string[] {
  const rest = errors.length - mostErrors;
  // An error can have several problems, each in a line.
  const lines = errors.slice(0, mostErrors).flatMap((error) => error.split(/\s*\n\s*/).filter(Boolean));
  const more = lines.length - mostLines;
  const advice = rejectedCredentialAdvice(errors);
  return [
    `${stack} failed:`,
    ...lines.slice(0, mostLines).map((line) => `  ${lineOf(line, longestLine)}`),
    ...(more > 0 ? [`  and ${counted(more, "more line")}`] : []),
    ...(rest > 0 ? [`  and ${counted(rest, "more error")}`] : []),
    ...(advice === undefined ? [] : [`  ${advice}`]),
    `  full log: ${log}`,
  ];
}

function resourceWords(runs: readonly StackRun[], operation: Operated["operation"]): string[] {
  const form = operation === "preview" ? "planned" : "done";
  return Object.entries(words).flatMap(([op, word]) => {
    const count = runs.reduce((sum, { progress }) => sum + (progress.changes[op] ?? 0), 0);
    return count === 0 ? [] : [`${counted(count, "resource")} ${word[form]}`];
  });
}
