/**
 * The operation that the engine runs the program for. The engine does not pass it to the program, and the checks for an update
 * would also reject an operation that leaves out what they found, such as `pulumi up --target`. So this reads the command line
 * of the Pulumi CLI, which is an ancestor of this process. An inline program of the Automation API has no such ancestor, and on
 * Windows this does not look for one: their operations count as whole.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { contactType, grantTypeOf } from "./gcpTypes.ts";
import type { RunContext } from "./run.ts";

/** `partial` is a preview or an update of some resources. */
export type Operation = "whole" | "partial" | "destroy" | "refresh";

export function operationOf(run: RunContext): Operation {
  return operationIn(readArguments(run), process.env);
}

/** Whether the run prints warnings and notes for a person to decide on: a preview does, and an update without a preview. */
export function printsAdvice(run: RunContext): boolean {
  return pulumi.runtime.isDryRun() || skipsPreview(readArguments(run), process.env);
}

export function skipsPreview(args: readonly string[], environment: Environment = {}): boolean {
  const values = args.flatMap((text) => {
    // -f may follow other short flags without a value, as in -yf.
    const [whole, value] = /^(?:--skip-preview(?:=(.*))?|-[ydjre]*f[ydjref]*)$/.exec(text) ?? [];
    return whole === undefined ? [] : [value ?? "true"];
  });
  return isTrue(values.at(-1) ?? environment["PULUMI_OPTION_SKIP_PREVIEW"] ?? "");
}

/** As the CLI reads it. Source: https://pkg.go.dev/strconv#ParseBool */
const isTrue = (value: string) => ["1", "t", "T", "true", "TRUE", "True"].includes(value);

/**
 * Whether the flags may include a resource of the state, so that the update may delete it. Nothing in the state depends on a target
 * that is not in it.
 */
export function mayDelete(run: RunContext, urn: string, isInState: (urn: string) => boolean): boolean {
  return isIncluded(urn, readArguments(run), process.env, isInState);
}

/** The CLI that runs this program, or the one on `PATH`. */
export function pulumiProgram(run: RunContext): string {
  const [program = "pulumi"] = run.shared(readCommand);
  return program;
}

function readArguments(run: RunContext): readonly string[] {
  return run.shared(readCommand).slice(1);
}

/** The CLI and its arguments; empty if no ancestor is the CLI. Read once for each run. */
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

/** The CLI's flags that can have a value as the next argument, and can be before the command. Source: `pulumi --help` */
const flagsWithValue = new Set([
  "--color",
  "--cwd",
  "-C",
  "--memprofilerate",
  "--otel-traces",
  "--profiling",
  "--tracing",
  "--verbose",
  "-v",
]);

/** @param environment The CLI also takes flags from variables such as `PULUMI_OPTION_TARGET`. */
export function operationIn(args: readonly string[], environment: Environment = {}): Operation {
  const command = args.find((text, index) => !text.startsWith("-") && !flagsWithValue.has(args[index - 1] ?? ""));
  const { targets, excluded } = selectionIn(args, environment);
  return commands[command ?? ""] ?? (targets.length + excluded.length > 0 ? "partial" : "whole");
}

/**
 * Whether the flags may include the resource. The program cannot read the dependencies in the state, so a resource that the engine
 * excludes only because of another one counts as included: with `--exclude-dependents`, or because an excluded resource depends on
 * it.
 */
export function isIncluded(
  urn: string,
  args: readonly string[],
  environment: Environment = {},
  isInState: (urn: string) => boolean = () => true,
): boolean {
  const { targets, excluded, withDependents } = selectionIn(args, environment);
  const matches = (patterns: readonly string[]) => patterns.some((pattern) => wildcards(pattern).test(urn));
  if (targets.length === 0) return !matches(excluded);
  const mayHaveDependents = (pattern: string) => pattern.includes("*") || isInState(pattern);
  return (
    matches(targets) ||
    (withDependents && targets.some((pattern) => mayHaveDependents(pattern) && canDependOn(urn, pattern)))
  );
}

interface Selection {
  /** URNs, with `*` and `**` for any part. */
  readonly targets: readonly string[];
  readonly excluded: readonly string[];
  /** Whether resources that depend on the targets are included. */
  readonly withDependents: boolean;
}

function selectionIn(args: readonly string[], environment: Environment): Selection {
  const valuesOf = (flag: string) => {
    const inArguments = args.flatMap((text, index) => {
      if (text === flag) return [args[index + 1] ?? ""];
      return text.startsWith(`${flag}=`) ? [text.slice(flag.length + 1)] : [];
    });
    const variable = environment[`PULUMI_OPTION_${flag.slice(2).replaceAll("-", "_").toUpperCase()}`] ?? "";
    return variable === "" ? inArguments : [...inArguments, variable];
  };
  const short = args.flatMap((text, index) =>
    /^-t./.test(text) ? [text.slice(2).replace(/^=/, "")] : text === "-t" ? [args[index + 1] ?? ""] : [],
  );
  return {
    targets: [...valuesOf("--target"), ...valuesOf("--target-replace"), ...short],
    excluded: valuesOf("--exclude"),
    withDependents: args.includes("--target-dependents") || valuesOf("--target-dependents").includes("true"),
  };
}

/** As the engine matches URNs: `*` does not match a colon. */
function wildcards(pattern: string): RegExp {
  const literal = (text: string) => text.replace(/[\\^$.+?()[\]{}|]/g, "\\$&");
  const parts = pattern.split("**").map((part) => part.split("*").map(literal).join("[^:]*"));
  return new RegExp(`^${parts.join(".*")}$`);
}

/** In this package, nothing depends on a contact, and no grant depends on another one. Contacts, cases and events depend on grants. */
function canDependOn(urn: string, pattern: string): boolean {
  const type = typeIn(pattern);
  return type !== contactType && (grantTypeOf(type) === undefined || grantTypeOf(typeIn(urn)) === undefined);
}

/** Empty if the pattern has none. */
const typeIn = (pattern: string) => pattern.split("::")[2]?.split("$").at(-1) ?? "";

/** The language host is between this process and the CLI, and sometimes a shell or a package manager. */
const maxAncestors = 6;

/** The nearest ancestor that is the CLI. */
function commandOfPulumi(parent: number, depth = 0): readonly string[] | undefined {
  const one = depth < maxAncestors && parent > 1 ? readProcess(parent) : undefined;
  if (one === undefined) return undefined;
  const [program = ""] = one.command;
  return basename(program) === "pulumi" ? one.command : commandOfPulumi(one.parent, depth + 1);
}

interface Ancestor {
  readonly parent: number;
  /** The program and its arguments. */
  readonly command: readonly string[];
}

/** Undefined if the process cannot be read. */
function readProcess(id: number): Ancestor | undefined {
  try {
    if (process.platform === "linux") {
      const [, parent = ""] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${String(id)}/status`, "utf8")) ?? [];
      return { parent: Number(parent), command: readFileSync(`/proc/${String(id)}/cmdline`, "utf8").split("\0") };
    }
    if (process.platform === "win32") return undefined;
    const text = execFileSync("ps", ["-o", "ppid=,args=", "-p", String(id)], { encoding: "utf8", stdio: "pipe" });
    const [parent = "", ...command] = text.trim().split(/\s+/);
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}
