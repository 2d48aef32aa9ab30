/** The files that a config attaches: what is in them, told before anything is made. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { ConfigError } from "../config/index.ts";
import type { Problem } from "../config/index.ts";
import { userError } from "./inputs.ts";
import { sha256 } from "./supportCase/index.ts";
import type { AttachmentFile } from "./supportCase/index.ts";

/**
 * @param name The component's.
 * @param key Where the paths stand in its args.
 * @param paths Relative to the program's directory.
 * @throws with each file that cannot be read
 */
export function attachmentFiles(name: string, key: readonly string[], paths: readonly string[]): AttachmentFile[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path, index) => {
    try {
      return [{ path, filename: basename(path), sha256: sha256(readFileSync(path)) }];
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      const why = reasons[code] ?? code;
      problems.push({
        path: [...key, index],
        message: `${JSON.stringify(path)} ${why}; write a file's path, relative to the program's directory`,
      });
      return [];
    }
  });
  if (problems.length > 0) throw userError(new ConfigError(name, problems));
  return files;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a directory",
  EACCES: "may not be read",
};
