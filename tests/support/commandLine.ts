/** Pulumi's command line as a person runs it, with what it writes. */
import { run as runProgram } from "../../tools/setup/bootstrap/process.mjs";
import { engineFromEnvironment } from "./engineFromEnvironment.ts";
import type { LocalRun } from "./localRun.ts";

export interface Written {
  readonly code: number | null;
  /** Standard output and standard error, without colours. */
  readonly text: string;
}

/** In the stack's folder, without a terminal. */
export async function commandLine(run: LocalRun, ...words: readonly string[]): Promise<Written> {
  const { pulumi } = await engineFromEnvironment();
  const { workDir: cwd, envVars } = run.stack.workspace;
  const { code, stdout, stderr } = await runProgram(pulumi, [...words, "--non-interactive", "--color", "never"], {
    cwd,
    env: { ...process.env, ...envVars },
  });
  return { code, text: `${stdout}${stderr}` };
}

/** The lines of a preview without those that only show its progress. */
export function linesOf({ text }: Written): string[] {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !line.startsWith("@ ") && !line.startsWith("Previewing update"));
}
