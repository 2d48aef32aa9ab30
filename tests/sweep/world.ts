/** The world in which a life is lived once: a local cloud with a time of its own, and operations that can be killed. */
import type { Surroundings } from "../../components/supportCase/surroundings.ts";
import { createTransport, readGoogleSettings, resourceManagerApi, supportApi } from "../../google/index.ts";
import { startCloud } from "../../local/cloud/index.ts";
import type { Cloud } from "../../local/cloud/index.ts";
import { file } from "./life.ts";

export interface World {
  readonly cloud: Cloud;
  /** Forgets all that happened. */
  reset(): void;
  /** A new process of the provider. */
  newProcess(): Process;
  close(): Promise<void>;
}

export interface Process {
  readonly surroundings: Surroundings;
  /** Nothing that it began goes on. */
  kill(): void;
  /** The time limit of each request that is under way is over. */
  timeOut(): void;
}

/** What stays undone for ever. */
const never = () => new Promise<never>(() => undefined);

/** @param credentialFile Where the Application Default Credentials are written. */
export async function openWorld(credentialDirectory: string): Promise<World> {
  let now = Date.parse("2026-10-01T09:00:00Z");
  const pass = (milliseconds: number) => Promise.resolve(void (now += milliseconds));
  const cloud = await startCloud({ clock: { now: () => now, sleep: pass } });
  const operator = { principal: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com" };
  const { externalAccount } = cloud.credentialFiles(credentialDirectory, operator);
  const { GOOGLE_OAUTH_ACCESS_TOKEN: _, ...endpoints } = cloud.environment;
  process.env["GOOGLE_APPLICATION_CREDENTIALS"] = externalAccount;
  const settings = readGoogleSettings(() => undefined, endpoints);
  const realLimit = AbortSignal.timeout.bind(AbortSignal);
  let limits: AbortController[] = [];
  AbortSignal.timeout = () => {
    const limit = new AbortController();
    limits.push(limit);
    return limit.signal;
  };

  return {
    cloud,
    reset: () => cloud.reset(),
    newProcess() {
      let isAlive = true;
      limits = [];
      const sleep = (milliseconds: number) => (isAlive ? pass(milliseconds) : never());
      const transport = createTransport(settings, { sleep });
      const mortal: typeof transport = {
        settings,
        request: async (request) => {
          if (!isAlive) return never();
          try {
            return await transport.request(request);
          } finally {
            if (!isAlive) await never();
          }
        },
      };
      const timeOut = () => {
        for (const limit of limits.splice(0)) limit.abort(new DOMException("the time is over", "TimeoutError"));
      };
      return {
        surroundings: {
          api: supportApi(mortal),
          resourceManager: resourceManagerApi(mortal),
          sleep,
          say: () => undefined,
          readFile: () => Promise.resolve(file.bytes),
          provider: "the provider's text",
        },
        kill: () => {
          isAlive = false;
          timeOut();
        },
        timeOut,
      };
    },
    close: async () => {
      AbortSignal.timeout = realLimit;
      delete process.env["GOOGLE_APPLICATION_CREDENTIALS"];
      await cloud.close();
    },
  };
}
