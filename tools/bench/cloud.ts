/** The local Google Cloud in a separate process, so that its resource usage does not count for a contender. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import autocannon from "autocannon";
import type { RecordedRequest, Seed } from "../localCloud/index.ts";
import { root } from "../setup/bootstrap/places.mjs";
import { projectIds } from "./work.ts";

export interface BenchCloud {
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly gcpConfig: Readonly<Record<string, string>>;
  /** Resets the cloud to its seed, with a latency for each request in milliseconds. */
  reset(latency: number): Promise<void>;
  /** The number of calls of each method since the last reset, such as `ListServices`. */
  requests(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export async function startBenchCloud(directory: string, seed: Seed): Promise<BenchCloud> {
  const file = join(directory, "seed.json");
  await writeFile(file, JSON.stringify(seed));
  const child = spawn(process.execPath, [join(root, "tools/localCloud/main.ts"), "--json", "--seed", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = () => child.kill();
  process.once("exit", end);
  const output = await firstDocument(child.stdout);
  const { address, environment, gcpConfig } = JSON.parse(output) as Omit<BenchCloud, "reset" | "requests" | "close">;
  const ask = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const reply = await fetch(`${address}/_local/${path}`, init);
    if (!reply.ok) throw new Error(`The local cloud answered ${String(reply.status)} to ${method} ${path}.`);
    return await reply.json();
  };
  return {
    address,
    environment,
    gcpConfig,
    async reset(latency) {
      await ask("POST", "reset");
      await ask("POST", "faults", { settings: { latency } });
    },
    async requests() {
      const counts: Record<string, number> = {};
      for (const { rpc } of (await ask("GET", "requests")) as RecordedRequest[]) counts[rpc] = (counts[rpc] ?? 0) + 1;
      return counts;
    },
    async close() {
      process.off("exit", end);
      const ended = once(child, "exit");
      end();
      await ended;
    },
  };
}

/** The cloud prints one JSON document, and continues to run. */
async function firstDocument(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.trimEnd().endsWith("\n}")) return text;
  }
  throw new Error(`The local cloud ended before it printed its address: ${text}`);
}

const seconds = 3;

/**
 * The number of replies per second to the most frequent request, the list of a project's services. It shows that the local
 * cloud is not the bottleneck.
 */
export async function capacityOf(cloud: BenchCloud): Promise<number> {
  const [project = ""] = projectIds(1);
  const { requests, non2xx, errors } = await autocannon({
    url: `${cloud.gcpConfig["serviceUsageCustomEndpoint"] ?? ""}projects/${project}/services?filter=state:ENABLED`,
    headers: { authorization: `Bearer ${cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? ""}` },
    connections: 50,
    duration: seconds,
  });
  if (non2xx + errors > 0) throw new Error(`The local cloud refused ${String(non2xx + errors)} requests.`);
  return requests.average;
}
