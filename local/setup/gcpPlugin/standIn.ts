import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { executable, folderIn } from "./version.ts";

/**
 * Puts the stand-in (local/gcpPlugin) where the engine looks for the plugin. The paths in it are this clone's and this Node's:
 * written anew when one of them has moved.
 */
export async function installStandIn(root: string, pulumiHome: string): Promise<void> {
  const folder = folderIn(pulumiHome);
  const file = join(folder, executable);
  const main = join(root, "local", "gcpPlugin", "main.ts");
  const script = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(main)} "$@"\n`;
  if ((await readFile(file, "utf8").catch(() => undefined)) === script) return;
  await mkdir(folder, { recursive: true });
  const partial = join(pulumiHome, `${executable}.partial`);
  await writeFile(partial, script, { mode: 0o755 });
  await rename(partial, file);
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
