/** Reads and writes the files of a command. Each error names the file, what is wrong, and what to do. */
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { decoded } from "../onboarding/index.ts";
import { UsageError, UserError } from "./userError.ts";

/** What is wrong, and what to do, by the system's code. */
const reasons: Readonly<Record<string, readonly [wrong: string, remedy: string]>> = {
  ENOENT: ["there is no such file or folder", "write the path of one that exists"],
  EISDIR: ["it is a folder", "write the path of a file"],
  ENOTDIR: ["a part of its path is a file, not a folder", "correct the path"],
  EEXIST: ["a file of this name exists", "rename or delete it"],
  EACCES: ["permission denied", "change its permissions or those of its folder, or write another path"],
  EPERM: ["the operation is not permitted", "change its permissions or those of its folder, or write another path"],
  EROFS: ["the file system is read-only", "write a path in another one"],
  ENOSPC: ["no space is left on the disk", "free some, or write a path on another disk"],
  EDQUOT: ["your disk quota is exceeded", "delete some files, or write a path on another disk"],
  ELOOP: ["its symbolic links lead in a circle", "correct the links, or write another path"],
  ENAMETOOLONG: ["the path is too long", "write a shorter one"],
  EMFILE: ["too many files are open", "raise the limit with ulimit -n"],
};

/** Whether the system refused to open, read or write a file or a folder. A connection that fails is no such error. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false;
  const { code = "", syscall = "connect" } = error as NodeJS.ErrnoException;
  return Object.hasOwn(reasons, code) && !["connect", "getaddrinfo", "listen", "bind"].includes(syscall);
}

/** What is wrong, such as `permission denied (EACCES)`. */
export function wrongOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const [wrong] = reasons[code] ?? [];
  return wrong === undefined ? message : `${wrong} (${code})`;
}

/**
 * What is wrong, and what to do.
 *
 * @param remedies What to do for a code, if it depends on the file.
 */
export function fileProblem(error: unknown, remedies: Readonly<Record<string, string>> = {}): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return `${wrongOf(error)}; ${remedies[code] ?? reasons[code]?.[1] ?? "write another path"}`;
}

interface Wording {
  /** Before the path, such as `care adopt: --file `. */
  readonly prefix?: string;
  /** What to do for a code, if it depends on the file. */
  readonly remedies?: Readonly<Record<string, string>>;
}

/** An input that cannot be read: exit code 2. */
function unreadable(path: string, error: unknown, { prefix = "", remedies }: Wording): UsageError {
  return new UsageError(`${prefix}${resolve(path)} cannot be read: ${fileProblem(error, remedies)}`, { cause: error });
}

/** @throws UsageError */
export async function readBytes(path: string, wording: Wording = {}): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    throw unreadable(path, error, wording);
  });
}

/**
 * A file's text, in any encoding that Pulumi's engine also accepts.
 *
 * @throws UsageError
 */
export async function readText(path: string, wording: Wording = {}): Promise<string> {
  return textOf(await readBytes(path, wording), path, wording);
}

/** @throws UsageError */
export function readTextSync(path: string, wording: Wording = {}): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error, wording);
  }
  return textOf(bytes, path, wording);
}

function textOf(bytes: Uint8Array, path: string, { prefix = "" }: Wording): string {
  const file = decoded(Buffer.from(bytes));
  if ("problem" in file) throw new UsageError(`${prefix}${path} ${file.problem}`);
  return file.text;
}

/**
 * The command was correct, but failed: exit code 1.
 *
 * @throws UserError
 */
export async function writeText(path: string, text: string, { prefix = "" }: Wording = {}): Promise<void> {
  await writeFile(path, text).catch(unwritable(path, { prefix }));
}

/** Replaces an error of the system. */
export function unwritable(path: string, { prefix = "", remedies }: Wording = {}) {
  return (error: unknown): never => {
    const usual = { ENOENT: "create its folder, or write another path" };
    throw new UserError(
      `${prefix}${resolve(path)} cannot be written: ${fileProblem(error, { ...usual, ...remedies })}`,
      { cause: error },
    );
  };
}
