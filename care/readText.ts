/** A file's text, in any encoding that Pulumi's engine also accepts. */
import { readFile } from "node:fs/promises";
import { decoded } from "../onboarding/index.ts";
import { UsageError } from "./userError.ts";

/** @throws UsageError if the file is not text; the system's error if it cannot be read */
export async function readText(path: string): Promise<string> {
  const file = decoded(await readFile(path));
  if ("problem" in file) throw new UsageError(`${path} ${file.problem}`);
  return file.text;
}
