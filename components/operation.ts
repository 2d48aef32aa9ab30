/**
 * What the engine does with this run of the program. The engine does not pass it to the program, and checks of the whole update would reject an
 * operation that leaves out what they found, such as `pulumi up --target`. So this reads the command line of the Pulumi CLI, which
 * is an ancestor of this process. An inline program of the Automation API is not below a CLI, and neither is any on Windows: their
 * operations count as whole.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { contactType, grantTypeOf } from "./gcpTypes.ts";
import type { RunContext } from "./run.ts";

/** `partial` is a preview or an update of some resources. */
export type Operation = "whole" | "partial" | "destroy" | "refresh";

export function operationOf(run: RunContext): Operation {
  return operationIn(readWords(run), process.env);
}

/** Whether the flags possibly include a resource of the state, which the update can then delete. */
export function mayDelete(run: RunContext, urn: string): boolean {
  return isIncluded(urn, readWords(run), process.env);
}

/** The CLI that runs this program, or the one on `PATH`. */
export function pulumiProgram(run: RunContext): string {
  const [program = "pulumi"] = run.shared(readCommand);
  return program;
}

function readWords(run: RunContext): readonly string[] {
  return run.shared(readCommand).slice(1);
}

/** The program and its arguments; empty if it is not an ancestor. Read once for each run. */
function readCommand(): readonly string[] {
  return commandOfPulumi(process.ppid) ?? [];
}

const commands: Readonly<Record<string, Operation>> = {
  destroy: "destroy",
  down: "destroy",
  dn: "destroy",
  refresh: "refresh",
};

type Environment = Readonly<Record<string, string | undefined>>;

/** @param environment The CLI also takes flags from variables such as `PULUMI_OPTION_TARGET`. */
export function operationIn(words: readonly string[], environment: Environment = {}): Operation {
  // Only `--cwd` and `-C` have a value before the command.
  const command = words.find((word, index) => !word.startsWith("-") && !/^(--cwd|-C)$/.test(words[index - 1] ?? ""));
  const { targets, excluded } = selectionIn(words, environment);
  return commands[command ?? ""] ?? (targets.length + excluded.length > 0 ? "partial" : "whole");
}

/** Whether the flags possibly include the resource. */
export function isIncluded(urn: string, words: readonly string[], environment: Environment = {}): boolean {
  const { targets, excluded, withDependents } = selectionIn(words, environment);
  const matches = (patterns: readonly string[]) => patterns.some((pattern) => wildcards(pattern).test(urn));
  if (targets.length === 0) return !matches(excluded);
  return matches(targets) || (withDependents && !targets.every(isLeaf));
}

interface Selection {
  /** URNs, with `*` and `**` for any part. */
  readonly targets: readonly string[];
  readonly excluded: readonly string[];
  /** Whether resources that depend on the targets are included. */
  readonly withDependents: boolean;
}

function selectionIn(words: readonly string[], environment: Environment): Selection {
  const valuesOf = (flag: string) => {
    const inWords = words.flatMap((word, index) => {
      if (word === flag) return [words[index + 1] ?? ""];
      return word.startsWith(`${flag}=`) ? [word.slice(flag.length + 1)] : [];
    });
    const variable = environment[`PULUMI_OPTION_${flag.slice(2).replaceAll("-", "_").toUpperCase()}`] ?? "";
    return variable === "" ? inWords : [...inWords, variable];
  };
  const short = words.flatMap((word, index) =>
    /^-t./.test(word) ? [word.slice(2).replace(/^=/, "")] : word === "-t" ? [words[index + 1] ?? ""] : [],
  );
  return {
    targets: [...valuesOf("--target"), ...valuesOf("--target-replace"), ...short],
    excluded: valuesOf("--exclude"),
    withDependents: words.includes("--target-dependents") || valuesOf("--target-dependents").includes("true"),
  };
}

/** As the engine matches URNs: `*` does not match a colon. */
function wildcards(pattern: string): RegExp {
  const literal = (text: string) => text.replace(/[\\^$.+?()[\]{}|]/g, "\\$&");
  const parts = pattern.split("**").map((part) => part.split("*").map(literal).join("[^:]*"));
  return new RegExp(`^${parts.join(".*")}$`);
}

/** A grant or a contact, on which nothing of this package depends. */
function isLeaf(pattern: string): boolean {
  const type = pattern.split("::")[2]?.split("$").at(-1) ?? "";
  return type === contactType || grantTypeOf(type) !== undefined;
}

/** The language host is between this process and the CLI, and possibly a shell or a package manager. */
const maxAncestors = 6;

/** The nearest ancestor that is the CLI. */
function commandOfPulumi(parent: number, depth = 0): readonly string[] | undefined {
  const one = depth < maxAncestors && parent > 1 ? readProcess(parent) : undefined;
  if (one === undefined) return undefined;
  const [program = ""] = one.words;
  return basename(program) === "pulumi" ? one.words : commandOfPulumi(one.parent, depth + 1);
}

interface Ancestor {
  readonly parent: number;
  readonly words: readonly string[];
}

/** Undefined if the process cannot be read. */
function readProcess(id: number): Ancestor | undefined {
  try {
    if (process.platform === "linux") {
      const [, parent = ""] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${String(id)}/status`, "utf8")) ?? [];
      return { parent: Number(parent), words: readFileSync(`/proc/${String(id)}/cmdline`, "utf8").split("\0") };
    }
    if (process.platform === "win32") return undefined;
    const text = execFileSync("ps", ["-o", "ppid=,args=", "-p", String(id)], { encoding: "utf8", stdio: "pipe" });
    const [parent = "", ...words] = text.trim().split(/\s+/);
    return { parent: Number(parent), words };
  } catch {
    return undefined;
  }
}
