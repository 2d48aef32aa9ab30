import { constants } from "node:fs";
import { copyFile, link, rm } from "node:fs/promises";

/** Large binaries are shared where the file system can do that. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}
