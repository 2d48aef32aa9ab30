/** What to run next. */
import { quoted } from "../shell.ts";
import type { Adoption } from "./adoption.ts";
import type { CaseFound } from "./testCase.ts";

export interface Where {
  /** As the caller wrote it: what the commands are run from. */
  readonly cwd: string;
  /** The import file; undefined where it was not asked for, or is on standard output. */
  readonly file: string | undefined;
}

/** Without protection, which a program that asks for none would take away again, and without code, which is there. */
export function nextCommands(adoption: Adoption, { cwd, file }: Where): string[] {
  const of = flagsOf(adoption.stack, cwd);
  const preview = `pulumi preview ${of}`;
  if (adoption.file === undefined) return [preview];
  if (file === undefined) return [];
  return [`pulumi import --file ${quoted(file)} --protect=false --generate-code=false ${of}`, preview];
}

/** What adopts a case. The key comes last: the config is without a mistake after each of them. */
export function adoptCommands(adoption: Adoption, found: CaseFound, cwd: string): string[] {
  if (!found.isAdoptable) return [];
  const of = flagsOf(adoption.stack, cwd);
  const path = (key: string) => `--path '${adoption.project}:testCase.${key}'`;
  return [
    ...[...found.notBesideAdopt, ...found.otherwise].map((key) => `pulumi config rm ${path(key)} ${of}`),
    `pulumi config set ${path("adopt")} ${quoted(found.name)} ${of}`,
  ];
}

/** Takes a resource out of a stack's state, and leaves it in the cloud. */
export function forgetCommand(stack: string, urn: string, cwd: string): string {
  return `pulumi state delete ${quoted(urn)} ${flagsOf(stack, cwd)}`;
}

function flagsOf(stack: string, cwd: string): string {
  return ["--stack", quoted(stack), ...(cwd === "." ? [] : ["--cwd", quoted(cwd)])].join(" ");
}
