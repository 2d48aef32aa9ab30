/**
 * The files that a config attaches: what is in them, told before anything is made. Each leaves the organization, and a config
 * may come from a pull request: only what is in the program's folder can be attached.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { basename, isAbsolute, relative, sep } from "node:path";
import { ConfigError } from "../config/index.ts";
import type { Problem } from "../config/index.ts";
import { userError } from "./inputs.ts";
import { sha256 } from "./supportCase/index.ts";
import type { AttachmentFile } from "./supportCase/index.ts";

/**
 * The largest file, in bytes. Google documents no limit; one of this size is uploaded within the minute that a request may
 * take, at 1.5 Mbit/s.
 */
export const largestAttachment = 10 * 1024 * 1024;

/**
 * @param name The component's.
 * @param key Where the paths stand in its args.
 * @param paths Relative to the program's directory.
 * @throws with each file that cannot be attached
 */
export function attachmentFiles(name: string, key: readonly string[], paths: readonly string[]): AttachmentFile[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path, index) => {
    const content = read(path);
    if (typeof content !== "string") return [{ path, filename: basename(path), sha256: sha256(content) }];
    problems.push({ path: [...key, index], message: `${JSON.stringify(path)} ${content}` });
    return [];
  });
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
  return files;
}

/** The file's content, or what is wrong with it and what to write instead. */
function read(path: string): Uint8Array | string {
  const writeAPath = "write a file's path, relative to the program's directory";
  try {
    const file = realpathSync(path);
    const fromProgram = relative(realpathSync(process.cwd()), file);
    if (isAbsolute(fromProgram) || fromProgram === ".." || fromProgram.startsWith(`..${sep}`))
      return "is outside the program's directory; copy the file into it, and write the path of the copy";
    // Without waiting for a writer, where it is a pipe.
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = fstatSync(descriptor);
      if (status.isDirectory()) return `is a directory; ${writeAPath}`;
      if (!status.isFile()) return `is not an ordinary file; ${writeAPath}`;
      if (status.size > largestAttachment)
        return `has ${String(status.size)} bytes, more than ${String(largestAttachment)} (10 MiB); attach a smaller file`;
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return `${reasons[code] ?? code}; ${writeAPath}`;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a directory",
  ENXIO: "is not an ordinary file",
  ENOTDIR: "does not exist",
  EACCES: "may not be read",
  ELOOP: "is a link to itself",
};
