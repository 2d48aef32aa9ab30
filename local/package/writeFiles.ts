import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** @param files The text of each, by its path relative to the folder. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
