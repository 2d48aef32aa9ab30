/** For tests that share a process with other files: each file leaves the process as it was. */
import { afterAll, beforeAll, expect, vi } from "vitest";

const shared = () => ({
  folder: process.cwd(),
  environment: { ...process.env },
  exitCode: process.exitCode,
  config: stackConfig(),
});

/** The config in Pulumi's SDK, without loading it. */
function stackConfig(): unknown {
  const { globalStore } = globalThis as {
    readonly globalStore?: { readonly config: { readonly PULUMI_CONFIG?: string } };
  };
  return JSON.parse(globalStore?.config.PULUMI_CONFIG || "{}");
}

let before: ReturnType<typeof shared>;
beforeAll(() => {
  before = shared();
});
afterAll(() => {
  expect(shared()).toEqual(before);
  expect(vi.isFakeTimers()).toBe(false);
});
