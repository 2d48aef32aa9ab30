/** What to run next. */
import { quoted } from "../shell.ts";
import type { Adoption } from "./adoption.ts";

export interface Where {
  /** As the caller wrote it: what the commands are run from. */
  readonly cwd: string;
  /** The import file; undefined where it was not asked for, or is on standard output. */
  readonly file: string | undefined;
}

/** Without protection, which a program that asks for none would take away again, and without code, which is there. */
export function nextCommands({ stack, file: contents }: Adoption, { cwd, file }: Where): string[] {
  const of = ["--stack", quoted(stack), ...(cwd === "." ? [] : ["--cwd", quoted(cwd)])].join(" ");
  const preview = `pulumi preview ${of}`;
  if (contents === undefined) return [preview];
  if (file === undefined) return [];
  return [`pulumi import --file ${quoted(file)} --protect=false --generate-code=false ${of}`, preview];
}
