/** The `care` program as a person runs it: a process of its own, on a stack of the local cloud. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { assertPublished } from "./careOutputs.ts";
import type { LocalRun } from "./localRun.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CareOptions {
  /** On top of the stack's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default nothing, at its end */
  readonly input?: string;
}

/** In the folder of the stack's project, without a terminal. */
export async function care(run: LocalRun, args: readonly string[], options: CareOptions = {}): Promise<Ended> {
  const { workDir, envVars } = run.stack.workspace;
  const { FORCE_COLOR: _color, ...environment } = process.env;
  const child = spawn(process.execPath, [join(root, "care/main.ts"), ...args], {
    cwd: workDir,
    env: { ...environment, ...envVars, TZ: "Europe/Berlin", ...options.environment },
  });
  child.stdin.end(options.input ?? "");
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  assertPublished(args, stdout);
  return { code, stdout, stderr };
}
