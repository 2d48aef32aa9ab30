import { constants } from "node:fs";
import { copyFile, link, rm } from "node:fs/promises";

/** Shares large binaries with hard links if the file system supports them. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}
