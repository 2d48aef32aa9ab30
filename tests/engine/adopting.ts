/** `care adopt` on the stack of a run, and the commands that it prints. */
import assert from "node:assert/strict";
import type { jsonOf } from "../../care/adopt/json.ts";
import { care } from "../support/care.ts";
import type { LocalRun } from "../support/localRun.ts";

type Report = ReturnType<typeof jsonOf>;

export async function adopted(run: LocalRun, ...args: string[]) {
  const { stdout, stderr, code } = await care(run, ["adopt", "--json", ...args]);
  assert.match(stderr, /^(care adopt: (reading|\d+ of).*\n)*$/);
  return { report: JSON.parse(stdout) as Report, code };
}

/** A printed command, split as by a shell. */
export const words = (command: string) =>
  command
    .replace(/^pulumi /, "")
    .split(" ")
    .map((word) => word.replaceAll("'", ""));
