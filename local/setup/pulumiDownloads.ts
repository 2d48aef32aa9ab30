import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const address = "https://get.pulumi.com/";
const bound = 3_000;
const day = 24 * 60 * 60 * 1000;

/**
 * Whether Pulumi's downloads can be had here. Asked once a day at most, and with a short bound, so that a machine without
 * internet is not kept waiting.
 */
export async function reachesPulumiDownloads(home: string, url = address): Promise<boolean> {
  const note = join(home, "no-pulumi-downloads");
  const noted = await stat(note).catch(() => undefined);
  if (noted !== undefined && Date.now() - noted.mtimeMs < day) return false;
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(bound) });
    return true;
  } catch {
    await mkdir(dirname(note), { recursive: true });
    await writeFile(note, `${url} did not answer within ${bound / 1000} s.\n`);
    return false;
  }
}
