/** Plays a scenario with a plugin, against a local cloud of its own, and gives what must be the same for each plugin. */
import { startCloud } from "../../tools/localCloud/index.ts";
import { comparable } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { startPlugin } from "../support/gcpPlugin/pluginClient.ts";
import type { RunPlugin } from "../support/gcpPlugin/pluginClient.ts";
import { startRecorder } from "./recorder.ts";
import type { SentRequest } from "./recorder.ts";

export interface Played {
  readonly answers: unknown[];
  readonly requests: unknown[];
}

const operator = { accessToken: "local-operator-token" };

export async function play(
  { config, environment, isRace = false, run }: Scenario,
  runPlugin: RunPlugin,
): Promise<Played> {
  const cloud = await startCloud();
  const recorder = await startRecorder(cloud);
  const plugin = await startPlugin(runPlugin, environment);
  try {
    const checked = await plugin.checkConfig({ ...recorder.gcpConfig, ...operator, ...config });
    const configured = "ok" in checked ? await plugin.configure(checked.ok.inputs) : checked;
    const answers = "ok" in checked ? await run(plugin, cloud) : [];
    const failures = "ok" in checked && "ok" in configured ? [] : [checked, configured];
    const address = String(recorder.gcpConfig["serviceUsageCustomEndpoint"]).replace(/\/serviceusage\/.*/, "");
    return normalized({ answers: [...failures, ...answers], requests: inOrder(recorder.requests, isRace) }, address);
  } finally {
    await plugin.close();
    await recorder.close();
    await cloud.close();
  }
}

/** Requests about different things may overtake each other, also in one batch: sorted, they are the same in each run. */
function inOrder(requests: readonly SentRequest[], isRace: boolean): unknown[] {
  return requests
    .map((request) => JSON.stringify(sorted(isRace ? { ...request, body: undefined } : request)))
    .sort()
    .map((text) => JSON.parse(text) as unknown);
}

/** Keys in order, and the members and services of a batch. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map(sorted);
    return elements.some((element) => typeof element === "object") ? elements : elements.sort();
  }
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    // The order of a contact's categories is its own.
    entries.map(([key, child]) => [key, key === "notificationCategorySubscriptions" ? child : sorted(child)]),
  );
}

/** Without the values that the cloud generates in each run: its address, etags, times, numbers of operations. */
function normalized(played: Played, address: string): Played {
  const text = JSON.stringify(comparable(played))
    .replaceAll(address, "http://cloud")
    .replaceAll(address.replace("http://", ""), "cloud")
    .replace(/("etag"(?:: ?|,)|etag\\?":\\?)"[^"]*"/g, '$1"ETAG"')
    .replace(/ETag '[^']*'/g, "ETag 'ETAG'")
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, "TIME")
    .replace(/operations\/[\w.-]+/g, "operations/ID")
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT");
  return JSON.parse(text) as Played;
}
