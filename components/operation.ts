/**
 * What the engine does with this run of the program. The engine does not pass it to the program, and checks of the whole update would reject an
 * operation that leaves out what they found, such as `pulumi up --target`. So this reads the command line of the Pulumi CLI, which
 * is an ancestor of this process. An inline program of the Automation API is not below a CLI, and neither is any on Windows: their
 * operations count as whole.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { RunContext } from "./run.ts";

/** `partial` is a preview or an update of some resources. */
export type Operation = "whole" | "partial" | "destroy" | "refresh";

/** Read once for each run. */
export function operationOf(run: RunContext): Operation {
  return run.shared(readOperation);
}

function readOperation(): Operation {
  return operationIn(pulumiArguments(process.ppid) ?? [], process.env);
}

const commands: Readonly<Record<string, Operation>> = {
  destroy: "destroy",
  down: "destroy",
  dn: "destroy",
  refresh: "refresh",
};

/** @param environment The CLI also takes flags from variables such as `PULUMI_OPTION_TARGET`. */
export function operationIn(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Operation {
  // Only `--cwd` and `-C` have a value before the command.
  const command = words.find((word, index) => !word.startsWith("-") && !/^(--cwd|-C)$/.test(words[index - 1] ?? ""));
  const isLimited =
    words.some((word) => /^(--(target|target-replace|exclude)(=|$)|-t)/.test(word)) ||
    ["TARGET", "TARGET_REPLACE", "EXCLUDE"].some((name) => Boolean(environment[`PULUMI_OPTION_${name}`]));
  return commands[command ?? ""] ?? (isLimited ? "partial" : "whole");
}

/** The language host is between this process and the CLI, and possibly a shell or a package manager. */
const maxAncestors = 6;

/** The arguments of the nearest ancestor that is the CLI. */
function pulumiArguments(parent: number, depth = 0): readonly string[] | undefined {
  const one = depth < maxAncestors && parent > 1 ? readProcess(parent) : undefined;
  if (one === undefined) return undefined;
  const [program = "", ...words] = one.words;
  return basename(program) === "pulumi" ? words : pulumiArguments(one.parent, depth + 1);
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
