/** What to run next. */
import { quoted } from "../shell.ts";
import type { Adoption } from "./adoption.ts";
import type { CaseFound } from "./testCase.ts";

export interface Where {
  /** The folder to run the commands from, as the caller wrote it. */
  readonly cwd: string;
  /** The import file; undefined if it was not requested, or is on standard output. */
  readonly file: string | undefined;
}

/** Without protection, which the first update would remove again, and without generated code: the program exists. */
export function nextCommands(adoption: Adoption, { cwd, file }: Where): string[] {
  const flags = flagsOf(adoption.stack, cwd);
  // Imported resources have no dependencies in the state before the first update, which a destroy needs.
  const rest = [`pulumi preview ${flags}`, `pulumi up ${flags}`];
  if (adoption.file === undefined) return rest;
  if (file === undefined) return [];
  return [`pulumi import --file ${quoted(file)} --protect=false --generate-code=false ${flags}`, ...rest];
}

/** The commands that adopt a case. `adopt` comes last, so that the config is valid after each of them. */
export function adoptCommands(adoption: Adoption, found: CaseFound, cwd: string): string[] {
  if (!found.isAdoptable) return [];
  const flags = flagsOf(adoption.stack, cwd);
  const path = (key: string) => `--path '${adoption.project}:testCase.${key}'`;
  return [
    ...[...found.incompatible, ...found.differing].map((key) => `pulumi config rm ${path(key)} ${flags}`),
    `pulumi config set ${path("adopt")} ${quoted(found.name)} ${flags}`,
  ];
}

/** Removes a resource from a stack's state, and leaves it in the cloud. */
export function forgetCommand(stack: string, urn: string, cwd: string): string {
  return `pulumi state delete ${quoted(urn)} ${flagsOf(stack, cwd)}`;
}

function flagsOf(stack: string, cwd: string): string {
  return ["--stack", quoted(stack), ...(cwd === "." ? [] : ["--cwd", quoted(cwd)])].join(" ");
}
