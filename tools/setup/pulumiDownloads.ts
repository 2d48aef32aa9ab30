import { mkdir, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { dirname, join } from "node:path";

const address = "https://get.pulumi.com/";
const timeout = 3_000;
const day = 24 * 60 * 60 * 1000;

/**
 * Whether Pulumi's downloads are reachable. Checked at most once a day and with a short timeout, so that machines without
 * internet access do not wait.
 */
export async function reachesPulumiDownloads(home: string, url = address): Promise<boolean> {
  const note = join(home, "no-pulumi-downloads");
  const noted = await stat(note).catch(() => undefined);
  if (noted !== undefined && Date.now() - noted.mtimeMs < day) return false;
  try {
    await ask(url);
    return true;
  } catch {
    await mkdir(dirname(note), { recursive: true });
    await writeFile(note, `${url} did not answer within ${timeout / 1000} s.\n`);
    return false;
  }
}

/** Uses the environment's proxy, like Pulumi's installer and plugin downloads. */
function ask(url: string): Promise<void> {
  const { Agent, request } = url.startsWith("https:") ? https : http;
  const agent = new Agent({ proxyEnv: process.env });
  return new Promise((resolve, reject) => {
    request(url, { method: "HEAD", agent, signal: AbortSignal.timeout(timeout) }, (reply) => {
      reply.resume();
      resolve();
    })
      .on("error", reject)
      .end();
  });
}
