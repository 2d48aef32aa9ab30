/** Two components of the package that claim the same thing: the preview reports it, though each is constructed by itself. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "vitest";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import { takePackage, whyNoPackages } from "./packages.ts";

const whyNot = await whyNoPackages();

it("two components of the package that grant the same are reported", async (t) => {
  t.skip(whyNot !== undefined, whyNot);
  const run = await localRun({ name: "packagedTwice", config: oneCase() });
  t.onTestFinished(() => run.close());
  await takePackage(run.directory, join(import.meta.dirname, "programs", "twoInstances.ts"));
  const { failed, messages } = await run.preview();
  assert.equal(failed, false, messages.join("\n"));
  assert.deepEqual(
    messages.filter((message) => message.includes("both claim")).map((message) => message.split(": ")[0]),
    [
      "care/editors/user:ada@example.com and care/projects/shop-dev/editors/user:ada@example.com both claim the grant of roles/cloudsupport.techSupportEditor to user:ada@example.com on projects/shop-dev",
    ],
  );
});
