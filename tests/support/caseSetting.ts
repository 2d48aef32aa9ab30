/** A local cloud in which the life of a case is lived, with a time of its own. */
import type { TestContext } from "vitest";
import { markerOf, version } from "../../components/supportCase/index.ts";
import type { MadeCaseInputs } from "../../components/supportCase/index.ts";
import type { Dependencies } from "../../components/supportCase/write.ts";
import {
  createTransport,
  readGoogleSettings,
  resourceManagerApi,
  supportApi,
  withoutDeniedQuotaProject,
} from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud, SupportCase } from "../../tools/localCloud/index.ts";

export const inputs: MadeCaseInputs = {
  ...testCaseDefaults,
  version,
  parent: "projects/shop-dev",
  marker: markerOf("acme/customer-care/dev", "testCase", "b7e52f0c-0d9a-4f0e-9d51-3c4b1f0a9e11"),
  isFirstAttempt: true,
  timeZone: "Europe/Berlin",
  subscriberEmailAddresses: ["a@example.com", "b@example.com"],
  keepOpen: false,
  testCase: true,
};

/** A local cloud whose time passes only where the life of a case sleeps. */
export interface Setting extends Dependencies {
  readonly cloud: Cloud;
  /** The sleeps, in milliseconds. */
  readonly sleeps: number[];
  /** The reported messages. */
  readonly logged: string[];
  /** The content of the attached files, by path. */
  readonly files: Map<string, Uint8Array>;
  /** The cases in addition to the seed's. */
  cases(): SupportCase[];
  /** How often the method was called. */
  calls(rpc: string): number;
}

/**
 * @param environment What the caller is known by. @default the operator's access token
 * @param beforeWrite Asked before each request that may have an effect.
 */
export async function openSetting(
  t: Pick<TestContext, "onTestFinished">,
  environment?: (cloud: Cloud) => Readonly<Record<string, string | undefined>>,
  beforeWrite?: () => Promise<void>,
): Promise<Setting> {
  let now = Date.parse("2026-10-01T09:00:00Z");
  const pass = (milliseconds: number) => {
    now += milliseconds;
    return Promise.resolve();
  };
  const cloud = await startCloud({ clock: { now: () => now, sleep: pass } });
  t.onTestFinished(() => cloud.close());
  const seeded = new Set(cloud.state.cases.keys());
  const sleeps: number[] = [];
  const logged: string[] = [];
  const files = new Map<string, Uint8Array>();
  const sleep = (milliseconds: number) => {
    sleeps.push(milliseconds);
    return pass(milliseconds);
  };
  const settings = readGoogleSettings(() => undefined, environment?.(cloud) ?? cloud.environment);
  const transport = createTransport(settings, { sleep, ...(beforeWrite && { beforeWrite }) });
  return {
    cloud,
    sleeps,
    logged,
    files,
    api: supportApi(transport),
    resourceManager: resourceManagerApi(withoutDeniedQuotaProject(settings, { sleep })),
    provider: "the provider's text",
    sleep,
    log: (text) => logged.push(text),
    readFile: (path) => {
      const bytes = files.get(path);
      return bytes === undefined ? Promise.reject(new Error(`no file ${path}`)) : Promise.resolve(bytes);
    },
    cases: () => [...cloud.state.cases].filter(([id]) => !seeded.has(id)).map(([, supportCase]) => supportCase),
    calls: (rpc) => cloud.requests.filter((request) => request.rpc === rpc).length,
  };
}
