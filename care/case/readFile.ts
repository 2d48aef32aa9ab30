import { readFile as read } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../userError.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder; name its files, or pack it",
  EACCES: "you may not read it",
};

/** @throws UsageError with the absolute path, since the program may have been started in another folder */
export async function readFile(file: string): Promise<Uint8Array> {
  try {
    return await read(file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${resolve(file)} cannot be read: ${reasons[code] ?? message}`, { cause: error });
  }
}
