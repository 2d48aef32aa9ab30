/** The messages of folders with everyProject are in the order of the config, whichever reply comes first (components/everyProject.ts). */
import assert from "node:assert/strict";
import { beforeEach, it } from "vitest";
import type { TestContext } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { withEveryProject } from "../../components/index.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import { useMocks } from "./mocks.ts";

const numbers = ["111111111111", "222222222222", "333333333333"];
const args: CustomerCareArgs = {
  plan: "enhanced",
  folders: Object.fromEntries(numbers.map((number) => [number, { everyProject: {} }])),
};

/** A cloud whose replies are in the opposite order of the requests: two for each folder. */
async function startSlowCloud(t: TestContext): Promise<void> {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  const before = { ...pulumi.runtime.allConfig() };
  t.onTestFinished(() => pulumi.runtime.setAllConfig(before));
  const settings = Object.entries({ ...cloud.gcpConfig, accessToken: "local-operator-token" });
  pulumi.runtime.setAllConfig(Object.fromEntries(settings.map(([key, value]) => [`gcp:${key}`, String(value)])), [
    "gcp:accessToken",
  ]);
  for (let nth = 1; nth < 2 * numbers.length; nth++)
    cloud.faults.add({ match: { path: "/v3/(projects|folders)$", nth }, effect: { latency: 600 - 100 * nth } });
}

beforeEach(() => useMocks());

it("the errors of folders that cannot be read are in the order of the config", async (t) => {
  await startSlowCloud(t);
  const message = await withEveryProject("care", args).then(
    () => assert.fail("the folders do not exist"),
    (error: unknown) => (error as Error).message,
  );
  assert.deepEqual(
    [...message.matchAll(/care:folders\.(\d+)\.everyProject: cannot list .*GET \S+\/v3\/(\w+):/g)].map((found) =>
      found.slice(1),
    ),
    numbers.map((number) => [number, "projects"]),
    message,
  );
});
