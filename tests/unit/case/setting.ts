/** A local cloud with a case, and a `sendOnce` that does not wait. */
import type { TestContext } from "vitest";
import { sendOnce } from "../../../care/case/sendOnce.ts";
import type { Write } from "../../../care/case/sendOnce.ts";
import type { StackCase } from "../../../care/case/stackCase.ts";
import { createTransport, readGoogleSettings, supportApi } from "../../../google/index.ts";
import type { SupportApi } from "../../../google/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";

export const caseOf = (resource: string, id: number, leftBehind = false): StackCase => ({
  resource,
  leftBehind,
  name: `projects/shop-dev/cases/${String(id)}`,
});

/** A local cloud, its seeded case, and a `sendOnce` whose time passes without waiting. */
export interface Setting {
  readonly cloud: Cloud;
  readonly api: SupportApi;
  readonly one: StackCase;
  readonly sleeps: number[];
  readonly reported: string[];
  send<Effect>(write: Write<Effect>, onSleep?: () => void): Promise<Effect>;
  calls(rpc: string): number;
}

export async function open(t: TestContext): Promise<Setting> {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  const [sleeps, reported]: [number[], string[]] = [[], []];
  return {
    cloud,
    sleeps,
    reported,
    one: caseOf("customer-care/testCase", 43595344),
    api: supportApi(createTransport(readGoogleSettings(() => undefined, cloud.environment))),
    send: (write, onSleep) =>
      sendOnce(
        write,
        (milliseconds) => {
          sleeps.push(milliseconds);
          onSleep?.();
          return Promise.resolve();
        },
        (text) => void reported.push(text),
      ),
    calls: (rpc) => cloud.requests.filter((request) => request.rpc?.endsWith(rpc)).length,
  };
}
