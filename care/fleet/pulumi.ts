/**
 * Pulumi's own command line, one process for each operation. It writes into a file, so that an engine finishes even if `care` is
 * killed, and records everything that it has begun.
 */
import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { unwritable } from "../files.ts";
import { pulumiNotFound } from "../stack/pulumiNotFound.ts";
import { UserError } from "../userError.ts";

export interface Run {
  readonly args: readonly string[];
  /** The project's folder. */
  readonly cwd: string;
  /** The file for standard output and error. */
  readonly log: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the operation as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/** @returns The exit code. */
export async function pulumi({ args, cwd, log, environment = {}, signal }: Run): Promise<number> {
  // Readable by the owner only: one of the files contains the stack's state.
  const file = await open(log, "w", 0o600).catch(unwritable(log));
  try {
    // In its own process group, so that a Ctrl-C reaches it only once, from `care`.
    const child = spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
      cwd,
      detached: true,
      stdio: ["ignore", file.fd, file.fd],
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", ...backendIn(process.env), ...environment },
    });
    const interrupt = () => void child.kill("SIGINT");
    signal?.addEventListener("abort", interrupt);
    if (signal?.aborted) interrupt();
    try {
      return await new Promise((resolve, reject) => {
        child.once("error", (error: NodeJS.ErrnoException) => {
          reject(error.code === "ENOENT" ? new UserError(pulumiNotFound) : error);
        });
        child.once("close", (code) => {
          resolve(code ?? 1);
        });
      });
    } finally {
      signal?.removeEventListener("abort", interrupt);
    }
  } finally {
    await file.close();
  }
}

/**
 * A backend in a folder writes a file of attributes next to each state, with a checksum. Nobody reads it, it takes an eighth of the
 * processor time of an update, and a killed engine can leave it empty, after which no stack can be read.
 *
 * Source: gocloud.dev/blob/fileblob
 */
export function backendIn({ PULUMI_BACKEND_URL: url = "" }: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  if (!url.startsWith("file://") || /[?&]metadata=/.test(url)) return {};
  return { PULUMI_BACKEND_URL: `${url}${url.includes("?") ? "&" : "?"}metadata=skip` };
}

/**
 * The output of a short command.
 *
 * @throws UserError with the engine's last words
 */
export async function answerOf(run: Run): Promise<string> {
  const code = await pulumi(run);
  const text = await readFile(run.log, "utf8");
  if (code === 0) return text;
  const errors = text.slice(Math.max(0, text.indexOf("error: "))).replace(/^error: /gm, "");
  throw new UserError(`pulumi ${run.args.slice(0, 2).join(" ")}: ${errors.replace(/\s+/g, " ").trim()}`);
}
