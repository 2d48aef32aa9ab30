/**
 * What an engine that was killed leaves in a backend that is a folder. Beside each of its files stands one with attributes, which
 * is made empty and then written: killed between the two, no engine can read the backend any more ("EOF"). The attributes
 * are optional: without the empty file, the state beside it is read as it is.
 *
 * Source: gocloud.dev/blob/fileblob; seen with Pulumi 3.259
 */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Younger ones may be about to be written, in milliseconds. */
const writing = 2000;

/**
 * @param url The backend's, as `pulumi whoami --json` tells it.
 * @returns How many empty files were taken away.
 */
export async function mendFileBackend(url: string): Promise<number> {
  if (!url.startsWith("file:///")) return 0;
  const { pathname } = new URL(url);
  const folder = join(fileURLToPath(`file://${pathname}`), ".pulumi");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const attributes = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"));
  let count = 0;
  for (const { parentPath, name } of attributes) {
    const path = join(parentPath, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.size > 0 || Date.now() - found.mtimeMs < writing) continue;
    await rm(path, { force: true });
    count++;
  }
  return count;
}
