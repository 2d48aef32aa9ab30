import { createInterface } from "node:readline/promises";
import { sanitized } from "../../text/index.ts";
import { forControls } from "../terminal.ts";

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Whether there is a person to ask. The question goes to stderr, so that stdout can be redirected. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Whether the answer is yes. No answer and Ctrl-C count as no. */
export async function confirm(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: forControls(process.stderr) },
): Promise<boolean> {
  const lines = createInterface({ input, output });
  const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  try {
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${sanitized(question)} [y/N] `), ended])).trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
